// Item-to-item neighbours: cosine similarity of the items' binary person vectors ("people who
// watched this also watched"; Sarwar et al. 2001). Immutable once built; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/models/collaborative/interactions.h"
#include "engine/models/scored_item.h"

namespace cascadelab {

class CoVisitation {
  public:
    // row_start has items + 1 entries into neighbours.
    CoVisitation(std::vector<std::size_t> row_start, std::vector<ScoredItem> neighbours);
    // Best first; empty for an item nobody had consumed when this was built, or one that is newer.
    std::span<const ScoredItem> neighbours(ItemId item) const;
    std::size_t size() const { return m_neighbours.size(); }  // of all lists together
    std::uint64_t hash() const;

  private:
    std::vector<std::size_t> m_row_start;
    std::vector<ScoredItem> m_neighbours;
};

struct CoVisitationSettings {
    int neighbours = 50;   // k kept for an item
    int history = 50;      // newest distinct items of a person that are paired (bounds the cost)
    double shrinkage = 5;  // added to the denominator, so that one shared viewer is no evidence
};
std::shared_ptr<const CoVisitation> build_covisitation(const Interactions& interactions,
                                                       const CoVisitationSettings& settings);

}  // namespace cascadelab
