// The last day of the modelled fleet in numbers: how long pages took, how busy its stations were,
// what it costs. Everything here is modelled. Pure functions.
#pragma once

#include <span>

#include "engine/serving/bill.h"
#include "engine/sim/fleet/fleet_run.h"

namespace cascadelab {

using FleetTicks = std::span<const std::shared_ptr<const FleetTick>>;

// Time until a person had a page, seconds, that this share of the day's requests stayed within: of
// the histograms, each weighed by its tick's traffic, so exact to a bin (12 %). NaN without a tick.
double latency_quantile_s(FleetTicks day, double share);

// Means over the day's requests, by traffic. NaN without a tick.
struct FleetDay {
    double timeout_share = 0, fallback_share = 0, stale_page_share = 0;
    double hit_share = 0;
    double stream_lag_s = 0;
    EnumArray<FleetStation, double> utilisation{};  // over time; NaN of no station
    EnumArray<FleetStation, double> servers{};      // over time, of a cell
};
FleetDay fleet_day(FleetTicks day);

// What a month like the day costs the whole service: servers and GPUs by station, what leaves for
// people, what goes between zones, what is kept. plan: of the fleet now.
Bill fleet_bill(FleetTicks day, const FleetPlan& plan, const FleetWork& work, const Params& params);
// Servers of the whole service, and GPUs.
double server_count(const FleetDay& day, const FleetPlan& plan);
double gpu_count(const FleetDay& day, const FleetPlan& plan);

}  // namespace cascadelab
