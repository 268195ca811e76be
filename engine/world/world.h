// The hidden truth as one value: people, and the side that makes items. Made from parameters and a
// seed, moved on by the step's second stage. No recommender stage takes a World.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/hash.h"
#include "engine/params/params.h"
#include "engine/world/people/behaviour.h"
#include "engine/world/supply/rated_catalogue.h"
#include "engine/world/supply/supply.h"

namespace cascadelab {

struct World : Supply {
    Population population;
};

// With ratings from outside the first items, topics and tastes are taken from there (rated has rows
// of world.taste_dims); what the world has more than they is made as ever.
World make_world(const Params& params, std::uint64_t seed, const RatedCatalogue* rated = nullptr);

// Releases, trends, news, creators and shifts of taste for the tick that begins at now_s. Returns
// the items released.
std::vector<ItemId> advance_world(World& world, const Params& params, std::uint64_t seed,
                                  std::uint64_t tick, Seconds now_s);

Surroundings surroundings(const World& world, const Params& params);
void hash_world(const World& world, Hasher& hasher);

}  // namespace cascadelab
