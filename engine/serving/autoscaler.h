// The autoscaler of a station, as the horizontal one of Kubernetes does it: so many servers that
// the utilisation it reads would be the one it aims at. New servers come late and cold. It reads
// utilisation alone. Pure in its arguments.
#pragma once

#include "engine/serving/fleet_state.h"

namespace cascadelab {

// Servers that were starting are ready, cold ones are warm, if their time has come.
void let_servers_start(const FleetPlan& plan, double now_s, Scaling& scaling);
// One look of the autoscaler: reads and clears what was used since the last.
void autoscale(const FleetPlan& plan, FleetStation station, double now_s, Scaling& scaling);
// When a server of this station is next ready or warm; infinity if none is awaited.
double next_server_s(const Scaling& scaling);
// Mean of how much slower servers are because some are cold, 1 and more.
double cold_factor(const FleetPlan& plan, const Scaling& scaling);

}  // namespace cascadelab
