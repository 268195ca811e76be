// Where the stations of the modelled fleet stand in a rectangle: as a map from left to right in the
// order of the request graph where there is width for it, else as a list from top to bottom. Pure;
// any thread.
#pragma once

#include <QRectF>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

// A station's place. Parts without room are null.
struct FleetBox {
    std::size_t station = 0;  // place in the section
    QRectF box;
    QRectF name, busy;      // the name, and the share of servers that work in words
    QRectF bar;             // of that share; null on the map, where the box itself is filled
    QRectF servers, queue;  // their strips
    QRectF times;           // wait and service in words
};
struct FleetWire {
    std::size_t from = 0, to = 0;  // places in the section
    QPointF begin, end;
};
struct FleetLayout {
    bool isList = false;
    std::vector<FleetBox> boxes;   // in the order of the section
    std::vector<FleetWire> wires;  // none in a list
    QRectF head;                   // of a list's columns; null on the map
    QRectF incidents;              // lines of what is under way; null when nothing is
};

inline constexpr double kIncidentLine = 16;  // px

// Column of every station: how many stations a request passes before it at most.
std::vector<std::size_t> fleetColumns(const std::vector<StationSection>& stations);
FleetLayout layoutFleet(const std::vector<StationSection>& stations, std::size_t incidents,
                        QRectF area);

}  // namespace cascadelab
