// What people find and watch without a recommender, by word of mouth: before the first day and
// since. Called at the barrier, by one thread.
#pragma once

#include <vector>

#include "engine/world/world.h"

namespace cascadelab {

// Organic views before the first day (word of mouth, not the recommender): about history_events a
// person over the last two weeks, by utility and popularity, as watch events with negative times in
// time order. Marks them watched.
std::vector<Event> organic_history(World& world, const Params& params, std::uint64_t seed);
// The same since then, in the tick that begins at now_s: on average world.organic_views_per_day a
// day for an average person, most at the person's hour, none while a page is looked at. In id
// order, each at now_s and of no request. Like history they leave neither satiation nor drift.
std::vector<Event> organic_views(World& world, const Params& params, std::uint64_t seed,
                                 std::uint64_t tick, Seconds now_s);

}  // namespace cascadelab
