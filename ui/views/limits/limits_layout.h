// What would break the fleet, station by station: which breaks first, and where its bars stand on a
// logarithmic scale of times the present. Pure; any thread.
#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

inline constexpr double kMostTimes = 64;  // the end of the scale; nothing beyond it is tried

// Places in the section by what breaks first; those that nothing breaks come last, in their order.
std::vector<std::size_t> limitsOrder(const std::vector<StationSection>& stations);

struct LimitRow {
    std::size_t station = 0;  // place in the section
    QRectF row;
    QRectF name, load, busy, wait;  // words; null without room
    QRectF work, servers;           // bars: times its work, times its load on the servers it has
    QRectF words;                   // beside the bars
};
struct LimitTick {
    double x = 0;
    QString text;  // "4×"
};
struct LimitsLayout {
    QRectF sentence, head, frame;  // frame: of the bars
    std::vector<LimitRow> rows;    // what breaks first on top
    std::vector<LimitTick> ticks;  // 1, 2, 4 .. 64, as many as have room
    QRectF legend;                 // null without room
};
LimitsLayout layoutLimits(const std::vector<StationSection>& stations, QRectF area);

// Share of the scale at so many times: 0 at 1 and below, 1 at 64 and beyond.
double limitShare(double times);

}  // namespace cascadelab
