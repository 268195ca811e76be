// A request that asks many leaves at once and is as slow as the slowest of them; a leaf that is
// late can be asked a second time (hedging; Dean and Barroso 2013, "The tail at scale"). Leaves are
// independent and never queue. Pure functions.
#pragma once

#include <limits>

#include "engine/serving/service_time.h"

namespace cascadelab {

inline constexpr double kNeverHedge = std::numeric_limits<double>::infinity();

struct Answer {
    double latency_s = 0;
    int calls = 0;  // sent, hedges included
};

// One leaf: a second call goes out when the first has not answered after hedge_after_s; the earlier
// of the two counts.
Answer ask_leaf(const ServiceTime& service, double hedge_after_s, Stream& stream);
// All leaves of a request.
Answer ask_leaves(int leaves, const ServiceTime& service, double hedge_after_s, Stream& stream);

}  // namespace cascadelab
