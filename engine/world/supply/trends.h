// What is talked about for a while: trends that come and go, news that breaks. Pure functions; any
// thread.
#pragma once

#include "engine/params/params.h"
#include "engine/world/supply/supply.h"

namespace cascadelab {

// Utility that trends add at now_s: pulses that start on some days, rise and fall within a week.
std::array<float, kTopicCount> trends_at(const WorldParams& params, std::uint64_t seed,
                                         Seconds now_s);

// Utility that is left of a piece of news at now_s, and how many of its items are out by then:
// their rate falls with the interest, the first comes at once.
double interest_left(const BreakingNews& news, Seconds now_s);
std::int64_t items_due(const BreakingNews& news, Seconds now_s);

}  // namespace cascadelab
