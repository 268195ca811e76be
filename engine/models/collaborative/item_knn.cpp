#include "engine/models/collaborative/item_knn.h"

#include <algorithm>
#include <limits>

#include "engine/base/error.h"

namespace cascadelab {

ItemKnn::ItemKnn(std::size_t items, const CoVisitation& neighbours) : m_row_start(items + 1, 0) {
    // Turned round: a score is then a sum over the person's few items, not over the catalogue.
    for (std::size_t j = 0; j < items; ++j) {
        for (const ScoredItem& near : neighbours.neighbours(ItemId(j))) {
            ++m_row_start[near.item.index() + 1];
        }
    }
    for (std::size_t i = 0; i < items; ++i) m_row_start[i + 1] += m_row_start[i];
    m_supported.resize(m_row_start.back());
    std::vector<std::size_t> next(m_row_start.begin(), m_row_start.end() - 1);
    for (std::size_t j = 0; j < items; ++j) {
        for (const ScoredItem& near : neighbours.neighbours(ItemId(j))) {
            m_supported[next[near.item.index()]++] = {ItemId(j), near.score};
        }
    }
}

void ItemKnn::score(std::span<const ItemId> items_of_person, std::span<float> out) const {
    CHECK(out.size() + 1 == m_row_start.size());
    std::ranges::fill(out, 0.0f);
    for (const ItemId item : items_of_person) {
        const std::size_t end = m_row_start[item.index() + 1];
        for (std::size_t k = m_row_start[item.index()]; k < end; ++k) {
            out[m_supported[k].item.index()] += m_supported[k].score;
        }
    }
}

std::shared_ptr<const ItemKnn> build_item_knn(const Interactions& interactions,
                                              const ItemKnnSettings& settings) {
    constexpr int kWholeHistory = std::numeric_limits<int>::max();
    const auto neighbours = build_covisitation(interactions, {.neighbours = settings.neighbours,
                                                              .history = kWholeHistory,
                                                              .shrinkage = settings.shrinkage});
    return std::make_shared<const ItemKnn>(interactions.items, *neighbours);
}

}  // namespace cascadelab
