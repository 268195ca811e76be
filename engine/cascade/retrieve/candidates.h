// Candidate generation as a whole: every source asked for its quota, what they bring merged into
// one list without repeats. One request, one thread.
#pragma once

#include "engine/cascade/request/stage_timer.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

// Fills trace.candidates and the counts up to merged: sources one after the other, merged as they
// come. The first to propose an item is credited, all are remembered.
void generate_candidates(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
                         StageTimer& timer, CascadeTrace& trace);

// Drops the candidates that may not be shown, each with its reason; scratch.order becomes those
// that are left, in merge order. Where they are less than a page, the fallback brings the rest: a
// page is empty only when the whole catalogue is exhausted for this person.
void filter_candidates(const SourceRequest& asked, Stream& stream, CascadeScratch& scratch,
                       CascadeTrace& trace);

// Asks the fallback for count more items that may be shown and merges them. How many it brought.
std::size_t bring_fallback(const SourceRequest& asked, int count, Stream& stream,
                           CascadeScratch& scratch, CascadeTrace& trace);

}  // namespace cascadelab
