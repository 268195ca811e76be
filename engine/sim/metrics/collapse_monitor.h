// The collapse monitor: looks at how narrow the feed has become, and hands over to the fallback
// before people leave. It trips at once and recovers late, so that it does not flutter. A value;
// one thread.
#pragma once

#include <optional>
#include <string>

#include "engine/params/params.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// What it looks at, of the day that ends now; NaN: nothing to judge by.
struct CollapseReading {
    double effective_share = 0;   // effective catalogue over all items
    double perplexity_share = 0;  // of the codes: mean over levels of perplexity over alphabet
    double repeat_rate = 0;
    double changed_share = 0;  // of items: those whose codes are not what the codebook gave them
};

struct CollapseMonitor {
    bool tripped = false;
    Seconds since_s = 0;  // when it tripped last
    std::string why;      // "repeats 64 %"; empty before the first time

    // What to write into the timeline when the reading changes who serves; nothing else. Without
    // generative.monitor it is never tripped.
    std::optional<std::string> look(const CollapseReading& reading, const GenerativeParams& params,
                                    Seconds now_s);
};

}  // namespace cascadelab
