// What need not be ranked for a person now, and why: what is not eligible, and what was
// shown a while ago. Sources look ahead with it, the filter stage drops by it. Economy: the policy
// gate would stop what is not eligible. One request, one thread.
#pragma once

#include "engine/cascade/page/eligibility.h"

namespace cascadelab {

class PageFilter {
  public:
    // Keeps references: both must outlive it.
    PageFilter(const CascadeInputs& in, const Request& request, const PersonHistory& history,
               const RecentlyShown& shown)
        : m_policy(in.params.policy),
          m_eligibility(in.params.policy, in.cards, history, request.region),
          m_history(history),
          m_shown(shown),
          m_now_s(request.now_s) {}

    // The reason why the item may not be shown, or Fate::score. goes_on: it was left unfinished and
    // may come again at once, for it is not what was ignored.
    Fate verdict(ItemId item, bool goes_on = false) const {
        const Fate never = m_eligibility.verdict(item);
        if (never == Fate::watched) return never;
        if (!goes_on && is_recent(m_shown.last_s(item))) return Fate::shown_recently;
        return never == Fate::shown ? Fate::score : never;
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
    Eligibility m_eligibility;
    const PersonHistory& m_history;
    const RecentlyShown& m_shown;
    Seconds m_now_s;
};

}  // namespace cascadelab
