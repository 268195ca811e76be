// A plausible moment without an engine: 600 people, 2,000 items in clusters, one explained request
// with every fate, ten days of series. The same on every call.
#pragma once

#include <memory>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

std::shared_ptr<const Snapshot> demoSnapshot();

}  // namespace cascadelab
