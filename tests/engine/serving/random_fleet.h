// Fleets drawn at random, for properties that must hold for all of them.
#pragma once

#include "engine/serving/fleet_plan.h"

namespace cascadelab {

struct RandomFleet {
    double load = 0.6;  // of every station, about
    bool incidents = false;
    bool autoscaler = false;
    bool gpus = true;
    int most_servers = 40;  // of a shard
};

// Any of the stations, with any rules; requests arrive at such a rate that the fleet has the load.
inline FleetPlan random_fleet(Stream& stream, const RandomFleet& of) {
    FleetPlan plan;
    plan.seed = stream.bits();
    plan.budget_s = stream.uniform(0.1, 1);
    plan.fallback = stream.chance(0.2) ? PageFallback::none : PageFallback::popular;
    plan.drop_expired = stream.chance(0.5);
    plan.load_shedding = stream.chance(0.2);
    plan.retry_budget = stream.chance(0.5) ? 1 : 0.1;
    const Routing routings[] = {Routing::random, Routing::two_choices, Routing::least};
    plan.routing = routings[stream.below(3)];
    plan.stale_signal_s = stream.chance(0.5) ? 0 : 0.05;
    plan.autoscaler.on = of.autoscaler;
    plan.generative_share = stream.uniform(0, 0.5);
    const double rate = stream.uniform(100, 1000);
    plan.traffic.mean_rate = rate;
    for (const FleetStation which : every<FleetStation>) {
        if (which != FleetStation::edge && stream.chance(0.5)) continue;
        StationPlan& station = plan.stations[which];
        station.kind = station_row(which).kind;
        station.after = station_row(which).after;
        station.from = stream.chance(0.3) ? plan.generative_share : 0;
        station.to = 1;
        station.start = lognormal_from(5, 15);
        station.queue_limit = stream.chance(0.3) ? 20 : 5000;
        station.calls.timeout_s = stream.uniform(0.05, 0.5);
        station.calls.retries = static_cast<int>(stream.below(3));
        station.calls.backoff_s = stream.chance(0.5) ? 0 : 0.005;
        station.calls.hedge_after_s = stream.chance(0.3) ? 0.03 : 0;
        if (station.kind == StationKind::gpu) {
            if (!of.gpus) {
                station.to = station.from;
                continue;
            }
            station.gpu = {static_cast<int>(stream.below(300)), 3, 8};
            station.batch = 8;
        } else {
            const auto servers =
                static_cast<double>(1 + stream.below(static_cast<std::uint64_t>(of.most_servers)));
            const double p50_s = std::min(0.02, 0.8 * servers / rate * of.load);
            station.service = lognormal_from(p50_s, p50_s * stream.uniform(1.5, 5));
            station.service.straggler_share = stream.chance(0.5) ? 0 : 0.001;
        }
        if (station.kind == StationKind::fan_out) {
            station.shards = static_cast<int>(1 + stream.below(4));
        }
        const double work = rate * station.share() * station.mean_service_s();
        station.servers = std::max<std::int64_t>(1, std::llround(work / of.load));
        station.most_servers = station.servers * 4;
        station.group_servers = stream.chance(0.5) ? station.most_servers : 4;
        if (station.kind == StationKind::gpu) station.group_servers = station.most_servers;
    }
    if (of.incidents) {
        plan.incidents.push_back({kEveryStation, 4, 6, stream.uniform(0, 0.8), 1});
        plan.incidents.push_back({only(FleetStation::edge), 8, 9, 1, stream.uniform(1, 5)});
    }
    return plan;
}

}  // namespace cascadelab
