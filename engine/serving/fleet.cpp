#include "engine/serving/fleet.h"

#include <algorithm>
#include <cmath>

#include "engine/serving/autoscaler.h"
#include "engine/serving/fluid_station.h"
#include "engine/serving/queueing.h"

namespace cascadelab {
namespace {

constexpr double kCalmStep = 1;       // seconds
constexpr double kBusyStep = 0.1;     // while a station has a queue
constexpr double kNearlyFull = 0.98;  // from this load on the step is short
constexpr double kShortest = 1e-6;
constexpr double kLongestRunOn = 30;  // a look waits no longer for its last answer

StationInflow inflow_of(const FleetPlan& plan, FleetStation which, double requests_per_s,
                        double upstream_s, const FleetState& state) {
    const StationPlan& station = plan.stations[which];
    const Scaling& scaling = state.stations[which].scaling;
    const double now_s = state.now_s;
    StationInflow inflow;
    inflow.first_calls_per_s = requests_per_s * station.share();
    inflow.upstream_s = upstream_s;
    inflow.servers = std::min(static_cast<double>(station.most_servers),
                              std::round(scaling.servers * plan.capacity_share(which, now_s)));
    inflow.slowdown = plan.slowdown(which, now_s) * cold_factor(plan, scaling);
    inflow.service_s = station.mean_service_s() * inflow.slowdown;
    return inflow;
}

// When the next thing happens that is no flow.
double next_border_s(const FleetPlan& plan, const FleetState& state) {
    double border_s = plan.autoscaler.on ? state.next_scaling_s : state.now_s + kCalmStep;
    for (const Incident& incident : plan.incidents) {
        for (const double s : {incident.begin_s, incident.end_s}) {
            if (s > state.now_s) border_s = std::min(border_s, s);
        }
    }
    for (const StationState& station : state.stations) {
        border_s = std::min(border_s, next_server_s(station.scaling));
    }
    return border_s;
}

void change_servers(const FleetPlan& plan, FleetState& state) {
    const bool looks = plan.autoscaler.on && state.now_s >= state.next_scaling_s;
    for (const FleetStation which : every<FleetStation>) {
        if (!plan.stations[which].exists()) continue;
        Scaling& scaling = state.stations[which].scaling;
        if (looks) autoscale(plan, which, state.now_s, scaling);
        let_servers_start(plan, state.now_s, scaling);
    }
    if (looks) state.next_scaling_s = state.now_s + plan.autoscaler.look_s;
}

// Lets all stations flow, from the first to the last; the requests that survive every station
// before one come to it. Returns the highest load.
double flow_all(const FleetPlan& plan, double step_s, FleetState& state) {
    const double rate = plan.traffic.rate(state.now_s + step_s / 2);
    EnumArray<FleetStation, double> goes_on;  // a request that comes to the fleet, past the station
    EnumArray<FleetStation, double> until_s;  // when it does
    EnumArray<FleetStation, StationSet> before{};
    goes_on.fill(1);
    until_s.fill(0);
    double worst = 0;
    double waiting = 0, waited = 0;
    double served_share = 1;
    for (const FleetStation which : every<FleetStation>) {
        const StationPlan& station = plan.stations[which];
        double share = 1;
        double upstream_s = 0;
        for (const FleetStation earlier : every<FleetStation>) {
            if (!(station.after & only(earlier))) continue;
            before[which] |= before[earlier] | only(earlier);
            upstream_s = std::max(upstream_s, until_s[earlier]);
        }
        for (const FleetStation earlier : every<FleetStation>) {
            if (before[which] & only(earlier)) share *= goes_on[earlier];
        }
        until_s[which] = upstream_s;
        if (!station.exists()) continue;
        StationState& at = state.stations[which];
        const double live_before = at.queue.live_total();
        const StationOutflow out =
            flow(plan, which, inflow_of(plan, which, rate * share, upstream_s, state), step_s, at);
        waited += live_before;
        waiting += at.queue.live_total();
        goes_on[which] = 1 - station.share() * (1 - out.good_share);
        served_share *= goes_on[which];
        until_s[which] = upstream_s + at.gauge.wait_s + at.gauge.service_s;
        worst = std::max(worst, out.load);
    }
    const double came = rate * step_s;
    const double lost = std::max(0.0, came - came * served_share - (waiting - waited));
    state.counts.arrivals += came;
    state.counts.served += came * served_share;
    (plan.fallback == PageFallback::none ? state.counts.dropped : state.counts.fallback) += lost;
    return worst;
}

// The waits that chance makes at a station without a queue (Erlang C, stretched by Kingman).
void gauge_waits(const FleetPlan& plan, FleetState& state) {
    for (const FleetStation which : every<FleetStation>) {
        const StationPlan& station = plan.stations[which];
        StationState& at = state.stations[which];
        const double servers =
            std::round(at.scaling.servers * plan.capacity_share(which, state.now_s));
        if (!station.exists() || station.kind == StationKind::gpu || !at.queue.live.empty())
            continue;
        const auto group =
            static_cast<int>(std::min(servers, static_cast<double>(station.group_servers)));
        const double load = std::min(at.gauge.utilisation, kNearlyFull);
        if (group < 1 || load <= 0) continue;
        const double service_s = at.gauge.service_s;
        at.gauge.wait_s = erlang_c(group, load * group) * service_s / (group * (1 - load)) *
                          (1 + station.service.scv()) / 2;
        at.gauge.queue = at.gauge.wait_s * at.gauge.calls_per_s;
    }
}

double quantile_of(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::min(sorted.size() - 1, rank > 0 ? rank - 1 : 0)];
}

void summarise(const SimulationResult& result, const FleetPlan& plan, Look& look) {
    std::vector<double> latency_s;
    double sum_s = 0;
    double over = 0;
    for (const FleetRequest& request : look.requests) {
        latency_s.push_back(request.latency_s);
        sum_s += request.latency_s;
        const bool late = plan.budget_s > 0 && request.latency_s >= plan.budget_s;
        over += late || request.outcome == FleetOutcome::dropped;
    }
    std::ranges::sort(latency_s);
    look.p50_s = quantile_of(latency_s, 0.5);
    look.p95_s = quantile_of(latency_s, 0.95);
    look.p99_s = quantile_of(latency_s, 0.99);
    if (latency_s.empty()) return;
    const auto count = static_cast<double>(latency_s.size());
    look.mean_s = sum_s / count;
    look.timeout_share = over / count;
    look.fallback_share = static_cast<double>(result.outcomes[FleetOutcome::fallback]) / count;
    look.dropped_share = static_cast<double>(result.outcomes[FleetOutcome::dropped]) / count;
    for (const FleetWaterfall& waterfall : result.waterfalls) {
        const auto far = [&](const FleetWaterfall& one) {
            return std::abs(one.request.latency_s - look.p99_s);
        };
        if (!look.waterfall || far(waterfall) < far(*look.waterfall)) look.waterfall = waterfall;
    }
}

}  // namespace

void advance_fleet(const FleetPlan& plan, FleetState& state, double to_s) {
    double load = kNearlyFull;  // unknown at first: a short step finds out
    while (state.now_s < to_s) {
        bool busy = load >= kNearlyFull;
        for (const StationState& station : state.stations) busy |= !station.queue.live.empty();
        const double until_s = std::min(
            {to_s, state.now_s + (busy ? kBusyStep : kCalmStep), next_border_s(plan, state)});
        const double step_s = std::max(until_s - state.now_s, kShortest);
        load = flow_all(plan, step_s, state);
        state.now_s = std::max(until_s, state.now_s + kShortest);
        change_servers(plan, state);
    }
    gauge_waits(plan, state);
}

const FleetRequest* Look::fate(bool generative, std::uint64_t key) const {
    std::size_t alike = 0;
    for (const FleetRequest& request : requests) alike += request.generative == generative;
    const std::size_t among = alike > 0 ? alike : requests.size();
    if (among == 0) return nullptr;
    Stream stream(key, Purpose::fleet, 1, 1);
    std::size_t place = stream.below(among);
    for (const FleetRequest& request : requests) {
        if (alike > 0 && request.generative != generative) continue;
        if (place-- == 0) return &request;
    }
    return nullptr;
}

Look look_at_fleet(const FleetPlan& plan, const FleetState& state, const LookOptions& options) {
    Look look;
    look.from_s = state.now_s + options.prelude_s;
    look.rate = plan.traffic.rate(look.from_s);
    look.seconds = options.seconds;
    const auto most = static_cast<double>(options.most_requests);
    if (look.rate * look.seconds > most) look.seconds = most / look.rate;
    SimulationOptions run;
    run.from_s = state.now_s;
    run.count_from_s = look.from_s;
    run.to_s = look.from_s + look.seconds;
    run.run_on_s = plan.has_deadline() ? plan.budget_s + kShortest : kLongestRunOn;
    run.key = options.key;
    run.scales = false;
    run.waterfalls = 200;
    SimulationResult result = simulate_fleet(plan, state, run);
    look.requests = std::move(result.requests);
    look.stations = result.stations;
    look.events = result.events;
    summarise(result, plan, look);
    return look;
}

}  // namespace cascadelab
