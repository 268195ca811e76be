// The side of the world that makes items: catalogue, creators, franchises, trends and news. It
// knows nothing of people but what they watched. Moved on at the barrier; read by any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/world/supply/catalogue.h"

namespace cascadelab {

struct Creator {
    std::string name;
    // Probability of making an item of each topic; sums to 1.
    std::array<float, kTopicCount> focus{};
    // Watched seconds, or clicks, a topic since the last review, decayed.
    std::array<float, kTopicCount> reward{};
    float skill = 0;  // mean quality of what it makes
    float bait = 0;   // mean click appeal beyond worth of what it makes, utility
    bool active = true;
};

struct Franchise {
    std::string name;
    TopicId topic;
    CreatorId creator;
    std::uint16_t parts = 0;
    ItemId latest;    // its newest part; a sequel lies close to it
    float views = 0;  // of all its parts, decayed as creators' rewards are
};

// News that broke: what is left of it falls as (1 - progress)^2, and its items come as fast.
struct BreakingNews {
    TopicId topic;
    float strength = 0;  // utility at first
    Seconds begin_s = 0;
    Seconds length_s = 0;
    std::int64_t releases = 0;  // items it brings in all
    std::int64_t released = 0;  // so far
};

struct Supply {
    std::uint64_t seed = 0;  // the world was made from
    RowTable topic_centres;  // kTopicCount x taste_dims, then sub-topics; fixed by the seed
    Catalogue catalogue;
    std::vector<Creator> creators;
    std::vector<Franchise> franchises;
    std::array<float, kTopicCount> trend{};  // utility each topic's trend and news add now
    std::vector<BreakingNews> news;          // under way, in the order in which it broke
    double release_debt = 0;                 // fraction of an item still to be released
    double creator_debt = 0;                 // fraction of a creator still to enter
    std::uint64_t catalogue_hash = 0;        // chained over every item released; items never change
};

}  // namespace cascadelab
