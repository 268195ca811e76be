// The metrics of one moment, all of them for every group. Values; any thread.
#pragma once

#include <array>
#include <vector>

#include "engine/sim/metrics/metric_names.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// By Metric and group; NaN: nothing to measure.
using MetricValues = EnumArray<Metric, std::array<float, kGroupCount>>;

// One point every few virtual hours; each value describes the day that ends there.
struct MetricPoint {
    Seconds time_s = 0;
    MetricValues value{};
    // The same on other pages, by Reference; NaN for all that a page alone does not have.
    EnumArray<Reference, MetricValues> reference{};
};
using MetricSeries = std::vector<MetricPoint>;

}  // namespace cascadelab
