#include "engine/cascade/rerank/page.h"

#include <algorithm>

namespace cascadelab {

PageMaker::PageMaker(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     int slots, CascadeWorkspace& workspace, PageDraft& draft)
    : m_in(in),
      m_request(request),
      m_person(person),
      m_slots(slots),
      m_workspace(workspace),
      m_trace(workspace.trace),
      m_draft(draft) {}

void PageMaker::choose(const std::function<void()>& explore) {
    if (m_draft.in_rows()) return choose_rows(explore);
    const int size = static_cast<int>(m_in.params.rerank.slate_size) - m_slots;
    if (m_trace.maker == FeedMaker::cascade) {
        choose_list(size);
    } else {
        take_in_order(static_cast<std::size_t>(size));
    }
    explore();
}

// The home list: re-ranked for diversity, under the rules of the page.
void PageMaker::choose_list(int size) {
    collect_pool();
    const RerankInput input = rerank_input();
    choose_page(input, m_in.params.rerank, size, m_draft.rules(), m_workspace.scratch,
                m_workspace.page);
    take_list();
}

// The page of a feed that nobody ranks: the first candidates as they stand. The gate sees to the
// rules.
void PageMaker::take_in_order(std::size_t size) {
    const std::span line = std::span(m_workspace.scratch.order).first(m_trace.counts.ranked);
    for (const std::uint32_t index : line.first(std::min(size, line.size()))) {
        m_draft.rules().take(m_trace.candidates[index].item);
        m_draft.put(m_trace.candidates[index]);
    }
}

void PageMaker::choose_rows(const std::function<void()>& explore) {
    const auto most = static_cast<std::size_t>(m_in.params.page.rows);
    for (const RowPlan& plan : plan_rows(m_in, m_request, m_person, m_workspace.scratch, m_trace)) {
        if (m_trace.rows.size() == most) return;
        const std::size_t first = m_trace.slate.size();
        if (plan.surface == Surface::home) {
            choose_list(static_cast<int>(m_in.params.page.row_items) - m_slots);
            explore();
        } else if (!choose_row(plan)) {
            continue;
        }
        const std::size_t count = m_trace.slate.size() - first;
        if (count == 0) continue;
        m_trace.rows.push_back({plan.surface, plan.anchor, static_cast<std::uint8_t>(first),
                                static_cast<std::uint8_t>(count)});
    }
}

// Takes a row's items in its own order. False, and nothing taken, when too few are left for a row.
bool PageMaker::choose_row(const RowPlan& plan) {
    PageRules rules = m_draft.rules();
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t index : plan.items) {
        Candidate& candidate = m_trace.candidates[index];
        if (candidate.position >= 0) continue;
        if (const Fate verdict = rules.verdict(candidate.item); verdict != Fate::shown) {
            candidate.fate = verdict;
            continue;
        }
        rules.take(candidate.item);
        chosen.push_back(index);
        if (std::ssize(chosen) == m_in.params.page.row_items) break;
    }
    if (chosen.size() < fewest_of_row(plan.surface)) return false;
    m_draft.rules() = rules;
    for (std::uint32_t index : chosen) m_draft.put(m_trace.candidates[index]);
    return true;
}

// Kept candidates that the home list may take, best first.
void PageMaker::collect_pool() {
    m_workspace.pool.clear();
    for (std::uint32_t index : std::span(m_workspace.scratch.order).first(m_trace.counts.ranked)) {
        if (PageDraft::may_stand_in_list(m_trace.candidates[index]))
            m_workspace.pool.push_back(index);
    }
}

// Fills what re-ranking reads of the pool.
RerankInput PageMaker::rerank_input() {
    const std::vector<std::uint32_t>& pool = m_workspace.pool;
    m_workspace.relevance.resize(pool.size());
    m_workspace.kept.resize(pool.size());
    m_workspace.is_new.resize(pool.size());
    const auto window_s = static_cast<Seconds>(m_in.params.retrieval.fresh_window_h * kHour);
    const auto value_at = [&](std::size_t k) { return m_trace.candidates[pool[k]].value; };
    const float top = pool.empty() ? 0 : value_at(0);
    const float span = pool.empty() ? 1 : std::max(top - value_at(pool.size() - 1), 1e-9f);
    for (std::size_t k = 0; k < pool.size(); ++k) {
        const ItemId item = m_trace.candidates[pool[k]].item;
        m_workspace.kept[k] = item;
        m_workspace.relevance[k] = 1 - (top - value_at(k)) / span;
        m_workspace.is_new[k] = m_request.now_s - m_in.cards[item.index()].released_s < window_s;
    }
    return {m_workspace.relevance, m_workspace.kept,           m_in.content, m_in.cards,
            m_workspace.is_new,    m_person.batch->topic_share};
}

// Writes what re-ranking chose, and why it left the rest, into the trace.
void PageMaker::take_list() {
    const Page& page = m_workspace.page;
    const auto candidate_at = [&](std::size_t k) -> Candidate& {
        return m_trace.candidates[m_workspace.pool[k]];
    };
    for (std::size_t k = 0; k < m_workspace.pool.size(); ++k) candidate_at(k).fate = page.fate[k];
    for (std::size_t place = 0; place < page.chosen.size(); ++place) {
        Candidate& candidate = candidate_at(static_cast<std::size_t>(page.chosen[place]));
        candidate.rerank_score = page.score[place];
        candidate.promoted = page.promoted[place];
        m_draft.put(candidate);
    }
}

}  // namespace cascadelab
