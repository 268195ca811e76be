#include "ui/views/page_time/page_time_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

#include "ui/view/fleet_words.h"
#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kLeastShare = 0.01;  // top of the axis of shares, at least

QString tr(const char* text) {
    return QCoreApplication::translate("PageTimeView", text);
}

struct Line {
    QString label;
    double PageHour::*value;
    std::size_t category;
    Qt::PenStyle pen = Qt::SolidLine;
};

double addLines(ChartPanel& panel, std::span<const PageHour> hours, const std::vector<Line>& lines,
                const Theme& theme) {
    double high = 0;
    for (const Line& line : lines) {
        ChartSeries series;
        series.label = line.label;
        series.colour = theme.categoryColor(line.category);
        series.ink = theme.categoryText(line.category);
        series.pen = line.pen;
        double last = kNothing;
        for (const PageHour& hour : hours) {
            const double value = hour.*line.value;
            series.y.push_back(value);
            if (!std::isfinite(value)) continue;
            last = value;
            high = std::max(high, value);
        }
        series.value = std::isfinite(last) ? panel.valueText(last) : QString();
        panel.series.push_back(std::move(series));
    }
    return high;
}

ChartSeries level(const QString& label, double ms, std::size_t count, Qt::PenStyle pen) {
    ChartSeries series;
    series.label = label;
    series.value = milliText(ms);
    series.pen = pen;
    series.y.assign(count, ms);
    return series;
}

ChartPanel latencyPanel(std::span<const PageHour> hours, const FleetSection& fleet,
                        const Theme& theme) {
    ChartPanel panel;
    panel.axis = tr("Page, modelled, ms");
    panel.valueText = milliText;
    double high = addLines(panel, hours,
                           {{QStringLiteral("p99"), &PageHour::p99_ms, 1},
                            {QStringLiteral("p95"), &PageHour::p95_ms, 3},
                            {QStringLiteral("p50"), &PageHour::p50_ms, 0}},
                           theme);
    if (fleet.budget_ms > 0) {
        ChartSeries budget = level(tr("budget"), fleet.budget_ms, hours.size(), Qt::DashLine);
        budget.colour = theme.bad, budget.ink = theme.badText;
        panel.series.push_back(budget);
        high = std::max(high, fleet.budget_ms);
    }
    if (fleet.p99_target_ms > 0) {
        ChartSeries aim = level(tr("aim of p99"), fleet.p99_target_ms, hours.size(), Qt::DotLine);
        aim.colour = theme.warn, aim.ink = theme.warnText;
        panel.series.push_back(aim);
        high = std::max(high, fleet.p99_target_ms);
    }
    panel.range = {0, steppedRange(0, high).high};
    return panel;
}

ChartPanel sharePanel(std::span<const PageHour> hours, const Theme& theme) {
    ChartPanel panel;
    panel.axis = tr("Pages, modelled, %");
    panel.factor = 100;
    panel.valueText = [](double share) { return percentText(share); };
    const double high = addLines(panel, hours,
                                 {{tr("over time"), &PageHour::timeout_share, 4},
                                  {tr("fallback"), &PageHour::fallback_share, 7, Qt::DashLine}},
                                 theme);
    panel.range = {0, std::min(1.0, steppedRange(0, std::max(kLeastShare, high)).high)};
    return panel;
}

ChartPanel ownPanel(std::span<const PageHour> hours, const Theme& theme) {
    ChartPanel panel;
    panel.valueText = microsText;
    const double high = addLines(panel, hours,
                                 {{QStringLiteral("p99"), &PageHour::own_p99_us, 1},
                                  {QStringLiteral("p50"), &PageHour::own_p50_us, 0}},
                                 theme);
    const bool isMs = high >= 2000;
    panel.axis =
        isMs ? tr("Our own stages, measured here, ms") : tr("Our own stages, measured here, µs");
    panel.factor = isMs ? 0.001 : 1;
    panel.range = {0, high > 0 ? steppedRange(0, high).high : 1};
    return panel;
}

}  // namespace

std::vector<PageHour> pageHours(std::span<const FleetPoint> fleet,
                                std::span<const LatencyPoint> own) {
    if (fleet.empty()) return {};
    std::map<Seconds, PageHour> hours;
    const auto at = [&](Seconds time_s) -> PageHour& {
        const PageHour nothing{time_s,   kNothing, kNothing, kNothing, kNothing,
                               kNothing, kNothing, kNothing, kNothing};
        return hours.try_emplace(time_s, nothing).first->second;
    };
    for (const FleetPoint& point : fleet) {
        PageHour& hour = at(point.time_s);
        hour.p50_ms = point.p50_ms, hour.p95_ms = point.p95_ms, hour.p99_ms = point.p99_ms;
        hour.timeout_share = point.timeout_share;
        hour.fallback_share = point.fallback_share;
        hour.stale_page_share = point.stale_page_share;
    }
    for (const LatencyPoint& point : own) {
        if (point.time_s < fleet.front().time_s) continue;
        PageHour& hour = at(point.time_s);
        hour.own_p50_us = static_cast<double>(point.p50_us);
        hour.own_p99_us = static_cast<double>(point.p99_us);
    }
    std::vector<PageHour> rising;
    for (const auto& [time_s, hour] : hours) rising.push_back(hour);
    return rising;
}

ChartContent pageTimeContent(std::span<const PageHour> hours, const FleetSection& fleet,
                             PagePanels panels, const Theme& theme) {
    ChartContent content;
    if (hours.size() < 2) return content;
    for (const PageHour& hour : hours) content.times.push_back(hour.time_s);
    content.panels.push_back(latencyPanel(hours, fleet, theme));
    if (panels == PagePanels::all) content.panels.push_back(sharePanel(hours, theme));
    const bool hasOwn = std::ranges::any_of(
        hours, [](const PageHour& hour) { return std::isfinite(hour.own_p50_us); });
    if (panels != PagePanels::latency && hasOwn) content.panels.push_back(ownPanel(hours, theme));
    return content;
}

}  // namespace cascadelab
