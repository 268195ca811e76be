// The frontier: what cannot be bettered in one goal without giving way in another. Pure; any
// thread.
#pragma once

#include <span>
#include <vector>

namespace cascadelab {

enum class Direction { least, most };  // is best

// Places of the points that no other point beats: at least as good in every goal and better in one.
// points: points x goals; one with a NaN is never on it, equal ones are all. Ascending.
std::vector<std::size_t> pareto_frontier(std::span<const std::vector<double>> points,
                                         std::span<const Direction> goals);

}  // namespace cascadelab
