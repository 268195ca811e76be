// What a world takes over from the ratings of real people: who likes what, how good an item is held
// to be, what it is called. Made outside the world, which only copies from it. A plain value; any
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/world/domain/segment.h"

namespace cascadelab {

struct RatedCatalogue {
    std::vector<std::string> titles;     // by item
    std::vector<TopicId> topic;          // by item
    std::vector<std::uint8_t> subtopic;  // by item
    std::vector<float> quality;          // by item; mean 0, variance 1
    RowTable item_taste;                 // items x taste_dims, unit rows
    RowTable person_taste;               // people x taste_dims, unit rows
    std::vector<Segment> segment;        // by person
    RowTable topic_centres;              // as make_topic_centres() gives them
};

}  // namespace cascadelab
