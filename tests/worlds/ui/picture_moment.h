// A moment of a real run, for pictures of the window: a small world in which every view has
// something to show. The same on every call and every machine; what a clock measures is replaced
// by figures that stand still. Window's thread.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

struct PictureMoment {
    std::shared_ptr<const Snapshot> snapshot;
    std::uint64_t log_hash = 0;  // of everything that happened until then
};

// Runs pictures.cascade.json to the evening of its last day, seen with one person in focus; made
// once, within seconds.
const PictureMoment& pictureMoment();

}  // namespace cascadelab
