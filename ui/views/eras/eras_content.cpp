#include "ui/views/eras/eras_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ErasView", text);
}

// first: the metric of the first era; the others follow it.
ChartPanel panelOf(const MetricSeries& series, Metric first, const QString& axis,
                   const Theme& theme) {
    ChartPanel panel;
    panel.axis = axis;
    panel.factor = 100;
    panel.valueText = [](double share) { return percentText(share); };
    double high = 0.1;
    for (std::size_t era = 0; era < kEraLooks.size(); ++era) {
        const EraLook& look = kEraLooks[era];
        ChartSeries line;
        line.label = QString::fromLatin1(look.name);
        line.colour = theme.categoryColor(look.category);
        line.ink = theme.categoryText(look.category);
        line.pen = look.pen;
        for (const MetricPoint& point : series) {
            line.y.push_back(
                static_cast<double>(point.value[static_cast<std::size_t>(first) + era][0]));
            if (std::isfinite(line.y.back())) high = std::max(high, line.y.back());
        }
        line.value = valueText(line.y.back(), "share");
        panel.series.push_back(std::move(line));
    }
    panel.range = metricRange(0, high, "share");
    return panel;
}

}  // namespace

ChartContent erasContent(const MetricSeries& series, std::span<const Mark> marks,
                         const Theme& theme) {
    ChartContent content;
    if (series.empty()) return content;
    for (const MetricPoint& point : series) content.times.push_back(point.time_s);
    content.panels = {
        panelOf(series, Metric::recall_factorization, tr("Recall for everybody, %"), theme),
        panelOf(series, Metric::recall_new_factorization, tr("Recall of items under a day, %"),
                theme)};
    content.marks = chartMarks(marks, theme);
    return content;
}

}  // namespace cascadelab
