#include "ui/views/eras/eras_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/view/funnel_counts.h"
#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("ErasView", text);
}

ChartPanel panelOf(const MetricSeries& series, Metric (*metricOf)(Era), const QString& axis,
                   const Theme& theme) {
    ChartPanel panel;
    panel.axis = axis;
    panel.factor = 100;
    panel.valueText = [](double share) { return percentText(share); };
    double high = 0.1;
    for (const Era era : every<Era>) {
        const EraLook look = eraLook(era);
        ChartSeries line;
        line.label = look.name;
        line.colour = theme.categoryColor(look.category);
        line.ink = theme.categoryText(look.category);
        line.pen = look.pen;
        for (const MetricPoint& point : series) {
            line.y.push_back(static_cast<double>(point.value[metricOf(era)][0]));
            if (std::isfinite(line.y.back())) high = std::max(high, line.y.back());
        }
        line.value = valueText(line.y.back(), "share");
        panel.series.push_back(std::move(line));
    }
    panel.range = metricRange(0, high, "share");
    return panel;
}

}  // namespace

EraLook eraLook(Era era) {
    const SourceRow& source = kSources[kEras[era].source];
    return {QString::fromUtf8(source.label.data(), static_cast<int>(source.label.size())),
            sourceCategory(source.value), era == every<Era>.front() ? Qt::DashLine : Qt::SolidLine};
}

ChartContent erasContent(const MetricSeries& series, std::span<const Mark> marks,
                         const Theme& theme) {
    ChartContent content;
    if (series.empty()) return content;
    for (const MetricPoint& point : series) content.times.push_back(point.time_s);
    content.panels = {panelOf(series, recall_of, tr("Recall for everybody, %"), theme),
                      panelOf(series, recall_of_new, tr("Recall of items under a day, %"), theme)};
    content.marks = chartMarks(marks, theme);
    return content;
}

}  // namespace cascadelab
