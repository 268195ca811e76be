#include "engine/cascade/rerank/row_rankers.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/cascade/retrieve/row_candidates.h"

namespace cascadelab {
namespace {

constexpr std::size_t kTrendingLooked = 200;

// Shared by the row rankers: the candidates of one ranked request.
class Shared {
  public:
    Shared(const CascadeInputs& in, const CascadeScratch& scratch, const CascadeTrace& trace)
        : m_in(in), m_scratch(scratch), m_trace(trace) {}

    // Indices of kept candidates, best first.
    std::span<const std::uint32_t> ranked() const {
        return std::span(m_scratch.order).first(m_trace.counts.ranked);
    }
    const Candidate& operator[](std::uint32_t index) const { return m_trace.candidates[index]; }
    // Adds the item's candidate to a row, if it has one that was kept.
    void add(ItemId item, std::vector<std::uint32_t>& row) const {
        if (!m_scratch.merged(item)) return;
        const std::uint32_t index = m_scratch.merge_slot[item.index()];
        if (m_trace.candidates[index].rank < m_trace.counts.ranked) row.push_back(index);
    }
    template <class Wanted>
    std::vector<std::uint32_t> ranked_if(Wanted&& wanted) const {
        std::vector<std::uint32_t> row;
        for (std::uint32_t index : ranked()) {
            if (wanted(m_trace.candidates[index])) row.push_back(index);
        }
        return row;
    }
    float value_of_first(std::span<const std::uint32_t> row) const {
        float sum = 0;
        for (std::uint32_t index : row.first(std::min(row.size(), kFirstOfRow)))
            sum += m_trace.candidates[index].value;
        return sum / kFirstOfRow;
    }
    const CascadeInputs& in() const { return m_in; }

  private:
    const CascadeInputs& m_in;
    const CascadeScratch& m_scratch;
    const CascadeTrace& m_trace;
};

bool is_unfinished(const Candidate& candidate) {
    return proposed_by(candidate, Source::continue_watching);
}

// Top picks: everything by value.
RowPlan rank_home(const Shared& shared) {
    return {Surface::home,
            {},
            shared.ranked_if([](const Candidate& c) { return !is_unfinished(c); }),
            0};
}

// Because you watched: the anchor's neighbours by value.
RowPlan rank_because(const Shared& shared, const Neighbourhood& near) {
    RowPlan row{Surface::because_watched, near.anchor, {}, 0};
    for (const ScoredItem& neighbour : near.items) shared.add(neighbour.item, row.items);
    std::erase_if(row.items, [&](std::uint32_t i) { return is_unfinished(shared[i]); });
    std::ranges::sort(row.items, {}, [&](std::uint32_t i) { return shared[i].rank; });
    return row;
}

// Continue watching: by value, halved with every three days since it was left.
RowPlan rank_continue(const Shared& shared, const PersonHistory& history, Seconds now_s) {
    RowPlan row{Surface::continue_watching, {}, {}, 0};
    const auto promise = [&](std::uint32_t i) {
        const auto left = std::ranges::find(history.unfinished, shared[i].item, &RecentItem::item);
        const double days = static_cast<double>(now_s - left->time_s) / kDay;
        return shared[i].value * static_cast<float>(std::exp2(-days / kContinueHalfLifeDays));
    };
    std::vector<std::pair<float, std::uint32_t>> scored;
    for (std::uint32_t i : shared.ranked_if(is_unfinished)) scored.emplace_back(promise(i), i);
    std::ranges::stable_sort(scored,
                             [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [score, i] : scored) row.items.push_back(i);
    return row;
}

// New for you: releases of the fresh window by value.
RowPlan rank_new(const Shared& shared, Seconds now_s) {
    const double window_s = shared.in().params.retrieval.fresh_window_h * kHour;
    const auto is_new = [&](const Candidate& c) {
        const Seconds age_s = now_s - shared.in().cards[c.item.index()].released_s;
        return static_cast<double>(age_s) < window_s && !is_unfinished(c);
    };
    return {Surface::new_for_you, {}, shared.ranked_if(is_new), 0};
}

// Trending now: what is popular, most popular first, as far as it was kept for this person.
RowPlan rank_trending(const Shared& shared) {
    RowPlan row{Surface::trending_now, {}, {}, 0};
    if (!shared.in().models.popularity) return row;
    const std::span<const ItemId> popular = shared.in().models.popularity->ranked;
    for (ItemId item : popular.first(std::min(popular.size(), kTrendingLooked)))
        shared.add(item, row.items);
    std::erase_if(row.items, [&](std::uint32_t i) { return is_unfinished(shared[i]); });
    return row;
}

// The row ranker proper: rows by what their first items are worth, ties in the order of surfaces.
void order_rows(const Shared& shared, std::vector<RowPlan>& rows) {
    for (RowPlan& row : rows) row.value = shared.value_of_first(row.items);
    std::ranges::stable_sort(rows, [](const RowPlan& a, const RowPlan& b) {
        return a.value != b.value ? a.value > b.value : a.surface < b.surface;
    });
}

}  // namespace

std::size_t fewest_of_row(Surface surface) {
    switch (surface) {
        case Surface::home:
        case Surface::continue_watching:
            return 1;
        case Surface::because_watched:
        case Surface::new_for_you:
        case Surface::trending_now:
            return 3;
    }
    CHECK(false);
}

std::vector<RowPlan> plan_rows(const CascadeInputs& in, const Request& request,
                               const PersonFeatures& person, const CascadeScratch& scratch,
                               const CascadeTrace& trace) {
    const Shared shared(in, scratch, trace);
    std::vector<RowPlan> rows;
    rows.push_back(rank_home(shared));
    for (const Neighbourhood& near : scratch.neighbourhoods)
        rows.push_back(rank_because(shared, near));
    rows.push_back(rank_new(shared, request.now_s));
    rows.push_back(rank_trending(shared));
    order_rows(shared, rows);

    const std::int64_t slot = in.params.page.continue_slot;
    if (slot > 0) {
        std::vector<RowPlan> going_on{rank_continue(shared, *person.history, request.now_s)};
        order_rows(shared, going_on);
        const auto at = std::min<std::ptrdiff_t>(slot - 1, std::ssize(rows));
        rows.insert(rows.begin() + at, std::move(going_on.front()));
    }
    return rows;
}

}  // namespace cascadelab
