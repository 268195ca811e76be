// How good a ranked list is against what a person turned out to like: binary relevance, seen items
// removed from the list before, ties by lower id. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/models/scored_item.h"

namespace cascadelab {

inline constexpr std::size_t kListLength = 100;  // the longest list any of the measures looks at

struct TopKQuality {
    double p_at_10 = 0;      // hits / 10
    double r_at_10 = 0;      // hits / |test|
    double ndcg_at_10 = 0;   // DCG over the DCG of min(10, |test|) hits at the top (Jarvelin 2002)
    double hr_at_10 = 0;     // 1 when there is a hit
    double r_at_20 = 0;      // hits / min(20, |test|)  (Liang et al. 2018)
    double r_at_50 = 0;      // hits / min(50, |test|)
    double ndcg_at_100 = 0;  // as at 10
    friend bool operator==(const TopKQuality&, const TopKQuality&) = default;
};

// The kListLength best items without those seen (ascending).
std::vector<ItemId> best_items(std::span<const float> scores, std::span<const ItemId> seen);
// test: what was held out, ascending, not empty.
TopKQuality ranking_quality(std::span<const ItemId> ranked, std::span<const ItemId> test);
// The mean over people; all zeros when there are none.
TopKQuality mean_quality(std::span<const TopKQuality> people);

}  // namespace cascadelab
