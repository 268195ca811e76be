// The inspector's feature rows: what the registry has to say of one person now. Reads the
// simulation between ticks; its thread.
#pragma once

#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

std::vector<FeatureRow> feature_rows(const SimulationState& state, PersonId person);

}  // namespace cascadelab
