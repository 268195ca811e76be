// From a file of ratings to what a world can begin with: tastes by factorization, topics by what
// is liked together, quality by how many rate an item and how well. One thread.
#pragma once

#include <memory>

#include "engine/base/error.h"
#include "engine/params/params.h"
#include "engine/store/ratings/ratings.h"
#include "engine/world/supply/rated_catalogue.h"

namespace cascadelab {

// The most rated items, at most world.items, in the order of their ids; all people, at most
// world.people. The Problem's file is the one that could not be used.
std::shared_ptr<const RatedCatalogue> rated_catalogue(const Ratings& ratings, const Params& params);

// What world.ratings_file holds; null when it is empty.
Result<std::shared_ptr<const RatedCatalogue>> read_rated_catalogue(const Params& params);

}  // namespace cascadelab
