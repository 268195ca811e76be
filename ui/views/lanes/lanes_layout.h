// Where the parts of the picture of the feature lanes stand: memory's hits as bars, the lag of
// every partition as cells, the lanes or each feature as lines, the lag over time, and the
// arithmetic from the run to production. Pure; any thread.
#pragma once

#include <QRectF>
#include <vector>

namespace cascadelab {

struct LanesLayout {
    QRectF memory;              // names and bars of the hit shares
    std::vector<QRectF> hits;   // a line a hit share
    QRectF lagHead, scale;      // above the cells; scale: what the colours mean
    std::vector<QRectF> cells;  // a partition, in reading order
    QRectF linesHead;           // null without room
    std::vector<QRectF> lines;  // a line a feature when all have room, else a line a lane
    bool isByFeature = false;
    QRectF chart;                    // null without room
    QRectF arithmeticHead;           // null without room
    std::vector<QRectF> arithmetic;  // a line each, as many as have room
};

struct LanesCounts {
    std::size_t hits = 0, partitions = 0, lanes = 0, features = 0, arithmetic = 0;
};
LanesLayout layoutLanes(const LanesCounts& counts, QRectF area);

}  // namespace cascadelab
