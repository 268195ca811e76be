// The fleet of the demo moment: a busy evening on which half of the ranker's servers are lost. The
// same on every call.
#pragma once

#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

std::shared_ptr<const FleetSection> demoFleet(Seconds now_s);

}  // namespace cascadelab
