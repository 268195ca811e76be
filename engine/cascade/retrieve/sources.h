// Candidate generation: each source proposes items with its own score, best first. Pure functions
// of their inputs; the scratch only lends memory.
#pragma once

#include "engine/cascade/filter/page_filter.h"
#include "engine/cascade/request/request.h"

namespace cascadelab {

// What a source may know of the request it answers.
struct SourceRequest {
    const CascadeInputs& in;
    const Request& request;
    const PersonFeatures& person;
    const PageFilter& filter;
};

// The candidate budget split over the sources that are on and can answer, to the last item; unused
// budget goes to the others. Exploration's quota comes on top; the fallback has none.
EnumArray<Source, int> source_quotas(const CascadeInputs& in, const PersonFeatures& person,
                                     Seconds now_s);

// Fills scratch.proposals with a source's best: down to the quota-th that may be shown, but at most
// retrieval.overfetch times the quota. What may not be shown stays among them for the filter stage
// to drop with its reason. The fallback (the most popular, then the newest) brings only what may be
// shown and is not yet a candidate.
void propose(Source source, const SourceRequest& asked, int quota, Stream& stream,
             CascadeScratch& scratch);

}  // namespace cascadelab
