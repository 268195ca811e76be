// An item and what it scored, in the one order of every ranked list. A value; any thread.
#pragma once

#include "engine/base/ids.h"

namespace cascadelab {

struct ScoredItem {
    ItemId item;
    float score = 0;
    friend bool operator==(const ScoredItem&, const ScoredItem&) = default;
};
// Higher score first, ties by lower id: the one order of every ranked list.
inline bool ranks_before(const ScoredItem& a, const ScoredItem& b) {
    return a.score != b.score ? a.score > b.score : a.item < b.item;
}

}  // namespace cascadelab
