// Which lines the dynamics chart draws for a choice of metrics and groups, on which axes, and what
// stands at their ends. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/line_chart.h"

namespace cascadelab {

struct DynamicsChoice {
    std::vector<Metric> metrics;      // in the order they are drawn
    std::vector<std::size_t> groups;  // 0 = all people
    bool references = false;          // beside what was shown, other pages for the same requests
};
DynamicsChoice defaultChoice();

// Metrics of one unit share an axis (at most four lines); others stand in panels of their own. With
// several groups every metric has its own panel and its groups are told apart by dash and colour.
// With references every metric has its own panel as well, with the oracle's line dashed and the one
// without a recommender dotted, of the first chosen group; where the number of pages matters, also
// the pages shown to the very requests that these stand for.
ChartContent dynamicsContent(const MetricSeries& series, std::span<const Mark> marks,
                             const DynamicsChoice& choice, const Theme& theme);

// Marks of what was done and what befell, without what is only planned; the newest stands out.
std::vector<ChartMark> chartMarks(std::span<const Mark> marks, const Theme& theme);

// The axis of some values: whole steps, from zero when zero is near, shares never past 0 and 100 %.
AxisRange metricRange(double low, double high, std::string_view unit);

}  // namespace cascadelab
