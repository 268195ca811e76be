// Positive feedback as models see it: who consumed what, how strongly, when. Built from the event
// log or from a ratings file. Plain values; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/ids.h"

namespace cascadelab {

struct Interaction {
    PersonId person;
    ItemId item;
    float weight = 1;         // strength of the feedback, > 0
    std::int64_t time_s = 0;  // virtual seconds since the start of the run
};

// Rows are ordered by (time, position in the log), so ties in time keep the log's order.
struct Interactions {
    std::size_t people = 0;  // person ids are 0..people-1
    std::size_t items = 0;   // item ids are 0..items-1
    std::vector<Interaction> rows;
};

}  // namespace cascadelab
