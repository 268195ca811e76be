#include "engine/cascade/rerank/page.h"

#include <algorithm>

#include "engine/cascade/explore/exploration.h"

namespace cascadelab {
PageMaker::PageMaker(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     CascadeWorkspace& workspace)
    : m_in(in),
      m_request(request),
      m_person(person),
      m_workspace(workspace),
      m_trace(workspace.trace),
      m_rules(in.cards, in.params),
      m_in_rows(in.params.page.layout == PageLayout::rows && m_trace.maker == FeedMaker::cascade) {}

int PageMaker::exploration_slots() const {
    const std::int64_t places =
        m_in_rows ? m_in.params.page.row_items : m_in.params.rerank.slate_size;
    return static_cast<int>(std::min(m_in.params.rerank.exploration_slots, places));
}

// Of a person whose topics are not known nothing is rare.
int PageMaker::bubble_slots() const {
    const auto& profile = m_person.batch->topic_share;
    const bool known = std::ranges::any_of(profile, [](float share) { return share > 0; });
    const std::int64_t places =
        m_in_rows ? m_in.params.page.row_items : m_in.params.rerank.slate_size;
    const std::int64_t left = places - exploration_slots();
    return known ? static_cast<int>(std::min(m_in.params.rerank.bubble_slots, left)) : 0;
}

void PageMaker::choose(Stream& stream) {
    if (m_in_rows) return choose_rows(stream);
    const auto size = static_cast<std::size_t>(m_in.params.rerank.slate_size) -
                      static_cast<std::size_t>(exploration_slots() + bubble_slots());
    if (m_trace.maker == FeedMaker::cascade) {
        choose_list(static_cast<int>(size));
    } else {
        take_in_order(size);
    }
}

void PageMaker::explore(Stream& stream) {
    if (m_in_rows) return;
    break_bubble(bubble_slots());
    explore_list(exploration_slots(), stream);
}

// The home list: re-ranked for diversity, under the rules of the page.
void PageMaker::choose_list(int size) {
    collect_pool();
    const RerankInput input = rerank_input();
    choose_page(input, m_in.params.rerank, size, m_rules, m_workspace.scratch, m_workspace.page);
    take_list();
}

// The page of a feed that nobody ranks: the first candidates as they stand, under no rule.
void PageMaker::take_in_order(std::size_t size) {
    const std::span line = std::span(m_workspace.scratch.order).first(m_trace.counts.ranked);
    for (const std::uint32_t index : line.first(std::min(size, line.size()))) {
        m_rules.take(m_trace.candidates[index].item);
        put(m_trace.candidates[index]);
    }
}

void PageMaker::choose_rows(Stream& stream) {
    const auto most = static_cast<std::size_t>(m_in.params.page.rows);
    for (const RowPlan& plan : plan_rows(m_in, m_request, m_person, m_workspace.scratch, m_trace)) {
        if (m_trace.rows.size() == most) return;
        const std::size_t first = m_trace.slate.size();
        if (plan.surface == Surface::home) {
            choose_list(static_cast<int>(m_in.params.page.row_items) - exploration_slots() -
                        bubble_slots());
            break_bubble(bubble_slots());
            explore_list(exploration_slots(), stream);
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
    PageRules rules = m_rules;
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
    m_rules = rules;
    for (std::uint32_t index : chosen) put(m_trace.candidates[index]);
    return true;
}

// What was left unfinished stands in its own row or nowhere.
bool PageMaker::may_stand_here(const Candidate& candidate) const {
    return candidate.position < 0 && !proposed_by(candidate, Source::continue_watching);
}

// Kept candidates that the home list may take, best first.
void PageMaker::collect_pool() {
    m_workspace.pool.clear();
    for (std::uint32_t index : std::span(m_workspace.scratch.order).first(m_trace.counts.ranked)) {
        if (may_stand_here(m_trace.candidates[index])) m_workspace.pool.push_back(index);
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
        put(candidate);
    }
}

// The pool: candidates that passed the filters, are wanted and may still be placed.
template <class Wanted>
void PageMaker::collect_open(Wanted&& wanted) {
    std::vector<std::uint32_t>& pool = m_workspace.pool;
    pool.clear();
    for (std::size_t i = 0; i < m_trace.candidates.size(); ++i) {
        const Candidate& candidate = m_trace.candidates[i];
        if (candidate.fate >= Fate::below_cut && wanted(candidate) && may_stand_here(candidate) &&
            m_rules.verdict(candidate.item) == Fate::shown) {
            pool.push_back(static_cast<std::uint32_t>(i));
        }
    }
}

// The next places go to the best of topics that have less than an equal share of the person's
// profile, which is what serendipity counts as unexpected; where there are none, to the best of
// all.
void PageMaker::break_bubble(int slots) {
    const auto& profile = m_person.batch->topic_share;
    const auto is_rare = [&](const Candidate& candidate) {
        const TopicId topic = m_in.cards[candidate.item.index()].topic;
        return profile[topic.index()] < 1.0f / kTopicCount;
    };
    for (int slot = 0; slot < slots; ++slot) {
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
        m_rules.take(candidate.item);
        put(candidate);
    }
}

// The last places go to exploration. At random: to what its source brought, then to any candidate
// that was not chosen. A bandit chooses among all of these. Rules hold.
void PageMaker::explore_list(int slots, Stream& stream) {
    const bool at_random = m_in.params.rerank.exploration_policy == ExplorationPolicy::random;
    for (int slot = 0; slot < slots; ++slot) {
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
        m_rules.take(candidate.item);
        put(candidate);
    }
}

void PageMaker::put(Candidate& candidate) {
    candidate.fate = Fate::shown;
    candidate.position = static_cast<std::int8_t>(m_trace.slate.size());
    m_trace.slate.push_back(candidate.item);
}

}  // namespace cascadelab
