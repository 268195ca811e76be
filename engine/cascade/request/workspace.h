// What one worker works with while it answers requests, one after the other. One thread each.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// What re-ranking chose.
struct Page {
    std::vector<int> chosen;   // indices into the candidates, in page order
    std::vector<float> score;  // what each was chosen by
    std::vector<bool> promoted;
    std::vector<Fate> fate;  // per candidate
};

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
