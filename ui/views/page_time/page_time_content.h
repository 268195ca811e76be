// Latency over virtual time as the content of a chart: what is modelled of the fleet, and in a
// panel with a unit of its own what our own stages took on this machine. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"
#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/line_chart.h"

namespace cascadelab {

// An hour of both; what one of them does not have is NaN.
struct PageHour {
    Seconds time_s = 0;                                      // its end
    double p50_ms, p95_ms, p99_ms;                           // modelled
    double timeout_share, fallback_share, stale_page_share;  // modelled
    double own_p50_us, own_p99_us;                           // measured here
};
// Every hour that the fleet or our own stages have a point of, rising. Our own before the fleet's
// first are left out: they would stand beside nothing.
std::vector<PageHour> pageHours(std::span<const FleetPoint> fleet,
                                std::span<const LatencyPoint> own);

enum class PagePanels { latency, latency_and_own, all };

// budget_ms and target_ms stand as level lines; the axis always shows the budget. Empty with fewer
// than two hours.
ChartContent pageTimeContent(std::span<const PageHour> hours, const FleetSection& fleet,
                             PagePanels panels, const Theme& theme);

}  // namespace cascadelab
