#include "engine/serving/fleet_simulation.h"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.h"
#include "engine/serving/fleet_simulator.h"

namespace cascadelab {

std::uint64_t SimulationResult::hash() const {
    Hasher hasher;
    for (const FleetRequest& request : requests) {
        hasher.add(request.arrival_s).add(request.latency_s).add(request.kind_number);
        hasher.add(request.outcome);
    }
    for (const FleetWaterfall& waterfall : waterfalls) {
        for (const FleetSpan& span : waterfall.spans) {
            hasher.add(span.station).add(span.begin_s).add(span.end_s).add(span.wait_s);
        }
    }
    for (const StationReport& report : stations) {
        hasher.add(report.calls).add(report.served).add(report.expired).add(report.refused);
        hasher.add(report.timed_out).add(report.retries).add(report.hedges).add(report.waiting);
        hasher.add(report.utilisation).add(report.mean_in_system).add(report.mean_time_s);
        hasher.add(report.mean_wait_s).add(report.longest_queue);
    }
    for (const FleetPeriod& period : periods) {
        hasher.add(period.begin_s).add(period.arrivals).add(period.good).add(period.latency_sum_s);
    }
    return hasher.add(arrivals).add(events).value();
}

SimulationResult simulate_fleet(const FleetPlan& plan, const FleetState& start,
                                const SimulationOptions& options) {
    SimulationResult result = FleetSimulator(plan, start, options).run();
    if (options.period_s <= 0) return result;
    const double seconds = options.to_s - options.count_from_s;
    const auto count = static_cast<std::size_t>(std::ceil(seconds / options.period_s));
    for (std::size_t i = 0; i < count; ++i) {
        const double begin_s = options.count_from_s + static_cast<double>(i) * options.period_s;
        result.periods.push_back({begin_s, 0, 0, 0});
    }
    for (const FleetRequest& request : result.requests) {
        const double place = (request.arrival_s - options.count_from_s) / options.period_s;
        const auto index = std::min(count - 1, static_cast<std::size_t>(place));
        FleetPeriod& period = result.periods[index];
        ++period.arrivals;
        period.good += request.outcome == FleetOutcome::served;
        period.latency_sum_s += request.latency_s;
    }
    return result;
}

}  // namespace cascadelab
