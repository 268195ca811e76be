// What all kinds of vector index share: one way to measure, so that an item has the same score to
// the bit wherever it is found, and one way to keep the best. For the files of this folder; one
// thread a search.
#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

#include "engine/models/scored_item.h"

namespace cascadelab {

// 1 - <a, b> of two vectors; the third argument points at their dims (std::size_t).
using InnerProductDistance = float (*)(const void*, const void*, const void*);
InnerProductDistance distance_for(std::size_t dims);

inline constexpr float kNoBar = -std::numeric_limits<float>::infinity();

// Puts the entries from `begin` on into rank order and keeps the best k of them.
inline void keep_best(std::vector<ScoredItem>& list, std::size_t begin, std::size_t k) {
    const auto first = list.begin() + static_cast<std::ptrdiff_t>(begin);
    if (list.size() - begin > k) {
        const auto cut = first + static_cast<std::ptrdiff_t>(k);
        std::nth_element(first, cut, list.end(), ranks_before);
        list.resize(begin + k);
    }
    std::sort(list.begin() + static_cast<std::ptrdiff_t>(begin), list.end(), ranks_before);
}

// Appends to a list, in rank order, the best k of what is scanned, all of it at least as good as
// `bar`. Items may come in any order.
class BestScanned {
  public:
    BestScanned(std::span<const float> query, std::size_t k, float bar,
                std::vector<ScoredItem>& out)
        : m_query(query),
          m_k(k),
          m_bar(bar),
          m_out(out),
          m_begin(out.size()),
          m_full(m_begin + 2 * k + 64) {}

    // vectors: count x dims; item_of(i) names vector i.
    template <class ItemOf>
    void scan(const float* vectors, std::size_t count, const ItemOf& item_of) {
        const std::size_t dims = m_query.size();
        const InnerProductDistance distance = distance_for(dims);
        for (std::size_t i = 0; i < count; ++i) {
            const float score = 1.0f - distance(m_query.data(), vectors + i * dims, &dims);
            if (!(score >= m_bar)) continue;
            m_out.push_back({item_of(i), score});
            if (m_out.size() == m_full) cut();
        }
    }
    void finish() { keep_best(m_out, m_begin, m_k); }

  private:
    // A cut costs one pass over what was kept, so it waits until there is plenty to drop.
    void cut() {
        const auto first = m_out.begin() + static_cast<std::ptrdiff_t>(m_begin);
        const auto kth = first + static_cast<std::ptrdiff_t>(m_k - 1);
        std::nth_element(first, kth, m_out.end(), ranks_before);
        m_bar = kth->score;
        m_out.resize(m_begin + m_k);
    }

    std::span<const float> m_query;
    std::size_t m_k;
    float m_bar;
    std::vector<ScoredItem>& m_out;
    std::size_t m_begin, m_full;
};

}  // namespace cascadelab
