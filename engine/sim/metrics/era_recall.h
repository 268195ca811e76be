// The eras side by side on one request: what each era's vectors alone would have proposed of the
// oracle's best items. Asked of sampled requests only, and never part of what is served. Pure.
#pragma once

#include <array>

#include "engine/cascade/request/eras.h"
#include "engine/cascade/request/request.h"
#include "engine/sim/metrics/metrics.h"

namespace cascadelab {

// Share of the oracle's items among the params.retrieval.candidates nearest to the person in each
// era's space, items the person has watched left out; by Era, NaN where an era has no vector of the
// person or the oracle has no item. scratch holds the person's queries.
EraRecalls era_recalls(const CascadeInputs& in, const PersonFeatures& person,
                       std::span<const OracleItem> oracle, CascadeScratch& scratch);

}  // namespace cascadelab
