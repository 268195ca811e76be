#include "engine/cascade/policy/policy_gate.h"

#include <algorithm>

#include "engine/cascade/rank/ranking.h"
#include "engine/cascade/retrieve/candidates.h"

namespace cascadelab {
namespace {

// A list of the page or one of its rows, by candidate; filled up to so many places.
struct PageList {
    std::vector<std::uint32_t> items;
    std::size_t wanted = 0;
};

class GateKeeper {
  public:
    GateKeeper(const SourceRequest& asked, const RowFiller& filler, CascadeScratch& scratch,
               CascadeTrace& trace)
        : m_asked(asked),
          m_filler(filler),
          m_scratch(scratch),
          m_trace(trace),
          m_places(places_of_page(asked.in.params, trace.maker)),
          m_gate(asked.in.params, asked.in.cards, *asked.person.history, asked.request.region,
                 m_places) {}

    void run(Stream& stream) {
        std::vector<PageList> lists = lists_of_page();
        for (PageList& list : lists) stop_offenders(list);
        for (PageList& list : lists) fill_from_line(list, 0);
        if (m_trace.rows.empty()) fill_from_fallback(lists.front(), stream);
        write_page(lists);
    }

  private:
    std::vector<PageList> lists_of_page() const {
        std::vector<std::uint32_t> at(m_trace.slate.size());
        for (std::size_t i = 0; i < m_trace.candidates.size(); ++i) {
            const int position = m_trace.candidates[i].position;
            if (position >= 0)
                at[static_cast<std::size_t>(position)] = static_cast<std::uint32_t>(i);
        }
        if (m_trace.rows.empty()) return {{at, list_places()}};
        std::vector<PageList> lists;
        for (const PageRow& row : m_trace.rows) {
            const std::size_t wanted = row.surface == Surface::home ? row.count : 0;
            lists.push_back({{at.begin() + row.first, at.begin() + row.first + row.count}, wanted});
        }
        return lists;
    }
    // A page in rows without any row stays empty: there is no row for an item to stand in.
    std::size_t list_places() const {
        return is_in_rows(m_asked.in.params, m_trace.maker) ? 0
                                                            : static_cast<std::size_t>(m_places);
    }

    void stop_offenders(PageList& list) {
        std::erase_if(list.items, [&](std::uint32_t i) {
            Candidate& candidate = m_trace.candidates[i];
            const Fate verdict = m_gate.verdict(candidate.item);
            if (verdict == Fate::shown) {
                m_gate.pass(candidate.item);
                return false;
            }
            candidate.fate = verdict;
            candidate.stopped = true;
            candidate.position = -1;
            return true;
        });
    }

    // Whoever stands in line from the first-th on may take an open place, the best first.
    void fill_from_line(PageList& list, std::size_t first) {
        for (std::size_t k = first; k < m_scratch.order.size(); ++k) {
            if (list.items.size() >= list.wanted) return;
            const std::uint32_t i = m_scratch.order[k];
            Candidate& candidate = m_trace.candidates[i];
            const bool taken = candidate.fate == Fate::shown || candidate.stopped;
            if (taken || proposed_by(candidate, Source::continue_watching)) continue;
            if (m_gate.verdict(candidate.item) != Fate::shown) continue;
            m_gate.pass(candidate.item);
            candidate.fate = Fate::shown;
            candidate.filled = true;
            list.items.push_back(i);
        }
    }

    // Each time twice as many are asked for: the popular may all fall under one cap.
    void fill_from_fallback(PageList& list, Stream& stream) {
        std::size_t count = 2 * list.wanted;
        while (list.items.size() < list.wanted) {
            const std::size_t before = m_trace.candidates.size();
            const std::size_t line = m_scratch.order.size();
            const std::size_t brought =
                bring_fallback(m_asked, static_cast<int>(count), stream, m_scratch, m_trace);
            if (brought == 0) return;
            join_line(m_asked.in, m_asked.request, m_filler, before, m_scratch, m_trace);
            fill_from_line(list, line);
            count *= 2;
        }
    }

    void write_page(const std::vector<PageList>& lists) {
        const std::vector<PageRow> rows = std::move(m_trace.rows);
        m_trace.rows.clear();
        m_trace.slate.clear();
        for (std::size_t r = 0; r < lists.size(); ++r) {
            const std::size_t first = m_trace.slate.size();
            for (const std::uint32_t i : lists[r].items) {
                Candidate& candidate = m_trace.candidates[i];
                candidate.position = static_cast<std::int8_t>(m_trace.slate.size());
                m_trace.slate.push_back(candidate.item);
            }
            if (rows.empty() || lists[r].items.empty()) continue;
            m_trace.rows.push_back({rows[r].surface, rows[r].anchor,
                                    static_cast<std::uint8_t>(first),
                                    static_cast<std::uint8_t>(lists[r].items.size())});
        }
        m_trace.counts.slate = static_cast<std::uint32_t>(m_trace.slate.size());
    }

    const SourceRequest& m_asked;
    const RowFiller& m_filler;
    CascadeScratch& m_scratch;
    CascadeTrace& m_trace;
    std::int64_t m_places;
    PolicyGate m_gate;
};

}  // namespace

void leave_through_gate(const SourceRequest& asked, const RowFiller& filler, Stream& stream,
                        CascadeScratch& scratch, CascadeTrace& trace) {
    GateKeeper(asked, filler, scratch, trace).run(stream);
}

bool page_of_line(FeedMaker maker, Source source, const Request& request,
                  std::span<const ItemId> line, std::size_t places, PolicyGate gate,
                  CascadeTrace& trace) {
    trace = {};
    trace.person = request.person;
    trace.request = request.number;
    trace.now_s = request.now_s;
    trace.maker = maker;
    for (const ItemId item : line) {
        if (trace.slate.size() == places) break;
        Candidate& candidate = trace.candidates.emplace_back();
        candidate.item = item;
        candidate.source = source;
        candidate.proposers = only(source);
        candidate.rank = static_cast<std::uint16_t>(trace.candidates.size() - 1);
        candidate.fate = gate.verdict(item);
        candidate.stopped = candidate.fate != Fate::shown;
        if (candidate.stopped) continue;
        gate.pass(item);
        // Whoever stood behind the page's places moved up for one that was stopped.
        candidate.filled = candidate.rank >= places;
        candidate.position = static_cast<std::int8_t>(trace.slate.size());
        trace.slate.push_back(item);
    }
    const auto count = static_cast<std::uint32_t>(trace.candidates.size());
    trace.counts.proposed[source] = count;
    trace.counts.merged = trace.counts.filtered = trace.counts.ranked = count;
    trace.counts.slate = static_cast<std::uint32_t>(trace.slate.size());
    return trace.slate.size() == places;
}

}  // namespace cascadelab
