// What the modelled fleet carries from tick to tick: queues, servers, what the autoscaler
// remembers. A copyable value, kept whole in keyframes. One writer.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/serving/fleet_plan.h"

namespace cascadelab {

// Servers of a shard that come to something at a time.
struct ServerBatch {
    double at_s = 0;
    double count = 0;
};

// What the autoscaler of a station has, and all that it looks at.
struct Scaling {
    double servers = 0;                 // that take work
    std::vector<ServerBatch> starting;  // ready at that time
    std::vector<ServerBatch> cold;      // ready, warm at that time
    std::vector<ServerBatch> wanted;    // what earlier looks asked for
    double busy_s = 0;                  // server-seconds of work since the last look
    double capacity_s = 0;              // server-seconds there were

    double starting_count() const;
    double cold_count() const;
};

// The queue of a station while it is longer than what chance makes of it: calls a shard, by their
// age and by how often they were sent. Calls older than the patience of their callers are one lump
// that is served first and helps nobody.
struct FluidQueue {
    double abandoned = 0;
    std::vector<double> live;  // slots of age x sendings, the youngest slot first; empty: no queue
    std::vector<double> due;   // calls about to be sent again, by sendings so far
    double slot_s = 0;         // width of a slot
    double phase_s = 0;        // time since the slots moved
    double arrived = 0;        // first calls since then

    double live_total() const;
    double total() const { return abandoned + live_total(); }
};

// What a station did in the last step, as its own dashboards would show it; rates a shard.
struct StationGauge {
    double calls_per_s = 0;   // all that arrive, repeated ones included
    double utilisation = 0;   // of servers that work, 0..1
    double queue = 0;         // calls waiting in a shard
    double wait_s = 0;        // mean, in the queue
    double failed_share = 0;  // of first calls, after the last retry
    double good_share = 1;    // answered in time, over first calls; more while a queue drains
    double service_s = 0;     // mean
};

struct StationState {
    Scaling scaling;
    FluidQueue queue;
    double retry_tokens = 0;
    StationGauge gauge;
};

// Requests since the fleet began, as the fluid counts them.
struct FleetCounts {
    double arrivals = 0;
    double served = 0;  // late ones included, when there is no fallback
    double fallback = 0;
    double dropped = 0;
};

struct FleetState {
    double now_s = 0;
    double next_scaling_s = 0;  // when the autoscaler looks next
    EnumArray<FleetStation, StationState> stations{};
    FleetCounts counts;

    std::uint64_t hash() const;
};

// A fleet at rest: as many servers as planned, warm, nothing waiting.
FleetState fleet_at_rest(const FleetPlan& plan, double now_s);

}  // namespace cascadelab
