// What one worker works with while it answers requests, one after the other. One thread each.
#pragma once

#include "engine/cascade/request/request.h"

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

}  // namespace cascadelab
