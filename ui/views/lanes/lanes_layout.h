// Where the parts of the picture of the feature lanes stand: memory's hits as bars, the lag of
// every partition as cells, the lag over time, and the arithmetic from the run to production. Pure;
// any thread.
#pragma once

#include <QRectF>
#include <vector>

namespace cascadelab {

struct LanesLayout {
    QRectF memory;                   // names and bars of the hit shares
    std::vector<QRectF> hits;        // a line a hit share
    QRectF lagHead, scale;           // above the cells; scale: what the colours mean
    std::vector<QRectF> cells;       // a partition, in reading order
    QRectF chart;                    // null without room
    QRectF arithmeticHead;           // null without room
    std::vector<QRectF> arithmetic;  // a line each, as many as have room
};

LanesLayout layoutLanes(std::size_t hits, std::size_t partitions, std::size_t lines, QRectF area);

}  // namespace cascadelab
