// What may never stand on a person's page, whatever else is on it: watched items (where they are
// hidden), items without a licence in the person's region, items the person refused. Filters heed
// it early, so that nothing is ranked in vain; the policy gate enforces it. One request, one
// thread.
#pragma once

#include <algorithm>

#include "engine/cascade/request/request.h"

namespace cascadelab {

class Eligibility {
  public:
    // Keeps references: all must outlive it.
    Eligibility(const PolicyParams& policy, std::span<const ItemCard> cards,
                const PersonHistory& history, std::uint8_t region)
        : m_policy(policy), m_cards(cards), m_history(history), m_region(region) {}

    // The reason why the item may not be shown, or Fate::shown.
    Fate verdict(ItemId item) const {
        if (m_policy.hide_watched && std::ranges::binary_search(m_history.watched, item))
            return Fate::watched;
        if (m_policy.licences && (m_cards[item.index()].regions >> m_region & 1) == 0)
            return Fate::not_licensed;
        if (std::ranges::binary_search(m_history.blocked, item)) return Fate::not_interested;
        return Fate::shown;
    }

  private:
    const PolicyParams& m_policy;
    std::span<const ItemCard> m_cards;
    const PersonHistory& m_history;
    std::uint8_t m_region;
};

}  // namespace cascadelab
