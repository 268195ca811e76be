// What people did, as the system logs it. Fixed-size values in order of (tick, person, sequence).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "engine/base/enum_array.h"
#include "engine/base/hash.h"
#include "engine/base/ids.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

enum class EventKind : std::uint8_t {
    session_start,
    impression,
    click,
    watch,
    like,
    dislike,
    not_interested,
    follow,
    add_to_list,
    search,
    session_end,
};

// What people can say about an item, and how a scenario names it.
inline constexpr std::array<std::pair<EventKind, std::string_view>, 5> kLevers = {
    {{EventKind::like, "like"},
     {EventKind::dislike, "dislike"},
     {EventKind::not_interested, "not_interested"},
     {EventKind::follow, "follow"},
     {EventKind::add_to_list, "add_to_list"}}};
constexpr bool is_lever(EventKind kind) {
    return kind >= EventKind::like && kind <= EventKind::add_to_list;
}
constexpr std::string_view lever_name(EventKind lever) {
    for (const auto& [kind, name] : kLevers) {
        if (kind == lever) return name;
    }
    return {};
}

// Where on the screen an item stood: the page's own list, or one of its other rows.
enum class Surface : std::uint8_t {
    home,
    because_watched,
    continue_watching,
    new_for_you,
    trending_now,
};
template <>
inline constexpr std::size_t enum_count<Surface> = 5;

inline constexpr std::uint32_t kNoRequest = 0xFFFFFFFF;  // of what was found without a page

struct Event {
    Seconds time_s = 0;  // event time: a watch is logged when it ends
    PersonId person;
    ItemId item;                // invalid for search and session events
    std::uint32_t request = 0;  // the person's request number it belongs to, or kNoRequest
    float value = 0;  // watch: share of the duration in this sitting, 0..1; session_end: session
                      // length in s; else 0
    EventKind kind = EventKind::impression;
    std::uint8_t position = 0;        // place on the page, 0 = first
    std::uint8_t topic = 0xFF;        // search: the topic asked for
    bool explored = false;            // impression: placed by an exploration slot
    Surface surface = Surface::home;  // of an impression and what followed from it
    bool generated = false;           // of an impression and what followed: a generative model put
                                      // the item forward
    float from = 0;  // watch: share of the item seen in earlier sittings, where this one went on
};

}  // namespace cascadelab
