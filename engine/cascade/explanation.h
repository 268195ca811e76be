// What a request that is explained keeps beside its page: the person's vector, the columns of every
// candidate, what attention and beam search looked at, and why the page's items scored as they did.
// One request, one thread.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// Fills the parts of the trace that are empty otherwise; the page must stand.
void explain_request(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                     CascadeTrace& trace);

}  // namespace cascadelab
