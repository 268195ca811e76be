#include "ui/views/code_health/code_health_content.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("CodeHealthView", text);
}

constexpr double kFewDead = 5;  // the axis of dead codes counts whole ones

using Points = std::span<const CodeHealthPoint>;

std::size_t levelsOf(Points points) {
    std::size_t levels = 0;
    for (const CodeHealthPoint& point : points) levels = std::max(levels, point.levels.size());
    return levels;
}

// A level's value over time; a gap where a codebook had fewer levels.
template <class Value>
std::vector<double> ofLevel(Points points, std::size_t level, Value CodeLevelPoint::*value) {
    std::vector<double> y;
    for (const CodeHealthPoint& point : points)
        y.push_back(level < point.levels.size() ? static_cast<double>(point.levels[level].*value)
                                                : std::numeric_limits<double>::quiet_NaN());
    return y;
}

std::vector<double> ofItems(Points points, float CodeHealthPoint::*share) {
    std::vector<double> y;
    for (const CodeHealthPoint& point : points) y.push_back(static_cast<double>(point.*share));
    return y;
}

ChartSeries seriesOf(QString label, QString value, std::size_t category, std::vector<double> y,
                     const Theme& theme) {
    constexpr std::array kPens = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine,
                                  Qt::DashDotDotLine};
    return {std::move(label),
            std::move(value),
            theme.categoryColor(category),
            theme.categoryText(category),
            kPens[category % kPens.size()],
            std::move(y)};
}

// least: what the axis reaches at any rate.
void fitRange(ChartPanel& panel, std::string_view unit, double least) {
    double low = 0, high = least;
    for (const ChartSeries& series : panel.series)
        for (const double y : series.y)
            if (std::isfinite(y)) high = std::max(high, y);
    panel.range = metricRange(low, high, unit);
}

ChartPanel perplexityPanel(Points points, std::span<const int> alphabet, bool withDead,
                           const Theme& theme) {
    ChartPanel panel;
    panel.axis = tr("Perplexity, codes");
    panel.valueText = [](double value) { return tr("%1 codes").arg(plainText(value)); };
    const CodeHealthPoint& now = points.back();
    for (std::size_t level = 0; level < levelsOf(points); ++level) {
        QString value = tr("gone");
        if (level < now.levels.size()) {
            value = countText(std::round(double(now.levels[level].perplexity)));
            if (level < alphabet.size()) value = tr("%1 of %2").arg(value).arg(alphabet[level]);
            const int dead = now.levels[level].dead_codes;
            if (!withDead && dead > 0) value += tr(", %1 dead").arg(dead);
        }
        panel.series.push_back(seriesOf(tr("level %1").arg(level + 1), value, level,
                                        ofLevel(points, level, &CodeLevelPoint::perplexity),
                                        theme));
    }
    fitRange(panel, "codes", 1);
    return panel;
}

ChartPanel deadPanel(Points points, const Theme& theme) {
    ChartPanel panel;
    panel.axis = tr("Dead codes");
    panel.valueText = [](double value) { return tr("%1 codes").arg(countText(value)); };
    const CodeHealthPoint& now = points.back();
    for (std::size_t level = 0; level < levelsOf(points); ++level) {
        const bool known = level < now.levels.size();
        panel.series.push_back(
            seriesOf(tr("level %1").arg(level + 1),
                     known ? countText(now.levels[level].dead_codes) : tr("gone"), level,
                     ofLevel(points, level, &CodeLevelPoint::dead_codes), theme));
    }
    fitRange(panel, "codes", kFewDead);
    return panel;
}

bool hasDead(Points points) {
    return std::ranges::any_of(points, [](const CodeHealthPoint& point) {
        return std::ranges::any_of(
            point.levels, [](const CodeLevelPoint& level) { return level.dead_codes > 0; });
    });
}

ChartPanel itemsPanel(Points points, const Theme& theme) {
    ChartPanel panel;
    panel.axis = tr("Share of items, %");
    panel.factor = 100;
    panel.valueText = [](double value) { return percentText(value); };
    const CodeHealthPoint& now = points.back();
    panel.series = {seriesOf(tr("own codes"), percentText(double(now.unique_share)), 3,
                             ofItems(points, &CodeHealthPoint::unique_share), theme),
                    seriesOf(tr("collisions"),
                             tr("%1, at most %2 items")
                                 .arg(percentText(double(now.collision_rate)),
                                      countText(double(now.biggest_group))),
                             4, ofItems(points, &CodeHealthPoint::collision_rate), theme)};
    // Only a run with an incident has any.
    const auto changed = ofItems(points, &CodeHealthPoint::changed_share);
    if (std::ranges::any_of(changed, [](double share) { return share > 0; }))
        panel.series.push_back(
            seriesOf(tr("corrupted"), percentText(double(now.changed_share)), 1, changed, theme));
    fitRange(panel, "share", 0.1);
    return panel;
}

}  // namespace

ChartContent codeHealthContent(std::span<const CodeHealthPoint> points,
                               std::span<const int> alphabet, std::span<const Mark> marks,
                               bool withDead, const Theme& theme) {
    ChartContent content;
    if (points.empty()) return content;
    for (const CodeHealthPoint& point : points) content.times.push_back(point.time_s);
    content.panels.push_back(perplexityPanel(points, alphabet, withDead, theme));
    if (withDead && hasDead(points)) content.panels.push_back(deadPanel(points, theme));
    content.panels.push_back(itemsPanel(points, theme));
    content.marks = chartMarks(marks, theme);
    return content;
}

}  // namespace cascadelab
