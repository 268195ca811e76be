#include "engine/serving/autoscaler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kLeastServers = 3;  // that are never taken away: one in each zone

constexpr double kParts = 8;  // into which a start is divided, each with a lag of its own

// Takes servers away: first those that have not started, the latest first.
void stop_servers(double count, Scaling& scaling) {
    while (count > 0 && !scaling.starting.empty()) {
        ServerBatch& last = scaling.starting.back();
        const double taken = std::min(count, last.count);
        last.count -= taken;
        count -= taken;
        if (last.count <= 0) scaling.starting.pop_back();
    }
    scaling.servers -= std::min(count, scaling.servers);
}

// Lags are drawn by station and time, so that fluid and event by event start the same servers.
void start_servers(const FleetPlan& plan, FleetStation station, double now_s, double count,
                   Scaling& scaling) {
    Stream stream(plan.seed, Purpose::fleet, index_of(station),
                  static_cast<std::uint64_t>(now_s * 1000));
    const double parts = std::min(kParts, count);
    double started = 0;
    for (double part = 1; part <= parts; ++part) {
        const double until = std::round(count * part / parts);
        const double lag_s = plan.stations[station].start.draw(stream);
        scaling.starting.push_back({now_s + lag_s, until - started});
        started = until;
    }
    std::ranges::stable_sort(scaling.starting, {}, &ServerBatch::at_s);
}

}  // namespace

void let_servers_start(const FleetPlan& plan, double now_s, Scaling& scaling) {
    std::size_t ready = 0;
    while (ready < scaling.starting.size() && scaling.starting[ready].at_s <= now_s) {
        const ServerBatch& batch = scaling.starting[ready++];
        scaling.servers += batch.count;
        if (plan.autoscaler.cold_s > 0) {
            scaling.cold.push_back({batch.at_s + plan.autoscaler.cold_s, batch.count});
        }
    }
    const auto count = static_cast<std::ptrdiff_t>(ready);
    scaling.starting.erase(scaling.starting.begin(), scaling.starting.begin() + count);
    std::erase_if(scaling.cold, [now_s](const ServerBatch& batch) { return batch.at_s <= now_s; });
}

void autoscale(const FleetPlan& plan, FleetStation station, double now_s, Scaling& scaling) {
    const AutoscalerPlan& rules = plan.autoscaler;
    const double utilisation =
        scaling.capacity_s > 0 ? std::min(1.0, scaling.busy_s / scaling.capacity_s) : 1;
    scaling.busy_s = scaling.capacity_s = 0;
    const double all = scaling.servers + scaling.starting_count();
    const double ratio = utilisation / rules.target;
    double desired = std::ceil(scaling.servers * ratio - 1e-9);
    if (std::abs(ratio - 1) <= rules.dead_band) desired = all;
    desired = std::min(desired, std::max(all * rules.most_growth, all + rules.least_growth));
    const StationPlan& planned = plan.stations[station];
    const double least = std::min(kLeastServers, static_cast<double>(planned.servers));
    desired = std::clamp(desired, least, static_cast<double>(planned.most_servers));
    std::erase_if(scaling.wanted,
                  [&](const ServerBatch& earlier) { return earlier.at_s <= now_s - rules.down_s; });
    scaling.wanted.push_back({now_s, desired});
    if (desired > all) {
        start_servers(plan, station, now_s, desired - all, scaling);
        return;
    }
    const double most = std::ranges::max(scaling.wanted, {}, &ServerBatch::count).count;
    if (most < all) stop_servers(all - most, scaling);
}

double next_server_s(const Scaling& scaling) {
    double next_s = std::numeric_limits<double>::infinity();
    for (const auto* batches : {&scaling.starting, &scaling.cold}) {
        for (const ServerBatch& batch : *batches) next_s = std::min(next_s, batch.at_s);
    }
    return next_s;
}

double cold_factor(const FleetPlan& plan, const Scaling& scaling) {
    if (scaling.cold.empty() || scaling.servers <= 0) return 1;
    const double share = std::min(1.0, scaling.cold_count() / scaling.servers);
    return 1 + share * (plan.autoscaler.cold_slowdown - 1);
}

}  // namespace cascadelab
