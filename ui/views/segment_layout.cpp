#include "ui/views/segment_layout.h"

#include <algorithm>
#include <cmath>

#include "ui/views/dynamics_content.h"

namespace cascadelab {
namespace {

constexpr double kHead = 18, kAxis = 14, kGap = 12;
constexpr double kLeastRow = 15, kMostRow = 40;
constexpr double kLabel = 78, kValue = 68;  // "mainstream", "1 h 12 min"
constexpr double kLeastPanel = 250;         // px; two columns need twice that
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
    return static_cast<double>(point.value[static_cast<std::size_t>(metric)][group]);
}

SegmentRow layRow(const SegmentMetric& content, const SegmentValues& values, QRectF line) {
    SegmentRow row;
    row.group = values.group;
    row.line = line;
    row.label = {line.left(), line.top(), kLabel - 4, line.height()};
    row.value = {line.right() - kValue, line.top(), kValue, line.height()};
    row.track = {line.left() + kLabel, line.top(),
                 std::max(20.0, line.width() - kLabel - kValue - 8), line.height()};
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
            content.range = metricRange(low, high, metric_info(metric).unit);
        }
        contents.push_back(std::move(content));
    }
    return contents;
}

SegmentLayout layoutSegments(std::span<const SegmentMetric> metrics, QRectF area) {
    SegmentLayout layout;
    if (metrics.empty()) return layout;
    const auto fit = static_cast<std::size_t>((area.width() + kGap) / (kLeastPanel + kGap));
    const std::size_t columns =
        std::clamp(fit, std::size_t{1}, std::min(kMostColumns, metrics.size()));
    const std::size_t lines = (metrics.size() + columns - 1) / columns;
    const auto count = static_cast<double>(columns);
    const double width = (area.width() - kGap * (count - 1)) / count;
    // As high as they all fit; when they cannot, the first ones at the least height.
    const double each = (area.height() + kGap) / static_cast<double>(lines) - kGap;
    const double row =
        std::clamp((each - kHead - kAxis) / static_cast<double>(kGroupCount), kLeastRow, kMostRow);
    const double height = kHead + row * static_cast<double>(kGroupCount) + kAxis;
    for (std::size_t m = 0; m < metrics.size(); ++m) {
        const auto column = static_cast<double>(m % columns);
        const auto line = static_cast<double>(m / columns);
        const QRectF panel(area.left() + column * (width + kGap),
                           area.top() + line * (height + kGap), width, height);
        if (panel.bottom() > area.bottom() + 0.5) break;
        layout.panels.push_back(layPanel(metrics[m], panel, row));
        layout.panels.back().metric = m;
    }
    return layout;
}

std::optional<SegmentPlace> segmentAt(const SegmentLayout& layout, QPointF position) {
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
