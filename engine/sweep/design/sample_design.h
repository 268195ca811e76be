// Where to look when not everywhere: points of the unit cube, one coordinate an axis. What an axis
// means stands in the plan. Pure; any thread.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

using Points = std::vector<std::vector<double>>;  // points x axes, each in [0, 1]

// Every combination of counts[a] evenly numbered levels, the last axis fastest; a coordinate is the
// middle of its level, so that floor(coordinate * count) gives the level back.
Points grid_design(std::span<const std::size_t> counts);

// Each of count equal slices of each axis holds exactly one point (McKay, Beckman and Conover
// 1979).
Points latin_design(std::size_t count, std::size_t axes, Stream stream);

// Sobol' points under a random digital shift.
Points sobol_design(std::size_t count, std::size_t axes, Stream stream);

// For Sobol' indices (Saltelli et al. 2010, table 2): base blocks of axes + 2 points each. A block
// is a point A, A with one axis after the other taken from B, and B.
Points saltelli_design(std::size_t base, std::size_t axes, Stream stream);

// For screening (Morris 1991): count trajectories of axes + 1 points each on kMorrisLevels levels;
// from one point to the next one axis moves by kMorrisStep, each axis once.
inline constexpr std::size_t kMorrisLevels = 4;
inline constexpr double kMorrisStep = kMorrisLevels / (2.0 * (kMorrisLevels - 1));
Points morris_design(std::size_t count, std::size_t axes, Stream stream);

}  // namespace cascadelab
