#include "engine/evaluation/list_quality.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// What a hit at this place (from 0) is worth.
double gain(std::size_t place) {
    return 1 / std::log2(static_cast<double>(place) + 2);
}

struct Hits {
    double count = 0;
    double gain = 0;
    double best_gain = 0;  // with all that can be hit at the top
};

Hits hits_at(std::size_t k, std::span<const ItemId> ranked, std::span<const ItemId> test) {
    Hits hits;
    for (std::size_t place = 0; place < k; ++place) {
        if (place < test.size()) hits.best_gain += gain(place);
        if (place >= ranked.size() || !std::ranges::binary_search(test, ranked[place])) continue;
        hits.count += 1;
        hits.gain += gain(place);
    }
    return hits;
}

constexpr std::array kMeasures = {
    &TopKQuality::p_at_10, &TopKQuality::r_at_10, &TopKQuality::ndcg_at_10, &TopKQuality::hr_at_10,
    &TopKQuality::r_at_20, &TopKQuality::r_at_50, &TopKQuality::ndcg_at_100};

}  // namespace

std::vector<ItemId> best_items(std::span<const float> scores, std::span<const ItemId> seen) {
    std::vector<ScoredItem> items;
    items.reserve(scores.size());
    auto next_seen = seen.begin();
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (next_seen != seen.end() && next_seen->index() == i) {
            ++next_seen;
        } else {
            items.push_back({ItemId(i), scores[i]});
        }
    }
    const std::size_t length = std::min(kListLength, items.size());
    std::ranges::partial_sort(items, items.begin() + static_cast<std::ptrdiff_t>(length),
                              ranks_before);
    std::vector<ItemId> best;
    best.reserve(length);
    for (std::size_t place = 0; place < length; ++place) best.push_back(items[place].item);
    return best;
}

TopKQuality ranking_quality(std::span<const ItemId> ranked, std::span<const ItemId> test) {
    CHECK(!test.empty());
    const auto liked = static_cast<double>(test.size());
    const Hits at_10 = hits_at(10, ranked, test);
    const Hits at_100 = hits_at(100, ranked, test);
    return {.p_at_10 = at_10.count / 10,
            .r_at_10 = at_10.count / liked,
            .ndcg_at_10 = at_10.gain / at_10.best_gain,
            .hr_at_10 = at_10.count > 0 ? 1.0 : 0.0,
            .r_at_20 = hits_at(20, ranked, test).count / std::min(20.0, liked),
            .r_at_50 = hits_at(50, ranked, test).count / std::min(50.0, liked),
            .ndcg_at_100 = at_100.gain / at_100.best_gain};
}

TopKQuality mean_quality(std::span<const TopKQuality> people) {
    TopKQuality mean;
    for (const auto measure : kMeasures) {
        for (const TopKQuality& quality : people) mean.*measure += quality.*measure;
        mean.*measure /= std::max(1.0, static_cast<double>(people.size()));
    }
    return mean;
}

}  // namespace cascadelab
