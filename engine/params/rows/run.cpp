// What is kept of a run.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = RunParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::run, &Group::keyframe_every_h>({"run.keyframe_every_h", "Keyframe every", "h", "Virtual time between two whole states kept for going back; doubles when memory is full."},
        {0.5, 168, 0.5, kLog}, Stage::run, When::restart),
    row<&Params::run, &Group::keyframe_memory_mib>({"run.keyframe_memory_mib", "Keyframe memory", "MiB", "Most memory that the states kept for going back may hold together; roughly counted."},
        {16, 8192, 16, kLog}, Stage::run, When::restart),
    row<&Params::run, &Group::frame_every_h>({"run.frame_every_h", "Frame every", "h", "Virtual time between two pictures kept for scrubbing."},
        {0.5, 24, 0.5}, Stage::run, When::restart),
};
// clang-format on

}  // namespace

std::span<const Parameter> run_rows() {
    return kRows;
}

}  // namespace cascadelab
