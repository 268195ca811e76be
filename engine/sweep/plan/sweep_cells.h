// The cells of a plan: one run each, the same list from the same plan on every machine. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/sweep/design/sample_design.h"
#include "engine/sweep/plan/sweep_plan.h"

namespace cascadelab {

struct SweepCell {
    std::size_t index = 0;  // seed by seed, point by point, twin by twin
    std::size_t point = 0;  // of plan_points()
    std::size_t twin = 0;   // 0: the point itself; else the plan's twin of this number, from 1
    std::uint64_t seed = 0;
    Settings settings;  // axes in their order, then the twin's
    // Of all that the result follows from: scenario, settings, seed, what is kept. 16 hexadecimal
    // digits; where a file stands is no part of it.
    std::string id;
    // The first cell of the same id: points may fall together, and one run is enough for all.
    std::size_t run_as = 0;
};

double cell_count(const SweepPlan& plan);   // without expanding anything
Points plan_points(const SweepPlan& plan);  // points x axes, coordinates in [0, 1]
std::vector<SweepCell> sweep_cells(const SweepPlan& plan);
Scenario cell_scenario(const SweepPlan& plan, const SweepCell& cell);

}  // namespace cascadelab
