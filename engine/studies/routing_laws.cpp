// How many servers, and which of them: square-root staffing and the power of two choices.
#include <cmath>

#include "engine/serving/fleet_simulation.h"
#include "engine/serving/queueing.h"
#include "engine/serving/station.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- staffing
// --------------------------------------------------------------------------------------

constexpr std::size_t kRuns = 40;
constexpr int kArrivals = 100000;
constexpr int kWarmUp = 10000;
constexpr double kLoad = 100;  // servers

// Share of arrivals that wait at so many exponential servers.
double simulated_waiting(int servers, Stream& stream) {
    Station station(servers);
    double now_s = 0;
    int waited = 0;
    for (int arrival = 0; arrival < kArrivals; ++arrival) {
        now_s += stream.exponential(1 / kLoad);
        const double service_s = stream.exponential(1);
        const Service service = station.arrive(now_s, service_s);
        waited += arrival >= kWarmUp && service.start_s > now_s;
    }
    return static_cast<double>(waited) / (kArrivals - kWarmUp);
}

// --- two choices
// -----------------------------------------------------------------------------------

constexpr int kServers = 300;
constexpr double kSeconds = 2000;  // service times, after the warm-up
constexpr double kSettled = 200;
constexpr std::size_t kReplicates = 4;

FleetPlan many_queues(Routing routing, double load) {
    FleetPlan plan;
    plan.budget_s = 0;
    plan.fallback = PageFallback::none;
    plan.routing = routing;
    StationPlan& station = plan.stations[FleetStation::edge];
    station.to = 1;
    station.service.kind = ServiceTime::Kind::exponential;
    station.service.middle_s = 1;
    station.servers = station.most_servers = kServers;
    station.group_servers = 1;
    station.queue_limit = 1'000'000;
    plan.traffic.mean_rate = load * kServers;
    return plan;
}

// Mean time in the system, in service times.
double mean_time(StudyRun& run, Routing routing, double load) {
    std::vector<double> time_s(kReplicates);
    run.replicates(kReplicates, [&](std::size_t replicate) {
        const FleetPlan plan = many_queues(routing, load);
        SimulationOptions options;
        options.count_from_s = kSettled;
        options.to_s = kSettled + kSeconds / kReplicates;
        options.key = run.seed() * 100 + replicate;
        const SimulationResult result = simulate_fleet(plan, fleet_at_rest(plan, 0), options);
        time_s[replicate] = result.stations[FleetStation::edge].mean_time_s;
    });
    return mean_of(time_s);
}

}  // namespace

StudyResult study_staffing(StudyRun& run) {
    StudyResult result;
    StudyCurve own{"this program", {}, {}};
    StudyCurve law{"Erlang C", {}, {}};
    for (const double beta : {0.5, 1.0, 1.5, 2.0}) {
        run.part(0.25);
        const int servers = static_cast<int>(kLoad + beta * std::sqrt(kLoad));
        std::vector<double> waiting(kRuns);
        run.replicates(kRuns, [&](std::size_t replicate) {
            Stream stream = run.stream(static_cast<std::uint64_t>(servers), replicate);
            waiting[replicate] = simulated_waiting(servers, stream);
        });
        const double exact = erlang_c(servers, kLoad);
        result.checks.push_back(
            {"staffing.waits_" + std::to_string(servers),
             "share that waits at " + std::to_string(servers) + " servers under a load of 100",
             exact, mean_of(waiting), 0.01});
        own.x.push_back(servers);
        own.y.push_back(mean_of(waiting));
        law.x.push_back(servers);
        law.y.push_back(exact);
    }
    result.plots.push_back(
        {"Who waits, by servers beyond the load", "servers", "share that waits", {own}, {law}});
    return result;
}

StudyResult study_two_choices(StudyRun& run) {
    // Mitzenmacher's limit of many servers: the sum over i of load^((d^i - d) / (d - 1)).
    constexpr double kAtNine = 2.614;
    run.part(0.5);
    const double random = mean_time(run, Routing::random, 0.9);
    run.part(0.5);
    const double two = mean_time(run, Routing::two_choices, 0.9);
    return {
        {{"two_choices.one", "mean time in system at load 0.9, a queue at random, services", 10,
          random, 1.5},
         {"two_choices.two", "the shorter of two queues, services", kAtNine, two, 0.05 * kAtNine}},
        {{"The power of two choices",
          "queues looked at",
          "mean time in system, services",
          {{"this program", {1, 2}, {random, two}}},
          {{"law", {1, 2}, {10, kAtNine}}}}}};
}

}  // namespace cascadelab
