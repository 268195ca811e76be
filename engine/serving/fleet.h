// The modelled fleet as the simulation uses it: it flows from tick to tick, and once a tick a
// window of it is looked at event by event. Pure functions of their arguments; any thread.
#pragma once

#include <optional>
#include <vector>

#include "engine/serving/fleet_simulation.h"

namespace cascadelab {

// Lets the fleet flow from state.now_s to to_s in steps of a second or less.
void advance_fleet(const FleetPlan& plan, FleetState& state, double to_s);

struct LookOptions {
    double seconds = 1;                // of arrivals
    double prelude_s = 0.1;            // before them, so that servers are busy as they would be
    std::size_t most_requests = 2000;  // fewer seconds when more would arrive
    std::uint64_t key = 0;             // of this look: the tick
};

// What a look saw.
struct Look {
    double from_s = 0;
    double seconds = 0;                  // of arrivals that were looked at
    double rate = 0;                     // requests a second of the cell
    std::vector<FleetRequest> requests;  // by arrival
    double p50_s = 0;                    // of the time until a person has a page
    double p95_s = 0;
    double p99_s = 0;
    double mean_s = 0;
    double timeout_share = 0;  // over the budget, whatever came instead
    double fallback_share = 0;
    double dropped_share = 0;
    EnumArray<FleetStation, StationReport> stations{};
    std::optional<FleetWaterfall> waterfall;  // of the request nearest to p99 among some
    std::uint64_t events = 0;

    // The request whose fate a simulated person shares: an even draw by key among those of the same
    // kind, of any kind if there is none. nullptr when nothing arrived in the window.
    const FleetRequest* fate(bool generative, std::uint64_t key) const;
};

// Looks at the fleet from state.now_s on; changes nothing.
Look look_at_fleet(const FleetPlan& plan, const FleetState& state, const LookOptions& options);

}  // namespace cascadelab
