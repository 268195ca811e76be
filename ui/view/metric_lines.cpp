#include "ui/view/metric_lines.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <optional>

#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr std::size_t kLinesAPanel = 4;

struct Line {
    Metric metric;
    std::size_t group;
    std::size_t category;
    std::optional<Reference> reference = {};  // none: what was shown
};

// Exposure: more pages show more of the catalogue, whoever makes them.
bool countsPages(Metric metric) {
    switch (metric) {
        case Metric::coverage:
        case Metric::gini:
        case Metric::effective_catalogue:
        case Metric::exposure_entropy_bits:
        case Metric::creator_gini:
            return true;
        default:
            return false;
    }
}

QString tr(const char* text) {
    return QCoreApplication::translate("DynamicsView", text);
}

// The references of a metric, each a line of its own.
void addReferences(std::vector<Line>& panel, Metric metric, std::size_t group) {
    if (!has_reference(metric)) return;
    for (const Reference reference : every<Reference>) {
        if (reference == Reference::same_requests && !countsPages(metric)) continue;
        panel.push_back({metric, group, panel.front().category, reference});
    }
}

// Lines by panel, as the header says.
std::vector<std::vector<Line>> splitIntoPanels(const DynamicsChoice& choice) {
    std::vector<std::vector<Line>> panels;
    for (std::size_t m = 0; m < choice.metrics.size(); ++m) {
        const Metric metric = choice.metrics[m];
        const std::size_t first = choice.groups.empty() ? 0 : choice.groups.front();
        if (choice.groups.size() > 1) {
            panels.emplace_back();
            for (std::size_t group : choice.groups) panels.back().push_back({metric, group, group});
            if (choice.references) addReferences(panels.back(), metric, first);
            continue;
        }
        if (choice.references) {
            panels.push_back({{metric, first, m}});
            addReferences(panels.back(), metric, first);
            continue;
        }
        const auto shares = [&](const std::vector<Line>& panel) {
            return metric_info(panel.front().metric).unit == metric_info(metric).unit &&
                   panel.size() < kLinesAPanel;
        };
        auto found = std::ranges::find_if(panels, shares);
        if (found == panels.end()) found = panels.insert(panels.end(), std::vector<Line>{});
        found->push_back({metric, first, m});
    }
    return panels;
}

double valueOf(const MetricPoint& point, const Line& line) {
    const MetricValues& values = line.reference ? point.reference[*line.reference] : point.value;
    return values[line.metric][line.group];
}

// The value a day before the last, or the first there is.
double dayBefore(const MetricSeries& series, const Line& line) {
    const Seconds then = series.back().time_s - kDay;
    double value = std::nan("");
    for (const MetricPoint& point : series) {
        if (point.time_s > then && std::isfinite(value)) break;
        if (std::isfinite(valueOf(point, line))) value = valueOf(point, line);
    }
    return value;
}

Qt::PenStyle penOf(std::size_t group) {
    constexpr std::array<Qt::PenStyle, kGroupCount> kPens = {
        Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine, Qt::DashDotDotLine};
    return kPens[group % kGroupCount];
}

// Quieter than what was shown, and told apart by dash.
void drawAsReference(Reference reference, const Theme& theme, ChartSeries& series) {
    series.label = toText(reference_label(reference));
    series.colour = theme.dim;
    series.ink = theme.dim;
    switch (reference) {
        case Reference::oracle:
            series.pen = Qt::DashLine;
            return;
        case Reference::no_recommender:
            series.pen = Qt::DotLine;
            return;
        case Reference::same_requests:
            series.pen = Qt::DashDotLine;
            return;
    }
}

ChartSeries makeSeries(const MetricSeries& series, const Line& line, bool byGroup,
                       const Theme& theme) {
    const MetricInfo& info = metric_info(line.metric);
    ChartSeries result;
    result.label = toText(byGroup ? group_name(line.group) : info.label);
    result.colour = theme.categoryColor(line.category);
    result.ink = theme.categoryText(line.category);
    result.pen = byGroup ? penOf(line.group) : Qt::SolidLine;
    if (line.reference) drawAsReference(*line.reference, theme, result);
    for (const MetricPoint& point : series) result.y.push_back(valueOf(point, line));
    const double now = valueOf(series.back(), line);
    result.value = valueText(now, info.unit);
    if (line.reference) return result;
    const QString change = changeText(dayBefore(series, line), now, info.unit);
    if (!change.isEmpty()) result.value += QStringLiteral(", ") + change;
    return result;
}

QString axisName(const std::vector<Line>& lines, bool byGroup) {
    const MetricInfo& info = metric_info(lines.front().metric);
    QString unit = info.unit == "share" ? QStringLiteral("%") : toText(info.unit);
    const bool oneMetric = lines.front().metric == lines.back().metric;
    if (lines.size() > 1 && !byGroup && !oneMetric) {
        if (info.unit == "share") return tr("share, %");
        return unit.isEmpty() ? tr("value, no unit") : unit;
    }
    return toText(info.label) + QStringLiteral(", ") + (unit.isEmpty() ? tr("no unit") : unit);
}

ChartPanel makePanel(const MetricSeries& series, const std::vector<Line>& lines, bool byGroup,
                     const Theme& theme) {
    const std::string_view unit = metric_info(lines.front().metric).unit;
    ChartPanel panel;
    panel.axis = axisName(lines, byGroup);
    panel.factor = unit == "share" ? 100 : 1;
    panel.valueText = [unit](double value) { return valueText(value, unit); };
    double low = std::nan(""), high = low;
    for (const Line& line : lines) {
        panel.series.push_back(makeSeries(series, line, byGroup, theme));
        for (double y : panel.series.back().y) {
            if (!std::isfinite(y)) continue;
            low = std::isfinite(low) ? std::min(low, y) : y;
            high = std::isfinite(high) ? std::max(high, y) : y;
        }
    }
    panel.range = metricRange(low, high, unit);
    return panel;
}

}  // namespace

DynamicsChoice defaultChoice() {
    return {{Metric::coverage, Metric::click_rate, Metric::repeat_rate, Metric::topic_entropy_bits},
            {0}};
}

AxisRange metricRange(double low, double high, std::string_view unit) {
    if (low > 0 && low < 0.5 * high) low = 0;
    AxisRange range = steppedRange(low, high);
    if (unit == "share" && low >= 0 && high <= 1)
        range = {std::max(0.0, range.low), std::min(1.0, range.high)};
    return range;
}

std::vector<ChartMark> chartMarks(std::span<const Mark> marks, const Theme& theme) {
    std::vector<ChartMark> shown;
    for (const Mark& mark : marks) {
        if (mark.planned) continue;
        shown.push_back({mark.time_s, toText(mark.text), mark.incident ? theme.bad : theme.dim,
                         mark.incident ? theme.badText : theme.dim});
    }
    // The newest mark is the one whose effect is watched.
    if (!shown.empty() && shown.back().line == theme.dim) {
        shown.back().line = theme.warn;
        shown.back().ink = theme.warnText;
    }
    return shown;
}

ChartContent dynamicsContent(const MetricSeries& series, std::span<const Mark> marks,
                             const DynamicsChoice& choice, const Theme& theme) {
    ChartContent content;
    if (series.empty()) return content;
    for (const MetricPoint& point : series) content.times.push_back(point.time_s);
    const bool byGroup = choice.groups.size() > 1;
    for (const auto& lines : splitIntoPanels(choice))
        content.panels.push_back(makePanel(series, lines, byGroup, theme));
    content.marks = chartMarks(marks, theme);
    return content;
}

}  // namespace cascadelab
