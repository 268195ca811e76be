// Who gets an exploration slot: anybody, or by a bandit over what each item has brought so far.
// Pure functions.
#pragma once

#include "engine/cascade/explore/bandit.h"
#include "engine/cascade/request/request.h"

namespace cascadelab {

// What an item has brought: clicks and impressions of the streaming window, so that old news is
// forgotten (Garivier and Moulines 2011), on top of kPriorImpressions at its long-term click rate
// (an informed prior: Chapelle and Li 2011).
inline constexpr double kPriorImpressions = 10;
ArmTally item_tally(const CascadeInputs& in, ItemId item, Seconds now_s);

// The place in items of the one to explore. rerank.exploration_policy: random takes any, with one
// draw; the others score every item once. items: not empty.
std::size_t choose_explored(const CascadeInputs& in, std::span<const ItemId> items, Seconds now_s,
                            Stream& stream);

}  // namespace cascadelab
