#include "engine/sim/fleet/fleet_limits.h"

#include <cmath>
#include <functional>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kMultiples[] = {1.25, 1.5, 2, 3, 4, 6, 8, 12, 16, 32, 64};
constexpr double kLostShare = 0.01;

bool breaks(const FleetPlan& plan, const FleetState& state) {
    LookOptions options;
    options.seconds = 0.05;
    options.prelude_s = 0.05;
    options.most_requests = 150;
    const Look look = look_at_fleet(plan, state, options);
    return look.p99_s > plan.budget_s || look.fallback_share + look.dropped_share > kLostShare;
}

double smallest_that_breaks(const std::function<bool(double)>& breaks_at) {
    for (const double multiple : kMultiples) {
        if (breaks_at(multiple)) return multiple;
    }
    return std::numeric_limits<double>::infinity();
}

void slow_down(StationPlan& station, double factor) {
    station.service.middle_s *= factor;
    station.step.floor_s *= factor;
    station.step.per_token_s *= factor;
}

}  // namespace

EnumArray<FleetStation, StationLimit> fleet_limits(const FleetPlan& plan, const FleetState& state) {
    EnumArray<FleetStation, StationLimit> limits{};
    if (breaks(plan, state)) {
        limits.fill({1, 1});
        return limits;
    }
    for (const FleetStation station : every<FleetStation>) {
        if (!plan.stations[station].exists()) continue;
        limits[station].work = smallest_that_breaks([&](double factor) {
            FleetPlan slower = plan;
            slow_down(slower.stations[station], factor);
            return breaks(slower, state);
        });
        limits[station].load = smallest_that_breaks([&](double factor) {
            FleetState fewer = state;
            Scaling& scaling = fewer.stations[station].scaling;
            scaling.servers = std::max(1.0, std::floor(scaling.servers / factor));
            return breaks(plan, fewer);
        });
    }
    return limits;
}

}  // namespace cascadelab
