#include "engine/cascade/explore/page_explorer.h"

#include <algorithm>

#include "engine/cascade/explore/exploration.h"

namespace cascadelab {

PageExplorer::PageExplorer(const CascadeInputs& in, const Request& request,
                           const PersonFeatures& person, CascadeWorkspace& workspace,
                           PageDraft& draft)
    : m_in(in),
      m_request(request),
      m_person(person),
      m_workspace(workspace),
      m_trace(workspace.trace),
      m_draft(draft) {
    const Params& params = in.params;
    const std::int64_t places = draft.in_rows() ? params.page.row_items : params.rerank.slate_size;
    m_exploration_slots = static_cast<int>(std::min(params.rerank.exploration_slots, places));
    // Of a person whose topics are not known nothing is rare.
    const bool known =
        std::ranges::any_of(person.batch->topic_share, [](float share) { return share > 0; });
    const std::int64_t left = places - m_exploration_slots;
    m_bubble_slots = known ? static_cast<int>(std::min(params.rerank.bubble_slots, left)) : 0;
}

void PageExplorer::fill(Stream& stream) {
    break_bubble();
    explore(stream);
}

// The pool: candidates that passed the filters, are wanted and may still be placed.
template <class Wanted>
void PageExplorer::collect_open(Wanted&& wanted) {
    std::vector<std::uint32_t>& pool = m_workspace.pool;
    pool.clear();
    for (std::size_t i = 0; i < m_trace.candidates.size(); ++i) {
        const Candidate& candidate = m_trace.candidates[i];
        if (candidate.fate >= Fate::below_cut && wanted(candidate) &&
            PageDraft::may_stand_in_list(candidate) &&
            m_draft.rules().verdict(candidate.item) == Fate::shown) {
            pool.push_back(static_cast<std::uint32_t>(i));
        }
    }
}

// The next places go to the best of topics that have less than an equal share of the person's
// profile, which is what serendipity counts as unexpected; where there are none, to the best of
// all.
void PageExplorer::break_bubble() {
    const auto& profile = m_person.batch->topic_share;
    const auto is_rare = [&](const Candidate& candidate) {
        const TopicId topic = m_in.cards[candidate.item.index()].topic;
        return profile[topic.index()] < 1.0f / kTopicCount;
    };
    for (int slot = 0; slot < m_bubble_slots; ++slot) {
        collect_open(is_rare);
        const bool found = !m_workspace.pool.empty();
        if (!found) collect_open([](const Candidate&) { return true; });
        if (m_workspace.pool.empty()) return;
        const std::uint32_t best =
            std::ranges::min(m_workspace.pool, [&](std::uint32_t a, std::uint32_t b) {
                const Candidate &x = m_trace.candidates[a], &y = m_trace.candidates[b];
                return x.value != y.value ? x.value > y.value : x.item < y.item;
            });
        Candidate& candidate = m_trace.candidates[best];
        candidate.unfamiliar = found;
        m_draft.rules().take(candidate.item);
        m_draft.put(candidate);
    }
}

// The last places go to exploration. At random: to what its source brought, then to any candidate
// that was not chosen. A bandit chooses among all of these. Rules hold.
void PageExplorer::explore(Stream& stream) {
    const bool at_random = m_in.params.rerank.exploration_policy == ExplorationPolicy::random;
    for (int slot = 0; slot < m_exploration_slots; ++slot) {
        collect_open(
            [&](const Candidate& c) { return !at_random || c.source == Source::exploration; });
        if (m_workspace.pool.empty()) collect_open([](const Candidate&) { return true; });
        const std::vector<std::uint32_t>& pool = m_workspace.pool;
        if (pool.empty()) return;
        m_workspace.kept.clear();
        for (const std::uint32_t i : pool) m_workspace.kept.push_back(m_trace.candidates[i].item);
        const std::size_t chosen = choose_explored(m_in, m_workspace.kept, m_request.now_s, stream);
        Candidate& candidate = m_trace.candidates[pool[chosen]];
        candidate.explored = true;
        m_draft.rules().take(candidate.item);
        m_draft.put(candidate);
    }
}

}  // namespace cascadelab
