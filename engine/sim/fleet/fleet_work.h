// What the real cascade of this run does for a request, counted from its traces: all that the
// modelled fleet knows of it. A plain value; merged in person order at the barrier.
#pragma once

#include <vector>

#include "engine/cascade/request/trace.h"
#include "engine/params/params.h"
#include "engine/serving/fleet_plan.h"

namespace cascadelab {

// Sums over requests, of which older ones count for less and less.
struct WorkTally {
    double requests = 0;
    double cascade_requests = 0;  // whose page the cascade made
    EnumArray<Source, double> proposed{};
    double merged = 0;   // candidates whose features are fetched
    double scored = 0;   // candidates the ranker saw
    double kept = 0;     // candidates re-ranking saw
    double places = 0;   // of pages
    double decoded = 0;  // requests that asked the decoder
    double read = 0;     // requests whose list a simulated language model read
    double read_tokens = 0, written_tokens = 0;  // by it

    void add(const CascadeTrace& trace);
    void add(const WorkTally& other);
    void fade(double share);  // what is left of what was counted so far
};

// The means that a request takes to the fleet; none before the first request. code_levels: codes
// that the decoder spells an item with. miss_share: of feature reads, past memory.
FleetWork work_of(const WorkTally& tally, const Params& params, bool ranks, int code_levels,
                  double miss_share);

}  // namespace cascadelab
