// What the window sees of the modelled fleet: the latest look, hour after hour, the bill, and what
// would break it. Never part of the run. One thread.
#pragma once

#include "engine/features/values.h"
#include "engine/sim/fleet/fleet_flow.h"
#include "engine/sim/fleet/fleet_limits.h"
#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

class FleetWatch {
  public:
    // A tick that the fleet has served; moment: of it.
    void take_tick(const FleetRun& run, const FleetContext& context, const FleetMoment& moment);
    void go_back(Seconds now_s);
    // Null before the first tick that had a fleet. batch: of the tables that the batch lane serves.
    std::shared_ptr<const FleetSection> section(const FleetRun& run, const FleetContext& context,
                                                const Stamp& batch);

  private:
    std::shared_ptr<const FleetMoment> m_moment;
    EnumArray<FleetStation, StationLimit> m_limits{};
    Seconds m_limits_s = kNever;
    FleetPlan m_limits_of;
    std::shared_ptr<const std::vector<FleetPoint>> m_points =
        std::make_shared<const std::vector<FleetPoint>>();
};

}  // namespace cascadelab
