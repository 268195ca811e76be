// The stages of one request as bars over time: where they stand for a given size. Pure but for the
// measuring of words; window's thread.
#pragma once

#include <QRectF>
#include <QString>
#include <array>
#include <vector>

#include "engine/cascade/request/trace.h"

namespace cascadelab {

struct WaterfallRow {
    CascadeStage stage = CascadeStage::features;
    bool isSource = false;  // runs beside its neighbours; indented
    bool ran = false;
    QRectF label, bar, value;
    QString name, words;  // "Ranking", "408 µs"
};

struct WaterfallTick {
    double x = 0;
    QString text;
};

struct Waterfall {
    std::vector<WaterfallRow> rows;    // in the order the stages run
    std::vector<WaterfallTick> ticks;  // of the time axis, from 0
    QRectF frame;                      // of the bars
    QString unit;                      // of the ticks, "µs" or "ms"
    double total_us = 0;               // until the last stage ended
    double pixels_us = 0;              // screen units a microsecond
};

using StageTimes = EnumArray<CascadeStage, float>;
Waterfall layoutWaterfall(const StageTimes& start_us, const StageTimes& took_us, QRectF area);

// A stage's place among the theme's categories: features, sources, bookkeeping, ranking,
// re-ranking.
std::size_t stageCategory(CascadeStage stage);

}  // namespace cascadelab
