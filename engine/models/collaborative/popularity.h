// Popularity with exponential forgetting, for the trending source and for the ranker. Immutable
// once built; any thread.
#pragma once

#include <memory>
#include <vector>

#include "engine/models/collaborative/interactions.h"

namespace cascadelab {

struct Popularity {
    std::vector<float> score;    // per item: sum of weight * 2^(-(now - t) / half_life)
    std::vector<ItemId> ranked;  // items with a score > 0, best first, ties by lower id
};

std::shared_ptr<const Popularity> build_popularity(const Interactions& interactions,
                                                   std::int64_t now_s, double half_life_s);

}  // namespace cascadelab
