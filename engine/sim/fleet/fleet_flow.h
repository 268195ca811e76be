// The fleet through a tick: it flows up to the tick's begin and is looked at there; what the tick's
// people did to it is taken in at the barrier. One thread, between sessions.
#pragma once

#include "engine/sim/fleet/fleet_moment.h"

namespace cascadelab {

// What the fleet is run among.
struct FleetContext {
    const Params& params;
    std::uint64_t seed = 0;
    std::uint64_t tick = 0;
    Seconds now_s = 0;
    std::size_t people = 0, items = 0;
    bool ranks = false;   // a trained ranker serves
    int code_levels = 0;  // codes an item is spelled with; 0: nothing is generated
};

// What the requests of one tick did to it.
struct FleetTraffic {
    WorkTally work;
    std::vector<std::uint64_t> reads;  // keys of features, in the order they were asked for
    double requests = 0, stale_pages = 0;

    void add(const FleetTraffic& other);
};
std::uint64_t key_of(PersonId person);
std::uint64_t key_of(ItemId item);

// What a request takes to the fleet now.
FleetWork fleet_work(const FleetRun& run, const FleetContext& context);

// Lets the fleet flow to the tick that begins now and looks at it. The first requests of a run find
// none; it is staffed for the work that they were. In its first day a fleet is staffed anew every
// hour, for it is still being sized; later the autoscaler is all there is, and a station of its own
// when there is a new one. A problem when the parameters ask for a fleet that cannot be.
Result<std::optional<FleetMoment>> begin_fleet_tick(FleetRun& run, const FleetContext& context);

// Takes in the tick that has just been served. moment: none if it had no fleet.
void end_fleet_tick(FleetRun& run, const FleetContext& context, const FleetTraffic& traffic,
                    const std::optional<FleetMoment>& moment);

}  // namespace cascadelab
