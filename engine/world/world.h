// The hidden truth as one value: people, catalogue, creators, trends. Made from parameters and a
// seed, moved on by the step's second stage. No recommender stage takes a World.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/hash.h"
#include "engine/params/params.h"
#include "engine/world/behaviour.h"
#include "engine/world/event_log.h"
#include "engine/world/rated_catalogue.h"

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

struct World {
    std::uint64_t seed = 0;  // it was made from
    Population population;
    Catalogue catalogue;
    std::vector<Creator> creators;
    std::vector<Franchise> franchises;
    std::array<float, kTopicCount> trend{};  // utility each topic's trend and news add now
    std::vector<BreakingNews> news;          // under way, in the order in which it broke
    double release_debt = 0;                 // fraction of an item still to be released
    double joining_debt = 0;                 // fraction of a person still to join
    double creator_debt = 0;                 // fraction of a creator still to enter
    std::uint64_t catalogue_hash = 0;        // chained over every item released; items never change
    RowTable topic_centres;  // kTopicCount x taste_dims, then sub-topics; fixed by the seed
};

// With ratings from outside the first items, topics and tastes are taken from there (rated has rows
// of world.taste_dims); what the world has more than they is made as ever.
World make_world(const Params& params, std::uint64_t seed, const RatedCatalogue* rated = nullptr);

// Releases, trends, news, creators and shifts of taste for the tick that begins at now_s. Returns
// the items released.
std::vector<ItemId> advance_world(World& world, const Params& params, std::uint64_t seed,
                                  std::uint64_t tick, Seconds now_s);
// People who join during the tick that begins at now_s: after those who are there, in id order,
// more of them in the evening than in the morning. Each opens the first session on joining. Returns
// how many.
std::size_t admit_people(World& world, const Params& params, std::uint64_t seed, Seconds now_s);
// Adds one item of a topic now, e.g. from a scenario's timeline.
ItemId release_item(World& world, const Params& params, TopicId topic, double quality,
                    Seconds now_s, Stream stream);
// Gives a person another taste, now and innate, with the topic first and as broad as their segment.
void change_taste(World& world, const Params& params, PersonId person, TopicId topic,
                  Stream stream);
// The same to whatever topic chance brings, with the chance that a change falls into this time when
// changes come world.taste_shift_days apart on average, however long ago the last one was (sudden
// drift: Gama et al. 2014, "A survey on concept drift adaptation"). Draws nothing when that is 0.
void maybe_shift_taste(World& world, const Params& params, PersonId person, double days,
                       Stream& stream);
// Creators are paid for what was watched or clicked: called at the barrier with the tick's merged
// events.
void reward_creators(World& world, CreatorReward paid_by, std::span<const Event> events);

// Organic views before the first day (word of mouth, not the recommender): about history_events a
// person over the last two weeks, by utility and popularity, as watch events with negative times in
// time order. Marks them watched.
std::vector<Event> organic_history(World& world, const Params& params, std::uint64_t seed);
// The same since then, in the tick that begins at now_s: on average world.organic_views_per_day a
// day for an average person, most at the person's hour, none while a page is looked at. In id
// order, each at now_s and of no request. Like history they leave neither satiation nor drift.
std::vector<Event> organic_views(World& world, const Params& params, std::uint64_t seed,
                                 std::uint64_t tick, Seconds now_s);

Surroundings surroundings(const World& world, const Params& params);
void hash_world(const World& world, Hasher& hasher);

}  // namespace cascadelab
