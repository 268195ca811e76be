// The words that titles and names are made of, as data. A Words value holds alternatives separated
// by '|'. In a pattern {s} stands for a subject of the sub-topic, {a} for an adjective and {n} for
// a noun of the topic, {p} for a place, {f} for a first name. Constant data; any thread.
#pragma once

#include <array>
#include <string_view>

#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

using Words = std::string_view;

struct TopicWords {
    Words patterns;
    Words adjectives;
    Words nouns;
    std::array<Words, kSubtopicCount> subjects;  // in the order of the pack's sub-topics
    Words creators;  // patterns of the names under which creators publish
};

extern const std::array<TopicWords, kTopicCount> kFilmsSeriesWords;
extern const std::array<TopicWords, kTopicCount> kShortVideoWords;
extern const Words kPlaces;
extern const Words kFirstNames;

}  // namespace cascadelab
