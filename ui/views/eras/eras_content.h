// The recall of the eras over virtual time, as the content of a chart. Pure; any thread.
#pragma once

#include <array>
#include <span>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/line_chart.h"

namespace cascadelab {

// An era in every picture of it.
struct EraLook {
    const char* name;
    std::size_t category;  // of its colour
    Qt::PenStyle pen;
};
inline constexpr std::array kEraLooks = {EraLook{"Factorization", 6, Qt::DashLine},
                                         EraLook{"Two-tower", 0, Qt::SolidLine},
                                         EraLook{"HSTU", 3, Qt::SolidLine}};  // by Era

// Two panels: all items, and those under a day old. Empty without a point.
ChartContent erasContent(const MetricSeries& series, std::span<const Mark> marks,
                         const Theme& theme);

}  // namespace cascadelab
