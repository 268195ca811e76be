#include "ui/views/segments/segments_layout.h"

#include <algorithm>
#include <cmath>

#include "ui/view/metric_lines.h"

namespace cascadelab {
namespace {

constexpr double kHead = 18, kAxis = 14, kGap = 12;
constexpr double kBetween = 28;  // px from a column of panels to the next
constexpr double kLeastRow = 15;
constexpr double kEasyRow = 32;             // px; with room for the change below the value
constexpr double kLabel = 72, kValue = 62;  // "mainstream", "0.65 bits"
constexpr double kWideValue = 96;           // "down 28 points"
constexpr double kLeastPanel = 196;         // px; two columns need twice that
constexpr double kWidePanel = 320;          // px; has room for the wide values
constexpr std::size_t kMostColumns = 3;

const MetricPoint& pointBefore(const MetricSeries& series, Seconds time_s) {
    const auto after = std::ranges::upper_bound(series, time_s, {}, &MetricPoint::time_s);
    return after == series.begin() ? series.front() : *(after - 1);
}

const MetricPoint& thenOf(const MetricSeries& series, SegmentSince since) {
    const Seconds now_s = series.back().time_s;
    switch (since) {
        case SegmentSince::first_day:
            return pointBefore(series, std::min(now_s, kDay));
        case SegmentSince::day_before:
            return pointBefore(series, now_s - kDay);
        case SegmentSince::week_before:
            return pointBefore(series, now_s - 7 * kDay);
    }
    return series.front();
}

double valueOf(const MetricPoint& point, Metric metric, std::size_t group) {
    return static_cast<double>(point.value[metric][group]);
}

SegmentUnit axisUnit(std::string_view unit, double high) {
    if (unit == "share") return {0.01, "%"};
    if (unit != "s" && unit != "h") return {1, unit};
    const double second = unit == "s" ? 1 : 1 / double(kHour), high_s = high / second;
    if (high_s < 120) return {second, "s"};
    if (high_s < 2 * double(kHour)) return {60 * second, "min"};
    return {double(kHour) * second, "h"};
}

SegmentRow layRow(const SegmentMetric& content, const SegmentValues& values, QRectF line) {
    SegmentRow row;
    row.group = values.group;
    row.line = line;
    row.label = {line.left(), line.top(), kLabel - 4, line.height()};
    const bool isEasy = line.width() >= kWidePanel && line.height() >= kEasyRow;
    const double words = isEasy ? kWideValue : kValue;
    row.value = {line.right() - words, line.top(), words, line.height()};
    if (isEasy) {
        row.value = {row.value.left(), line.center().y() - 15, words, 15};
        row.change = row.value.translated(0, 15);
    }
    row.track = {line.left() + kLabel, line.top(),
                 std::max(20.0, line.width() - kLabel - words - 8), line.height()};
    const auto at = [&](double value) {
        const double width = std::max(1e-12, content.range.high - content.range.low);
        const double share = std::clamp((value - content.range.low) / width, 0.0, 1.0);
        return QPointF(row.track.left() + 6 + share * (row.track.width() - 12), line.center().y());
    };
    row.now = at(values.now);
    if (std::isfinite(values.then)) row.then = at(values.then);
    return row;
}

SegmentPanel layPanel(const SegmentMetric& content, QRectF area, double rowHeight) {
    SegmentPanel panel;
    panel.area = area;
    panel.head = {area.left(), area.top(), area.width(), kHead - 2};
    double y = area.top() + kHead;
    for (const SegmentValues& values : content.groups) {
        panel.rows.push_back(layRow(content, values, {area.left(), y, area.width(), rowHeight}));
        y += rowHeight;
    }
    if (panel.rows.empty()) return panel;
    const QRectF track = panel.rows.front().track;
    panel.low = {track.left(), y, track.width() / 2 - 2, kAxis};
    panel.high = {track.center().x() + 2, y, track.width() / 2 - 2, kAxis};
    return panel;
}

// How the panels share an area: columns by lines of panels, of which the first `shown` fit.
struct Raster {
    std::size_t columns = 1, shown = 1;
    double rowHeight = 0;
};

// Wide panels as long as their rows are easy to read, else as many columns as there is room for;
// what is shown fills the area from top to bottom.
Raster rasterOf(std::size_t panels, std::size_t rows, QSizeF size) {
    const auto fit =
        static_cast<std::size_t>(std::max(0.0, size.width() + kBetween) / (kLeastPanel + kBetween));
    const std::size_t most = std::clamp(fit, std::size_t{1}, std::min(kMostColumns, panels));
    const auto rowOf = [&](std::size_t lines) {
        const double each = (size.height() + kGap) / static_cast<double>(lines) - kGap;
        return (each - kHead - kAxis) / static_cast<double>(rows);
    };
    for (std::size_t columns = 1; columns <= most; ++columns) {
        const double row = rowOf((panels + columns - 1) / columns);
        if (row >= kEasyRow || (columns == most && row >= kLeastRow)) return {columns, panels, row};
    }
    const double least = kHead + kLeastRow * static_cast<double>(rows) + kAxis;
    const double lines = std::max(1.0, std::floor((size.height() + kGap) / (least + kGap)));
    const auto whole = static_cast<std::size_t>(lines);
    return {most, std::min(panels, whole * most), std::max(1.0, rowOf(whole))};
}

}  // namespace

std::vector<SegmentMetric> segmentMetrics(const MetricSeries& series,
                                          std::span<const Metric> metrics, SegmentSince since) {
    std::vector<SegmentMetric> contents;
    if (series.empty()) return contents;
    const MetricPoint& now = series.back();
    const MetricPoint& then = thenOf(series, since);
    for (const Metric metric : metrics) {
        SegmentMetric content;
        content.metric = metric;
        content.then_s = then.time_s;
        content.now_s = now.time_s;
        std::vector<double> all;
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            const SegmentValues values{group, valueOf(then, metric, group),
                                       valueOf(now, metric, group)};
            if (!std::isfinite(values.now)) continue;
            content.groups.push_back(values);
            all.push_back(values.now);
            if (std::isfinite(values.then)) all.push_back(values.then);
        }
        if (!all.empty()) {
            const auto [low, high] = std::ranges::minmax(all);
            const std::string_view unit = metric_info(metric).unit;
            content.axis = axisUnit(unit, high);
            const double per = unit == "share" ? 1 : content.axis.per;
            const AxisRange rounded = metricRange(low / per, high / per, unit);
            content.range = {per * rounded.low, per * rounded.high};
        }
        contents.push_back(std::move(content));
    }
    return contents;
}

SegmentsLayout layoutSegments(std::span<const SegmentMetric> metrics, QRectF area) {
    SegmentsLayout layout;
    if (metrics.empty()) return layout;
    std::size_t rows = 1;
    for (const SegmentMetric& metric : metrics) rows = std::max(rows, metric.groups.size());
    const Raster raster = rasterOf(metrics.size(), rows, area.size());
    const auto count = static_cast<double>(raster.columns);
    const double width = (area.width() - kBetween * (count - 1)) / count;
    const double height = kHead + raster.rowHeight * static_cast<double>(rows) + kAxis;
    for (std::size_t m = 0; m < raster.shown; ++m) {
        const auto column = static_cast<double>(m % raster.columns);
        const auto line = static_cast<double>(m / raster.columns);
        const QRectF panel(area.left() + column * (width + kBetween),
                           area.top() + line * (height + kGap), width, height);
        layout.panels.push_back(layPanel(metrics[m], panel, raster.rowHeight));
        layout.panels.back().metric = m;
    }
    return layout;
}

std::optional<SegmentPlace> segmentAt(const SegmentsLayout& layout, QPointF position) {
    for (std::size_t p = 0; p < layout.panels.size(); ++p) {
        const SegmentPanel& panel = layout.panels[p];
        if (!panel.area.contains(position)) continue;
        SegmentPlace place{p, {}};
        for (std::size_t r = 0; r < panel.rows.size(); ++r)
            if (panel.rows[r].line.contains(position)) place.row = r;
        return place;
    }
    return std::nullopt;
}

}  // namespace cascadelab
