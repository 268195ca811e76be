// One station of the fluid: calls flow in and out at their mean rates. Without a queue the laws of
// a station at rest hold; with one, calls age in it until their callers give up. For fluid.cpp
// alone. One thread an object.
#pragma once

#include "engine/serving/fleet_state.h"

namespace cascadelab {

// What comes to one shard of a station in one step, and under which rules.
struct StationInflow {
    double first_calls_per_s = 0;
    double upstream_s = 0;  // how long requests have been under way
    double servers = 0;     // that work now
    double service_s = 0;   // mean, cold and slow servers included
    double slowdown = 1;    // of that over the plan's
};
// What goes on: calls a second, or shares of first calls.
struct StationOutflow {
    double good_share = 1;  // requests that go on over those that came
    double load = 0;        // offered work over capacity
};

// How long a caller waits for a sending, infinity for ever; and how often it sends again.
struct CallerPatience {
    double seconds = 0;
    int retries = 0;
};
CallerPatience patience_of(const FleetPlan& plan, const StationPlan& station, double upstream_s);

// Work offered to a station without a queue over what it can do, retries and hedges included.
double load_at_rest(const FleetPlan& plan, FleetStation station, const StationInflow& inflow);
// Lets a station flow for step_s seconds, at most a tenth of a second while there is a queue.
StationOutflow flow(const FleetPlan& plan, FleetStation station, const StationInflow& inflow,
                    double step_s, StationState& state);

}  // namespace cascadelab
