// Metrics by segment, side by side: a panel a metric, a row a group, from a value then to the value
// now. Pure; window's thread only for the fonts it measures.
#pragma once

#include <QRectF>
#include <optional>
#include <span>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/ticks.h"

namespace cascadelab {

enum class SegmentSince { first_day, day_before, week_before };

struct SegmentValues {
    std::size_t group = 0;     // order of group_name()
    double then = 0, now = 0;  // NaN: nothing to measure
};
// What the ends of an axis are counted in: per cent, or the unit that suits a time.
struct SegmentUnit {
    double per = 1;  // of the metric's unit
    std::string_view name;
};
struct SegmentMetric {
    Metric metric = Metric::coverage;
    Seconds then_s = 0, now_s = 0;      // ends of the days that are compared
    std::vector<SegmentValues> groups;  // only those with a value now, in their order
    AxisRange range;                    // holds every value, in the metric's unit
    SegmentUnit axis;                   // in which the range's ends are round
};
// Nothing without a series. A metric that no group has a value of now keeps an empty list.
std::vector<SegmentMetric> segmentMetrics(const MetricSeries& series,
                                          std::span<const Metric> metrics, SegmentSince since);

struct SegmentRow {
    std::size_t group = 0;
    QRectF line, label, track, value;
    QRectF change;  // below the value; null: no room
    std::optional<QPointF> then;
    QPointF now;
};
struct SegmentPanel {
    std::size_t metric = 0;  // place among the metrics
    QRectF area, head;
    std::vector<SegmentRow> rows;
    QRectF low, high;  // words at the ends of the axis
};
struct SegmentsLayout {
    std::vector<SegmentPanel> panels;  // those that fit, in order; together as high as the area
};
SegmentsLayout layoutSegments(std::span<const SegmentMetric> metrics, QRectF area);
// The panel and the row under a position.
struct SegmentPlace {
    std::size_t panel = 0;
    std::optional<std::size_t> row;
};
std::optional<SegmentPlace> segmentAt(const SegmentsLayout& layout, QPointF position);

}  // namespace cascadelab
