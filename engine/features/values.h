// The online store's values: what a request reads. Every group carries event time and write time; a
// group older than the time to live is served as its default, but for the sequence. Plain values.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/features/person_sequence.h"
#include "engine/world/domain/domain_pack.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

inline constexpr Seconds kNever = -(Seconds{1} << 40);
inline constexpr std::uint8_t kNoSearch = 0xFF;  // nothing was searched for

struct Stamp {
    Seconds event_s = kNever;  // newest event the value knows
    Seconds write_s = kNever;  // when it became readable
};

struct RecentItem {
    ItemId item;
    float share = 0;  // watched share of its duration
    Seconds time_s = 0;
};

// Streaming lane, per person.
struct PersonRealtime {
    Stamp stamp;
    std::vector<RecentItem> recent;  // last watched, oldest first, at most features.recent_items
    std::array<float, kTopicCount>
        recent_share{};  // topic shares of recent, weighted by watched share; sums to 1 or 0
    std::vector<float>
        profile;  // mean content vector of recent (version 2: newest weigh more); unit or 0
    float session_pages = 0, session_clicks = 0, session_watch_s = 0;
    float clicks_in_row = 0;                // pages with a click in a row
    float empty_in_row = 0;                 // pages without one in a row
    std::uint8_t search_topic = kNoSearch;  // last topic searched for
    Seconds searched_s = kNever;
    Seconds last_view_s = kNever;
    PersonSequence sequence;  // never too old: a sequence model sees how long ago an event was

    // What the aggregator itself remembers.
    std::uint8_t profile_version = 1;  // definition that made the profile
    std::uint32_t page = 0xFFFFFFFFu;  // request number of the last page
    bool page_clicked = false;         // it has a click: a page counts as empty until then
    float clicks_before_page = 0;      // clicks_in_row when it was shown
};

// What a person told when joining; an invalid topic is an answer not given.
struct SignUp {
    std::array<TopicId, 2> survey;  // "what do you like?", the dearest first
    Seconds told_s = kNever;        // when; kNever: before the first day
};

// Batch lane, per person.
struct PersonBatch {
    std::array<float, kTopicCount>
        topic_share{};      // by watched time over the profile window; sums to 1 or 0
    float click_rate = 0;   // clicks per impression, smoothed
    float watch_share = 0;  // mean watched share of what was opened
    float views_per_day = 0;
};

// Streaming lane, per item: sliding window of features.counter_window_h in eight steps.
struct ItemCounters {
    float impressions = 0, clicks = 0, watches = 0;
};

// Batch lane, per item and per creator.
struct ItemBatch {
    float click_rate = 0;   // smoothed towards the catalogue's mean (beta prior)
    float watch_share = 0;  // smoothed
    float like_rate = 0;    // per view, smoothed
    float views = 0;        // in the profile window
};

// One run of the batch lane: immutable, shared by the store and by point-in-time joins.
struct BatchTables {
    Stamp stamp;                      // event_s: last event covered; write_s: when it went online
    std::vector<PersonBatch> people;  // people who joined later have no row
    std::vector<ItemBatch> items;     // items released later have no row: defaults are served
    std::vector<float> creator_click_rate;
    PersonBatch person_default;
    ItemBatch item_default;  // catalogue means
    float creator_default = 0;

    const PersonBatch& person(PersonId id) const {
        return id.index() < people.size() ? people[id.index()] : person_default;
    }
};

}  // namespace cascadelab
