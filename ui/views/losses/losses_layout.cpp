#include "ui/views/losses/losses_layout.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace cascadelab {
namespace {

constexpr double kAxisWidth = 40, kNamesHeight = 16, kGap = 22, kLegendRow = 18, kSwatch = 10;
constexpr double kNarrowestDay = 6, kWidestBar = 64, kLegendGap = 14;
constexpr double kGroupCell = 62, kLeastGroup = 32;  // "mainstream", "niche"
constexpr double kDayName = 40, kDayNumber = 22;     // "day 12", "12"

QString tr(const char* text) {
    return QCoreApplication::translate("LossesView", text);
}

LossBar barOf(const MetricPoint& point, std::size_t group, LossUnit unit) {
    const auto at = [&](Metric metric, std::size_t offset) {
        return static_cast<double>(point.value[index_of(metric) + offset][group]);
    };
    LossBar bar{point.time_s, group, {}};
    const Metric first =
        unit == LossUnit::items ? Metric::lost_retrieval : Metric::regret_retrieval;
    for (std::size_t stage = 0; stage + 1 < enum_count<LossStage>; ++stage)
        bar.part[stage] = at(first, stage);
    bar.part.back() = unit == LossUnit::items ? at(Metric::recall_slate, 0) : 0;
    return bar;
}

// What stands above and below the line, over all bars.
AxisRange rangeOf(const std::vector<LossBar>& days, const std::vector<LossBar>& groups) {
    double high = 0, low = 0;
    for (const auto* bars : {&days, &groups}) {
        for (const LossBar& bar : *bars) {
            if (!bar.measured()) continue;
            double above = 0, below = 0;
            for (const double part : bar.part) (part > 0 ? above : below) += part;
            high = std::max(high, above);
            low = std::min(low, below);
        }
    }
    return {low, high > 0 ? high : 1};
}

// Rows of the legend from the bottom up, so that it takes no more room than it needs.
double placeLegend(const std::array<double, enum_count<LossStage>>& words, QRectF area,
                   std::vector<LossLegend>& legend) {
    double x = area.left(), y = 0;
    for (std::size_t stage = 0; stage < enum_count<LossStage>; ++stage) {
        if (words[stage] <= 0) continue;
        const double width = kSwatch + 5 + words[stage];
        if (x > area.left() && x + width > area.right()) {
            x = area.left();
            y += kLegendRow;
        }
        legend.push_back({static_cast<LossStage>(stage),
                          {x, y + 4, kSwatch, kSwatch},
                          {x + kSwatch + 5, y, words[stage], kLegendRow}});
        x += width + kLegendGap;
    }
    const double height = y + kLegendRow;
    for (LossLegend& entry : legend) {
        entry.swatch.translate(0, area.bottom() - height);
        entry.words.translate(0, area.bottom() - height);
    }
    return height;
}

// What the page has stands at the bottom, what was lost first at the top.
std::vector<LossPiece> stack(const LossBar& bar, QRectF column, double zero, double perUnit) {
    std::vector<LossPiece> pieces;
    if (!bar.measured()) return pieces;
    double above = zero, below = zero;
    for (std::size_t stage = enum_count<LossStage>; stage-- > 0;) {
        const double height = bar.part[stage] * perUnit;
        if (height == 0) continue;
        const QRectF box(column.left(), height > 0 ? above - height : below, column.width(),
                         std::abs(height));
        (height > 0 ? above : below) -= height;
        pieces.push_back({static_cast<LossStage>(stage), box});
    }
    return pieces;
}

// firstName, otherNames: how wide the words below the bars are.
void placeBars(const std::vector<LossBar>& bars, QRectF area, double cell, double zero,
               double perUnit, double firstName, double otherNames,
               std::vector<PlacedBar>& placed) {
    const auto room = static_cast<std::size_t>(std::max(1.0, std::floor(area.width() / cell)));
    const std::size_t first = bars.size() > room ? bars.size() - room : 0;
    const double wide = std::min(kWidestBar, cell * 0.82);
    double free = area.left() - 1;
    for (std::size_t bar = first; bar < bars.size(); ++bar) {
        PlacedBar out;
        out.bar = bar;
        const double left = area.left() + cell * static_cast<double>(bar - first);
        out.cell = {left, area.top(), cell, area.height() + kNamesHeight};
        const QRectF column(left + (cell - wide) / 2, area.top(), wide, area.height());
        out.pieces = stack(bars[bar], column, zero, perUnit);
        const double middle = column.center().x();
        const double nameWidth = bar == first ? firstName : otherNames;
        const double from = std::max(area.left(), middle - nameWidth / 2);
        if (from >= free - 0.01 && from + nameWidth <= area.right() + kGap) {
            out.name = {from, area.bottom(), nameWidth, kNamesHeight};
            free = from + nameWidth;
        }
        placed.push_back(std::move(out));
    }
}

}  // namespace

bool LossBar::measured() const {
    return std::ranges::none_of(part, [](double value) { return std::isnan(value); });
}

double LossBar::lost() const {
    double sum = 0;
    for (std::size_t stage = 0; stage + 1 < part.size(); ++stage) sum += part[stage];
    return sum;
}

std::vector<LossBar> lossDays(const MetricSeries& series, std::size_t group, LossUnit unit) {
    std::vector<LossBar> days;
    for (const MetricPoint& point : series) {
        const LossBar bar = barOf(point, group, unit);
        const bool sameDay =
            !days.empty() && day_of(days.back().time_s - 1) == day_of(point.time_s - 1);
        sameDay ? days.back() = bar : days.emplace_back(bar);
    }
    return days;
}

std::vector<LossBar> lossGroups(const MetricSeries& series, LossUnit unit) {
    std::vector<LossBar> groups;
    if (series.empty()) return groups;
    for (std::size_t group = 0; group < kGroupCount; ++group)
        groups.push_back(barOf(series.back(), group, unit));
    return groups;
}

LossesLayout layoutLosses(const std::vector<LossBar>& days, const std::vector<LossBar>& groups,
                          LossUnit unit, const std::array<double, enum_count<LossStage>>& words,
                          QRectF area) {
    LossesLayout layout;
    const double legend = placeLegend(words, area, layout.legend);
    const QRectF plot = area.adjusted(kAxisWidth, 8, 0, -legend - kNamesHeight - 6);
    const double wanted = kGroupCell * static_cast<double>(groups.size());
    const double least = kLeastGroup * static_cast<double>(groups.size());
    const double groupWidth =
        std::min(wanted, std::max(plot.width() * 0.45, std::min(least, plot.width() * 0.55)));
    layout.days = plot.adjusted(0, 0, -groupWidth - kGap, 0);
    layout.groups = {plot.right() - groupWidth, plot.top(), groupWidth, plot.height()};
    layout.axis = {area.left(), plot.top(), kAxisWidth - 6, plot.height()};

    const AxisRange range = unit == LossUnit::items ? AxisRange{0, 1} : rangeOf(days, groups);
    const double perUnit = plot.height() / (range.high - range.low);
    layout.zero = plot.bottom() + range.low * perUnit;
    for (const double value : niceTicks(range.low, range.high, 5))
        layout.ticks.push_back({value, layout.zero - value * perUnit});

    const double dayCell =
        std::clamp(layout.days.width() / static_cast<double>(std::max<std::size_t>(1, days.size())),
                   kNarrowestDay, kWidestBar * 1.25);
    // The first one says what the numbers after it are.
    const double otherDays = dayCell >= kDayName ? kDayName : kDayNumber;
    placeBars(days, layout.days, dayCell, layout.zero, perUnit, kDayName, otherDays,
              layout.dayBars);
    const double groupCell =
        groupWidth / static_cast<double>(std::max<std::size_t>(1, groups.size()));
    placeBars(groups, layout.groups, groupCell, layout.zero, perUnit, groupCell, groupCell,
              layout.groupBars);
    return layout;
}

std::optional<std::size_t> lossBarAt(const std::vector<PlacedBar>& bars, QPointF position) {
    for (const PlacedBar& placed : bars) {
        if (placed.cell.contains(position)) return placed.bar;
    }
    return std::nullopt;
}

QString lossStageSentence(LossStage stage) {
    switch (stage) {
        case LossStage::retrieval:
            return tr("no source proposed them");
        case LossStage::filter:
            return tr("filtered out");
        case LossStage::rank:
            return tr("below the ranker's cut");
        case LossStage::order:
            return tr("kept, but ranked behind the page");
        case LossStage::rerank:
            return tr("taken off the page by re-ranking");
        case LossStage::explore:
            return tr("their place went to a slot of exploration");
        case LossStage::policy:
            return tr("kept off the page by a cap or the policy gate");
        case LossStage::kept:
            return tr("on the page");
    }
    return {};
}

}  // namespace cascadelab
