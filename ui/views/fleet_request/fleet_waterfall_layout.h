// One request through the modelled fleet as bars over time: where they stand for a given size. Pure
// but for the measuring of words; window's thread.
#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

// A station of the request. What lies before wait and service of its slowest call are retries and
// pauses.
struct FleetSpanRow {
    std::size_t span = 0;  // place in the waterfall
    bool critical = false;
    QRectF row;            // the whole line, for the pointer
    QRectF name, own;      // own: what our own stage took; null without room
    QRectF whole;          // from its begin to its end
    QRectF wait, service;  // inside it; of no width when there is none
    QRectF value;          // the words beside it
};
struct FleetRequestTick {
    double x = 0;
    QString text;
};
struct FleetRequestLayout {
    std::vector<FleetSpanRow> rows;       // in the order of the spans
    std::vector<FleetRequestTick> ticks;  // of the time axis, from 0, in ms
    QRectF frame;                         // of the bars
    QRectF head, legend;                  // lines above and below; legend null without room
    double budgetX = 0;                   // of the budget line; 0: none
    double pixels_ms = 0;
};

QString stationName(const FleetSpan& span);  // "Two-tower index × 8"
FleetRequestLayout layoutFleetRequest(const FleetWaterfall& fall, double budget_ms, QRectF area);

}  // namespace cascadelab
