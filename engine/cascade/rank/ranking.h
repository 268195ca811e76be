// The ranking stage: what is left after the filters gets its columns, its predicted outcomes and
// one value to be ordered by. One request, one thread.
#pragma once

#include <vector>

#include "engine/cascade/request/request.h"

namespace cascadelab {

// Scores and sorts what the filters left (scratch.order); the best `ranking.keep` go on. person's
// history and the request's levers bend the values.
void rank_candidates(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     const RowFiller& filler, CascadeScratch& scratch, CascadeTrace& trace);

// Instead of it in a feed that no ranker touches: what the decoder spelled in its own order, then
// the fallback; what exploration brought is not in line for a place, it has slots.
void keep_order(const CascadeInputs& in, const Request& request, const RowFiller& filler,
                CascadeScratch& scratch, CascadeTrace& trace);

// Candidates from `first` on join the end of the line, behind all that were ranked: the gate
// brought them when the page was short. first: how many candidates there were when the line was
// made.
void join_line(const CascadeInputs& in, const Request& request, const RowFiller& filler,
               std::size_t first, CascadeScratch& scratch, CascadeTrace& trace);

// Calls visit(candidate index, row) for every candidate that was ranked, in merge order.
template <class Visit>
void for_each_row(const CascadeScratch& scratch, const CascadeTrace& trace, Visit&& visit) {
    const float* row = scratch.rows.data();
    for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
        if (trace.candidates[i].rank == kUnranked) continue;
        visit(i, row);
        row += ranking_columns().size();
    }
}

// The rows of the page's items: slate x columns, as served.
std::vector<float> slate_rows(const CascadeScratch& scratch, const CascadeTrace& trace);

}  // namespace cascadelab
