// One request from sources to slate. Readable from top to bottom: each stage
// takes what it reads and leaves its output in the trace. Pure but for scratch memory; any number
// of threads, one scratch each.
#pragma once

#include "engine/cascade/request/workspace.h"

namespace cascadelab {

// Runs the cascade for a request; the result stands in workspace.trace until the next call. The
// stream is keyed by (seed, Purpose::exploration, person, request number).
void run_cascade(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream stream, CascadeWorkspace& workspace);

}  // namespace cascadelab
