// Where everything in the funnel stands, for a given size: heads, ribbons, what fell, and what the
// oracle lost. No painting, no window. Window's thread (it measures words).
#pragma once

#include <QRectF>
#include <QString>
#include <optional>
#include <span>
#include <vector>

#include "ui/plot/sankey.h"
#include "ui/view/funnel_counts.h"

namespace cascadelab {

struct PlacedWords {
    QRectF place;
    QString text;
};

struct FunnelLayout {
    std::vector<QRectF> heads;  // by step, two lines each
    Sankey sankey;
    std::vector<PlacedWords> sources;  // left of the first column, by shown source
    std::vector<PlacedWords> lost;     // "−47" under a column; empty text: nothing fell
    std::vector<std::vector<PlacedWords>> reasons;  // under those, when there is room for all
    std::vector<PlacedWords> rows;                  // else one line a step at the bottom
    std::vector<FunnelStep> rowSteps;               // the step of each row
    QRectF oracle;                                  // title and bar; empty without an oracle
    std::vector<QRectF> losses;                     // segments of the bar
};

// `area` excludes the switches above. `shares` is empty when there is no oracle to compare with.
FunnelLayout layoutFunnel(const FunnelCounts& counts, std::span<const Source> sources,
                          std::span<const LossShare> shares, SankeyScale scale, QRectF area);

}  // namespace cascadelab
