// The last stage of a request: which ranked candidates stand on the page and where. A feed is one
// list; a page in rows is put together from the row rankers' rows, each item standing once, in the
// first row that holds it. Rules hold over the whole page. One request, one thread.
#pragma once

#include "engine/cascade/request/workspace.h"
#include "engine/cascade/rerank/rerank.h"
#include "engine/cascade/rerank/row_rankers.h"

namespace cascadelab {

class PageMaker {
  public:
    // Keeps references. workspace holds ranked candidates (scratch.order) and takes the page.
    PageMaker(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
              CascadeWorkspace& workspace);
    // Puts the page together; stream is drawn from for exploration alone.
    void choose(Stream& stream);
    // Fills the feed's exploration slots; rows have theirs by then.
    void explore(Stream& stream);

  private:
    int exploration_slots() const;
    int bubble_slots() const;
    void choose_list(int size);
    void break_bubble(int slots);
    void explore_list(int slots, Stream& stream);
    template <class Wanted>
    void collect_open(Wanted&& wanted);
    void take_in_order(std::size_t size);
    void choose_rows(Stream& stream);
    bool choose_row(const RowPlan& plan);
    bool may_stand_here(const Candidate& candidate) const;
    void collect_pool();
    RerankInput rerank_input();
    void take_list();
    void put(Candidate& candidate);

    const CascadeInputs& m_in;
    const Request& m_request;
    const PersonFeatures& m_person;
    CascadeWorkspace& m_workspace;
    CascadeTrace& m_trace;
    PageRules m_rules;
    bool m_in_rows;
};

}  // namespace cascadelab
