// What would break the fleet: for every station, how much more work or load it bears until the
// budget falls. Looked at event by event with that station changed and all else as it is. Pure;
// only for the window.
#pragma once

#include "engine/serving/fleet.h"

namespace cascadelab {

struct StationLimit {
    double work = 0;  // its service times so many times longer
    double load = 0;  // so many times its calls: as if it had so many times fewer servers
};
// The smallest of some multiples (1.25, 1.5, 2, 3, 4, 6, ... 64) at which the 99th percentile
// exceeds the budget, or more than 1 % of requests get no page of their own; infinite where none up
// to 64 does, 1 where it does already.
EnumArray<FleetStation, StationLimit> fleet_limits(const FleetPlan& plan, const FleetState& state);

}  // namespace cascadelab
