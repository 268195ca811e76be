// How finely time runs.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = ClockParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::clock, &Group::tick_s>({"clock.tick_s", "Tick", "s", "Virtual time between two barriers at which shared state changes."},
        {30, 3600, 30, kLog}, Stage::world, When::restart),
};
// clang-format on

}  // namespace

std::span<const Parameter> clock_rows() {
    return kRows;
}

}  // namespace cascadelab
