// Where the oracle's best items were lost, as stacked bars: one a day for a group of people, one a
// group for the last day. In shares of items, which fill every bar, or in utility, where re-ranking
// may win some back below the line. Pure; window's thread only for the fonts it measures.
#pragma once

#include <QRectF>
#include <optional>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/ticks.h"

namespace cascadelab {

enum class LossUnit { items, utility };

// One bar: what every stage lost, in the order of LossStage. In items the last is what was kept, in
// utility it is 0. NaN in all: nothing was sampled.
struct LossBar {
    Seconds time_s = 0;     // end of the 24 hours
    std::size_t group = 0;  // 0 = all people
    std::array<double, enum_count<LossStage>> part{};

    bool measured() const;
    double lost() const;  // by all stages together
};
// The last bar of every day, oldest first.
std::vector<LossBar> lossDays(const MetricSeries& series, std::size_t group, LossUnit unit);
// A bar a group, of the last point.
std::vector<LossBar> lossGroups(const MetricSeries& series, LossUnit unit);

struct LossPiece {
    LossStage stage = LossStage::kept;
    QRectF box;
};
struct PlacedBar {
    std::size_t bar = 0;  // place among its kind
    QRectF cell;          // its column, for the pointer
    std::vector<LossPiece> pieces;
    QRectF name;  // below it; null: no room
};
struct LossTick {
    double value = 0;
    double y = 0;
};
struct LossLegend {
    LossStage stage = LossStage::kept;
    QRectF swatch, words;
};
struct LossesLayout {
    std::vector<LossTick> ticks;
    QRectF axis;  // where the ticks' words stand
    QRectF days, groups;
    double zero = 0;  // y of nothing lost
    std::vector<PlacedBar> dayBars, groupBars;
    std::vector<LossLegend> legend;
};

// Bars of both kinds on one axis. Days that find no room are left out, the oldest first. words: how
// wide each stage's words in the legend are, by LossStage; 0 leaves the stage out.
LossesLayout layoutLosses(const std::vector<LossBar>& days, const std::vector<LossBar>& groups,
                          LossUnit unit, const std::array<double, enum_count<LossStage>>& words,
                          QRectF area);
// The bar under a position.
std::optional<std::size_t> lossBarAt(const std::vector<PlacedBar>& bars, QPointF position);

QString lossStageSentence(LossStage stage);  // what was lost there, for a tooltip

}  // namespace cascadelab
