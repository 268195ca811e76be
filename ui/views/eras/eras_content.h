// The recall of the eras over virtual time, as the content of a chart. Pure; any thread.
#pragma once

#include <array>
#include <span>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/line_chart.h"

namespace cascadelab {

// An era in every picture of it: the name and the colour of the source that goes by it, and a
// dashed line for the first, which lies beside the others as what they are measured against.
struct EraLook {
    QString name;
    std::size_t category;  // of its colour
    Qt::PenStyle pen;
};
EraLook eraLook(Era era);

// Two panels: all items, and those under a day old. Empty without a point.
ChartContent erasContent(const MetricSeries& series, std::span<const Mark> marks,
                         const Theme& theme);

}  // namespace cascadelab
