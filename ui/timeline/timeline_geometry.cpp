#include "ui/timeline/timeline_geometry.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kMargin = 20, kLabelHeight = 16, kLabelOffset = 9, kDayWidth = 44;

// The smallest of these that keeps labelled days apart.
int daysBetweenLabels(double pixelsPerDay) {
    for (const int days : {1, 2, 7, 14, 28, 56}) {
        if (days * pixelsPerDay >= 90) return days;
    }
    return 112;
}

void addDays(TimelineGeometry& g) {
    const double pixelsPerDay = (g.right - g.left) * kDay / static_cast<double>(g.end_s);
    const int every = daysBetweenLabels(pixelsPerDay);
    for (Seconds t = 0; t <= g.end_s; t += kDay) {
        const bool labelled = (t / kDay) % every == 0;
        if (!labelled && pixelsPerDay < 5) continue;
        const bool fits = g.xAt(t) + kDayWidth <= g.right;
        g.days.push_back({g.xAt(t), labelled && fits ? dayText(t) : QString()});
    }
}

// From the last to the first, so that the newest words win; a label ends before the next flag. Of
// one moment the first mark speaks, as a note does for the settings below it.
void addFlags(TimelineGeometry& g, const std::vector<Mark>& marks,
              const std::function<double(const QString&)>& textWidth) {
    for (std::size_t i = 0; i < marks.size(); ++i)
        g.flags.push_back({g.xAt(marks[i].time_s), i, {}});
    std::ranges::stable_sort(g.flags, {}, &TimelineGeometry::Flag::x);
    double limit = g.right;
    for (auto flag = g.flags.rbegin(); flag != g.flags.rend(); ++flag) {
        const auto earlier = std::next(flag);
        if (earlier != g.flags.rend() && earlier->x == flag->x) continue;
        const double width = textWidth(markText(marks[flag->mark]));
        if (flag->x + kLabelOffset + width <= limit) {
            flag->label = {flag->x + kLabelOffset, 10, width, kLabelHeight};
        }
        limit = flag->x - kLabelOffset;
    }
}

void addSpark(TimelineGeometry& g, const MetricSeries& series, Metric metric) {
    const auto m = index_of(metric);
    float low = std::numeric_limits<float>::infinity(), high = -low;
    for (const MetricPoint& point : series) {
        if (!std::isfinite(point.value[m][0])) continue;
        low = std::min(low, point.value[m][0]);
        high = std::max(high, point.value[m][0]);
    }
    const float range = high > low ? high - low : 1;
    for (const MetricPoint& point : series) {
        const float value = point.value[m][0];
        if (std::isfinite(value)) g.spark.push_back({g.xAt(point.time_s), (value - low) / range});
    }
}

}  // namespace

double TimelineGeometry::xAt(Seconds time_s) const {
    const double share = static_cast<double>(time_s) / static_cast<double>(end_s);
    return left + std::clamp(share, 0.0, 1.0) * (right - left);
}

Seconds TimelineGeometry::timeAt(double x) const {
    const double share = std::clamp((x - left) / (right - left), 0.0, 1.0);
    return std::llround(share * static_cast<double>(end_s) / 60) * 60;
}

TimelineGeometry layOutTimeline(const Snapshot& snapshot, Metric metric, double width,
                                const std::function<double(const QString&)>& textWidth) {
    TimelineGeometry g;
    g.left = kMargin;
    g.right = std::max(width - kMargin, kMargin + 1);
    g.end_s = std::max({snapshot.end_s, snapshot.now_s, kDay});
    g.now_x = g.xAt(snapshot.now_s);
    addDays(g);
    addFlags(g, snapshot.marks, textWidth);
    for (const Seconds t : snapshot.keyframes) g.keyframes.push_back(g.xAt(t));
    if (snapshot.series) addSpark(g, *snapshot.series, metric);
    return g;
}

QString markText(const Mark& mark) {
    if (!mark.planned) return toText(mark.text);
    return QCoreApplication::translate("Timeline", "planned: %1, %2")
        .arg(toText(mark.text), dayText(mark.time_s));
}

}  // namespace cascadelab
