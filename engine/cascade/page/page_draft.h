// The page of a request while it is put together: what stands on it so far, and the rules that hold
// over all of it. Re-ranking and exploration both put items on it. One request, one thread.
#pragma once

#include "engine/cascade/page/page_rules.h"
#include "engine/cascade/request/trace.h"

namespace cascadelab {

class PageDraft {
  public:
    // Keeps references; the page is the trace's own.
    PageDraft(const CascadeInputs& in, CascadeTrace& trace)
        : m_trace(trace),
          m_in_rows(is_in_rows(in.params, trace.maker)),
          m_rules(in.cards, in.params, places_of_page(in.params, trace.maker)) {}

    bool in_rows() const { return m_in_rows; }
    PageRules& rules() { return m_rules; }
    // What stands on the page already is not put there twice; what was left unfinished stands in
    // its own row or nowhere.
    static bool may_stand_in_list(const Candidate& candidate) {
        return candidate.position < 0 && !proposed_by(candidate, Source::continue_watching);
    }
    // The next place of the page; the rules are told by who chooses.
    void put(Candidate& candidate) {
        candidate.fate = Fate::shown;
        candidate.position = static_cast<std::int8_t>(m_trace.slate.size());
        m_trace.slate.push_back(candidate.item);
    }

  private:
    CascadeTrace& m_trace;
    bool m_in_rows;
    PageRules m_rules;
};

}  // namespace cascadelab
