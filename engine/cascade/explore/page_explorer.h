// Exploration: places of the page that are not given by rank. Break-my-bubble slots go to topics
// that are rare for the person, exploration slots to anybody or by a bandit. One request, one
// thread.
#pragma once

#include "engine/cascade/page/page_draft.h"
#include "engine/cascade/request/workspace.h"

namespace cascadelab {

class PageExplorer {
  public:
    // Keeps references.
    PageExplorer(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 CascadeWorkspace& workspace, PageDraft& draft);
    // Places that re-ranking leaves open; of a page in rows, in its home row.
    int slots() const { return m_exploration_slots + m_bubble_slots; }
    // Puts an item into each slot, as far as there are any that may stand there.
    void fill(Stream& stream);

  private:
    void break_bubble();
    void explore(Stream& stream);
    template <class Wanted>
    void collect_open(Wanted&& wanted);

    const CascadeInputs& m_in;
    const Request& m_request;
    const PersonFeatures& m_person;
    CascadeWorkspace& m_workspace;
    CascadeTrace& m_trace;
    PageDraft& m_draft;
    int m_exploration_slots, m_bubble_slots;
};

}  // namespace cascadelab
