// Re-ranking: which ranked candidates stand on the page and where. A feed is one
// list; a page in rows is put together from the row rankers' rows, each item standing once, in the
// first row that holds it. Slots are left open for exploration. One request, one thread.
#pragma once

#include <functional>

#include "engine/cascade/page/page_draft.h"
#include "engine/cascade/request/workspace.h"
#include "engine/cascade/rerank/rerank.h"
#include "engine/cascade/rerank/row_rankers.h"

namespace cascadelab {

class PageMaker {
  public:
    // Keeps references. workspace holds ranked candidates (scratch.order). slots: places of the
    // list that are left to exploration; of a page in rows, of the home row.
    PageMaker(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
              int slots, CascadeWorkspace& workspace, PageDraft& draft);
    // Puts the page together. explore is called once the list stands, to fill its slots: at the end
    // of a feed, in the midst of a page in rows.
    void choose(const std::function<void()>& explore);

  private:
    void choose_list(int size);
    void take_in_order(std::size_t size);
    void choose_rows(const std::function<void()>& explore);
    bool choose_row(const RowPlan& plan);
    void collect_pool();
    RerankInput rerank_input();
    void take_list();

    const CascadeInputs& m_in;
    const Request& m_request;
    const PersonFeatures& m_person;
    int m_slots;
    CascadeWorkspace& m_workspace;
    CascadeTrace& m_trace;
    PageDraft& m_draft;
};

}  // namespace cascadelab
