// What people liked lately, as it stood at a barrier: a value that requests of the hour after may
// read, while the store's own values of other people are still being written. Any thread.
#pragma once

#include <vector>

#include "engine/world/events/event_log.h"

namespace cascadelab {

inline constexpr Seconds kLikedWindow = 7 * kDay;  // how long a like is remembered
inline constexpr std::size_t kMostLikes = 10;      // kept of one person, the newest

struct LikedItem {
    PersonId person;
    ItemId item;
    Seconds time_s = 0;  // the last time

    friend bool operator==(const LikedItem&, const LikedItem&) = default;
};

// By person, of one person the newest first; an item stands once for a person.
using LikedLately = std::vector<LikedItem>;

// What was liked or watched through up to now_s, within the window.
LikedLately liked_lately(const EventLog& log, Seconds now_s);

}  // namespace cascadelab
