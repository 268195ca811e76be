// The catalogue: what an item shows (its card and noisy content features) and what it hides (its
// point in taste space, its quality). Recommender stages take only cards and content. Grows at the
// barrier; read by any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/world/domain/domain_pack.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// What a screen and a recommender may know of an item.
struct ItemCard {
    std::string title;
    TopicId
        topic;  // editorial main topic (true main topic, wrong with probability (1 - richness) / 4)
    std::uint8_t subtopic = 0;   // 0..kSubtopicCount-1
    std::uint8_t regions = 0xF;  // bit r: licensed in region r
    CreatorId creator;
    FranchiseId franchise;   // invalid when it belongs to none
    Seconds released_s = 0;  // virtual time; negative before the first day
    float duration_s = 0;
};

struct Catalogue {
    std::vector<ItemCard> cards;  // by ItemId
    RowTable
        content;  // items x (kTopicCount + taste_dims): noisy tags, then noisy taste; unit rows

    // Hidden truth: only the world, the oracle and the metrics read these.
    RowTable taste;              // items x taste_dims, unit rows
    std::vector<float> quality;  // standard normal over the catalogue
    std::vector<float> appeal;   // click appeal beyond what an item is worth, utility
    std::vector<TopicId> true_topic;

    std::size_t size() const { return cards.size(); }
};

}  // namespace cascadelab
