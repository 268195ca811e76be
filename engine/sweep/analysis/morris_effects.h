// Screening: which axes matter at all, from few points an axis. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/sweep/design/sample_design.h"

namespace cascadelab {

// Of the elementary effects of an axis, the change of the outcome a unit of the axis.
struct MorrisEffect {
    double size = 0;  // mu*: mean of their absolute values (Campolongo et al. 2007)
    double low = 0;   // of its 95 % interval; NaN for fewer than two effects
    double high = 0;
    double mean = 0;       // mu: with its sign
    double deviation = 0;  // sigma: not linear, or it interacts (Morris 1991); NaN as above
    std::size_t count = 0;
};

// points: of morris_design(); outcomes: one a point, and what a NaN touches is left out.
std::vector<MorrisEffect> morris_effects(const Points& points, std::span<const double> outcomes);

}  // namespace cascadelab
