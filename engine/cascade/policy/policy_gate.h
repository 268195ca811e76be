// The last stage: the gate through which every page leaves, whoever made it. Nothing passes that
// the person may not be shown (watched, not licensed, refused) or that breaks a cap of the page
// (franchise, topic). What is stopped keeps its reason, and the next that may stand there takes its
// place. Stages before heed the same rules for economy; only the gate answers for them. The filter
// of what was shown lately is not among them: it is the cascade's own manners.
// One request, one thread.
#pragma once

#include <vector>

#include "engine/cascade/page/eligibility.h"
#include "engine/cascade/page/page_rules.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

class PolicyGate {
  public:
    // Keeps references. places: of the page as it is planned.
    PolicyGate(const Params& params, std::span<const ItemCard> cards, const PersonHistory& history,
               std::uint8_t region, std::int64_t places)
        : m_eligibility(params.policy, cards, history, region), m_rules(cards, params, places) {}

    // The reason why the item may not leave beside what passed before, or Fate::shown.
    Fate verdict(ItemId item) const {
        const Fate never = m_eligibility.verdict(item);
        return never == Fate::shown ? m_rules.verdict(item) : never;
    }
    void pass(ItemId item) { m_rules.take(item); }

  private:
    Eligibility m_eligibility;
    PageRules m_rules;
};

// Sends the cascade's page through the gate. A list is filled again from the ranked rest, then by
// the fallback, so that it is short only when nothing in the catalogue may be added; in a page in
// rows the home row alone is, for the other rows are of one kind, and a row left empty goes.
// Places close up in reading order; what fills stands at the end. Sets counts.slate.
void leave_through_gate(const SourceRequest& asked, const RowFiller& filler, Stream& stream,
                        CascadeScratch& scratch, CascadeTrace& trace);

// Makes the page of a request whose items others put in line, best first: each passes the gate or
// is stopped with its reason, until the page has all its places. source: who put them in line.
// False when the line ended before.
bool page_of_line(FeedMaker maker, Source source, const Request& request,
                  std::span<const ItemId> line, std::size_t places, PolicyGate gate,
                  CascadeTrace& trace);

}  // namespace cascadelab
