// Domain packs: what is recommended, in data. A pack names the topics, makes titles readable and
// sets the time scales of durations and sessions; it has no behaviour of its own. Constant data;
// any thread.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/params/params.h"

namespace cascadelab {

inline constexpr std::size_t kTopicCount = 8;     // one colour each
inline constexpr std::size_t kSubtopicCount = 3;  // sub-topics a topic
inline constexpr std::size_t kRegionCount = 4;
inline constexpr std::size_t kDeviceCount = 4;

enum class Device : std::uint8_t { phone, tablet, laptop, television };
template <>
inline constexpr std::size_t enum_count<Device> = 4;
std::string_view device_label(Device device);
std::string_view region_label(std::size_t region);

struct PackTopic {
    std::string_view name;                                   // "Documentary"
    std::array<std::string_view, kSubtopicCount> subtopics;  // "Nature", "History", "Science"
    double weight;             // share of the catalogue and of mainstream interest, relative
    double duration_median_s;  // of its items
    double duration_sigma;     // of ln(duration)
};

struct DomainPack {
    std::string_view label;      // "films and series"
    std::string_view item_word;  // "title", "video"
    std::array<PackTopic, kTopicCount> topics;
    double typical_duration_s;       // what suits a laptop in the evening
    double session_budget_median_s;  // attention a session has to give
    double session_budget_sigma;
    int choices_per_page;          // how many items of one page a person may open
    double browse_s;               // time spent looking at one examined card
    double franchise_share;        // share of items that belong to a franchise
    double ageing_half_life_days;  // of what supply.ageing takes from an item
};

const DomainPack& domain_pack(DomainPackName name);
std::string topic_name(TopicId topic, DomainPackName pack);  // "Documentary"

}  // namespace cascadelab
