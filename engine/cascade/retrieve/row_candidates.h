// What the rows of a page ask for beside the common candidates: neighbours of what was watched.
// Pure functions of one request.
#pragma once

#include <vector>

#include "engine/cascade/request/request.h"

namespace cascadelab {

inline constexpr int kNeighboursPerPlace = 3;  // neighbours asked for a place of a row

inline constexpr double kContinueHalfLifeDays = 3;  // how fast what was left loses its promise

// Appends up to count items nearest to an item, best first, in the space of eras.rows or of the era
// that answers for it; the item itself is not among them. Nothing before the first models, and
// nothing for an item whose vector is not known: a factorization has none for new items.
void nearest_items(const PublishedModels& models, const Params& params, ItemId item, int count,
                   std::vector<ScoredItem>& out);

// Newest items that the person watched through and that have neighbours, newest first, each with
// at most count of them: the rows "because you watched". At most page.because_rows.
std::vector<Neighbourhood> neighbourhoods_of(const CascadeInputs& in, const PersonFeatures& person,
                                             int count);

}  // namespace cascadelab
