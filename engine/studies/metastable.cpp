// Overload that outlives its cause: callers that give up and ask again keep a queue full of work
// that helps nobody. One station; the flow of the fleet and the same event by event.
#include "engine/serving/fleet.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr double kBegin = 20;          // seconds, when capacity falls
constexpr double kPatienceLost = 300;  // seconds after which what has not healed never will
constexpr double kLongest = 60;        // trigger that is tried
constexpr int kServers = 80;
constexpr double kService = 0.02;

struct Trouble {
    double load = 0.38;
    double capacity = 0.2;    // that is left while it lasts
    double seconds = 10;      // it lasts
    double retry_budget = 1;  // none
    bool drop_expired = false;
};

FleetPlan station_in(const Trouble& trouble) {
    FleetPlan plan;
    plan.budget_s = 0;
    plan.fallback = PageFallback::none;
    plan.drop_expired = trouble.drop_expired;
    plan.retry_budget = trouble.retry_budget;
    StationPlan& station = plan.stations[FleetStation::edge];
    station.to = 1;
    station.service.kind = ServiceTime::Kind::exponential;
    station.service.middle_s = kService;
    station.servers = station.most_servers = station.group_servers = kServers;
    station.queue_limit = 100'000'000;
    station.calls.timeout_s = 3;
    station.calls.retries = 4;
    plan.traffic.mean_rate = trouble.load * kServers / kService;
    plan.incidents.push_back(
        {kEveryStation, kBegin, kBegin + trouble.seconds, trouble.capacity, 1});
    return plan;
}

bool heals_in_flow(const Trouble& trouble) {
    const FleetPlan plan = station_in(trouble);
    FleetState state = fleet_at_rest(plan, 0);
    advance_fleet(plan, state, kBegin + trouble.seconds + kPatienceLost);
    return state.stations[FleetStation::edge].queue.total() < 1;
}

bool heals_event_by_event(const Trouble& trouble) {
    const FleetPlan plan = station_in(trouble);
    SimulationOptions options;
    options.to_s = kBegin + trouble.seconds + kPatienceLost / 3;
    options.count_from_s = options.to_s - 5;
    const auto result = simulate_fleet(plan, fleet_at_rest(plan, 0), options);
    return result.stations[FleetStation::edge].timed_out == 0;
}

// The shortest trigger that never heals, seconds; kLongest if none does not.
double threshold_s(double load) {
    double heals_s = 0;
    double stays_s = kLongest;
    if (heals_in_flow({load, 0.2, kLongest})) return kLongest;
    while (stays_s - heals_s > 0.05) {
        const double middle_s = (heals_s + stays_s) / 2;
        (heals_in_flow({load, 0.2, middle_s}) ? heals_s : stays_s) = middle_s;
    }
    return stays_s;
}

StudyCheck healing(const char* name, const char* what, bool published, bool own) {
    return {std::string("metastable.") + name, what, published ? 1.0 : 0.0, own ? 1.0 : 0.0, 0};
}

}  // namespace

StudyResult study_metastable(StudyRun& run) {
    const Trouble troubles[] = {
        {0.38, 0.225, 10}, {0.38, 0.2, 10}, {0.38, 0.2, 9}, {0.38 * 0.7, 0.2, 10}};
    constexpr std::size_t kTroubles = 4;
    const char* names[kTroubles] = {"mild", "severe", "short", "less_load"};
    const char* whats[kTroubles] = {"heals after 10 s at a capacity of .225",
                                    "heals after 10 s at .2", "heals after 9 s at .2",
                                    "heals after 10 s at .2 with 70 % of the load"};
    constexpr std::size_t kLoads = 6;
    const double loads[kLoads] = {0.25, 0.3, 0.4, 0.5, 0.6, 0.8};
    const double published_s[kLoads] = {20.6, 13.4, 8.8, 6.9, 5.7, 4.2};
    bool flow[kTroubles] = {}, events[kTroubles] = {}, cures[3] = {};
    double own_s[kLoads] = {};
    run.replicates(2 * kTroubles + kLoads + 3, [&](std::size_t job) {
        if (job < kTroubles) {
            flow[job] = heals_in_flow(troubles[job]);
        } else if (job < 2 * kTroubles) {
            events[job - kTroubles] = heals_event_by_event(troubles[job - kTroubles]);
        } else if (job < 2 * kTroubles + kLoads) {
            own_s[job - 2 * kTroubles] = threshold_s(loads[job - 2 * kTroubles]);
        } else {
            const Trouble cured[] = {
                {0.19, 0.2, kLongest}, {0.5, 0.2, kLongest, 0.1}, {0.8, 0.2, kLongest, 1, true}};
            const std::size_t cure = job - 2 * kTroubles - kLoads;
            cures[cure] = heals_in_flow(cured[cure]);
        }
    });
    StudyResult result;
    for (std::size_t i = 0; i < kTroubles; ++i) {
        const bool published = i != 1;
        result.checks.push_back(healing(names[i], whats[i], published, flow[i]));
        result.checks.push_back(healing((std::string(names[i]) + "_events").c_str(),
                                        "the same, event by event", published, events[i]));
    }
    StudyCurve own{"this program", {}, {}};
    StudyCurve law{"fluid of 10 ms", {}, {}};
    for (std::size_t i = 0; i < kLoads; ++i) {
        const int percent = static_cast<int>(loads[i] * 100 + 0.5);
        result.checks.push_back(
            {"metastable.threshold_" + std::to_string(percent),
             "shortest trigger that never heals at load " + std::to_string(percent) + " %, s",
             published_s[i], own_s[i], 0.1 * published_s[i]});
        own.x.push_back(loads[i]);
        own.y.push_back(own_s[i]);
        law.x.push_back(loads[i]);
        law.y.push_back(published_s[i]);
    }
    result.checks.push_back(
        healing("threshold_none", "heals after 60 s at load .19", true, cures[0]));
    result.checks.push_back(
        healing("threshold_budget", "at .5 with a retry budget of 10 %", true, cures[1]));
    result.checks.push_back(
        healing("threshold_drop", "at .8 when expired work is dropped", true, cures[2]));
    result.plots.push_back({"Overload that stays",
                            "load before, share",
                            "shortest trigger that never heals, s",
                            {own},
                            {law}});
    return result;
}

}  // namespace cascadelab
