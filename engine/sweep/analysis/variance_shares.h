// Main effects and two-way interactions: what share of a metric's variance the levels of an axis
// explain, and what a pair of axes explains beyond both. Pure; any thread.
#pragma once

#include <span>
#include <vector>

namespace cascadelab {

// An axis cut into levels: its distinct values while they are few, else slices of equal counts.
struct Levels {
    std::vector<double> value;    // a level: the mean of what lies in it
    std::vector<std::size_t> of;  // an observation: its level
};
inline constexpr std::size_t kMostDistinctLevels = 8;
inline constexpr std::size_t kSlices = 5;
Levels levels_of(std::span<const double> values);

struct PairShare {
    std::size_t a = 0, b = 0;  // axes, a < b
    double share = 0;
};
struct VarianceShares {
    std::vector<double> main;      // an axis
    std::vector<PairShare> pairs;  // of those whose cells hold two observations in the mean
};

// Shares as epsilon squared (Kelley 1935): what noise alone would explain is taken off; never below
// 0. outcomes: one an observation; those with NaN are left out. Where nothing varies all are 0.
VarianceShares variance_shares(std::span<const Levels> axes, std::span<const double> outcomes);

}  // namespace cascadelab
