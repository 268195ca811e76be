// Item-kNN: an item is liked for the liked items among its k nearest neighbours, by cosine
// similarity (Sarwar et al. 2001; Deshpande and Karypis 2004). Unlike the co-visitation rows of the
// cascade it looks at whole histories and scores the whole catalogue. Immutable once built; any
// thread.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/models/collaborative/covisitation.h"

namespace cascadelab {

struct ItemKnnSettings {
    int neighbours = 20;   // k
    double shrinkage = 0;  // added to the denominator of the cosine
};

class ItemKnn {
  public:
    ItemKnn(std::size_t items, const CoVisitation& neighbours);
    // out[j] = sum of cos(i, j) over the person's items i that are among the k nearest of j; out
    // has one place an item. The person's own items are scored like any other.
    void score(std::span<const ItemId> items_of_person, std::span<float> out) const;

  private:
    std::vector<std::size_t> m_row_start;  // items + 1 offsets
    std::vector<ScoredItem> m_supported;   // of item i: every j that has i among its k nearest
};

std::shared_ptr<const ItemKnn> build_item_knn(const Interactions& interactions,
                                              const ItemKnnSettings& settings);

}  // namespace cascadelab
