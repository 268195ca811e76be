// What may not stand on a person's page now, and why: watched, shown a while ago, not licensed, not
// wanted. Sources look ahead with it, the filter stage drops by it. One request, one thread.
#pragma once

#include <algorithm>

#include "engine/cascade/request/request.h"

namespace cascadelab {

class PageFilter {
  public:
    // Keeps references: both must outlive it.
    PageFilter(const CascadeInputs& in, const Request& request, const PersonHistory& history,
               const RecentlyShown& shown)
        : m_policy(in.params.policy),
          m_cards(in.cards),
          m_history(history),
          m_shown(shown),
          m_now_s(request.now_s),
          m_region(request.region) {}

    // The reason why the item may not be shown, or Fate::score. goes_on: it was left unfinished and
    // may come again at once, for it is not what was ignored.
    Fate verdict(ItemId item, bool goes_on = false) const {
        if (m_policy.hide_watched && std::ranges::binary_search(m_history.watched, item))
            return Fate::watched;
        if (!goes_on && is_recent(m_shown.last_s(item))) return Fate::shown_recently;
        if (m_policy.licences && (m_cards[item.index()].regions >> m_region & 1) == 0)
            return Fate::not_licensed;
        if (std::ranges::binary_search(m_history.blocked, item)) return Fate::not_interested;
        return Fate::score;
    }
    bool allows(ItemId item) const { return verdict(item) == Fate::score; }

    // How many items at the head of a list may be hidden from this person, so that nobody looks
    // further: what was watched, shown or unwanted, and the part that licences usually take.
    std::size_t most_hidden(std::size_t listed) const {
        std::size_t hidden = m_history.blocked.size();
        if (m_policy.hide_watched) hidden += m_history.watched.size();
        const ShownList& shown = m_history.shown;
        for (std::size_t i = shown.size(); i > 0 && is_recent(shown[i - 1].time_s); --i) ++hidden;
        return hidden + (m_policy.licences ? listed / kUnlicensedOf : 0);
    }

  private:
    static constexpr std::size_t kUnlicensedOf = 8;  // one in so many, with room to spare

    bool is_recent(Seconds shown_s) const {
        return static_cast<double>(m_now_s - shown_s) < m_policy.repeat_after_h * kHour;
    }

    const PolicyParams& m_policy;
    std::span<const ItemCard> m_cards;
    const PersonHistory& m_history;
    const RecentlyShown& m_shown;
    Seconds m_now_s;
    std::uint8_t m_region;
};

}  // namespace cascadelab
