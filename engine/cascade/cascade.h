// One request from sources to slate (design section 8). Readable from top to bottom: each stage
// takes what it reads and leaves its output in the trace. Pure but for scratch memory; any number
// of threads, one scratch each.
#pragma once

#include "engine/cascade/request.h"
#include "engine/cascade/rerank.h"

namespace cascadelab {

// Memory of one worker, and the trace it fills again and again.
struct CascadeWorkspace {
    CascadeScratch scratch;
    Page page;
    std::vector<float> relevance;
    std::vector<std::uint32_t> pool;  // candidates that a list is chosen from
    std::vector<ItemId> kept;
    std::vector<std::uint8_t> is_new;
    CascadeTrace trace;
    std::vector<float> slate_rows;  // slate x columns as served; only when the request keeps rows
};

// Runs the cascade for a request; the result stands in workspace.trace until the next call. The
// stream is keyed by (seed, Purpose::exploration, person, request number).
void run_cascade(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream stream, CascadeWorkspace& workspace);

}  // namespace cascadelab
