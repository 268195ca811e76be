// Creators: what they make, and how they learn from what was watched. Called at the barrier, by one
// thread.
#pragma once

#include <span>
#include <vector>

#include "engine/params/params.h"
#include "engine/world/events/event.h"
#include "engine/world/supply/supply.h"

namespace cascadelab {

std::vector<Creator> make_creators(const Params& params, std::uint64_t seed);
// Once a day, at the speed of world.creator_response: creators shift toward the topics that paid,
// promise as loudly as those whom it paid, or give up when nobody looks; others enter.
void review_creators(Supply& supply, const Params& params, std::uint64_t tick);
// Creators are paid for what was watched or clicked: called with the tick's merged events.
void reward_creators(Supply& supply, CreatorReward paid_by, std::span<const Event> events);

}  // namespace cascadelab
