#include "engine/models/collaborative/popularity.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {

std::shared_ptr<const Popularity> build_popularity(const Interactions& interactions,
                                                   std::int64_t now_s, double half_life_s) {
    CHECK(half_life_s > 0);
    std::vector<double> sum(interactions.items, 0.0);
    for (const Interaction& row : interactions.rows) {
        const double age_s = static_cast<double>(now_s - row.time_s);
        sum[row.item.index()] += row.weight * std::exp2(-age_s / half_life_s);
    }

    auto popularity = std::make_shared<Popularity>();
    popularity->score.assign(sum.begin(), sum.end());
    for (std::size_t i = 0; i < sum.size(); ++i) {
        if (popularity->score[i] > 0) popularity->ranked.push_back(ItemId(i));
    }
    const std::vector<float>& score = popularity->score;
    std::ranges::sort(popularity->ranked, [&](ItemId a, ItemId b) {
        return score[a.index()] != score[b.index()] ? score[a.index()] > score[b.index()] : a < b;
    });
    return popularity;
}

}  // namespace cascadelab
