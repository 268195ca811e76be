// Where the exposed catalogue stands: a square a day whose areas are the catalogue, what was shown
// of it and how much of it was shown evenly; a map of the last day; and the items shown most. Pure;
// window's thread only for the fonts it measures.
#pragma once

#include <QPointF>
#include <QRectF>
#include <optional>
#include <span>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

// The exposure of 24 hours, in items.
struct LoopDay {
    Seconds time_s = 0;    // their end
    double catalogue = 0;  // released until then
    double shown = 0;      // to anybody
    double effective = 0;  // as many, shown evenly, would be as much variety: 2^entropy
};
std::vector<LoopDay> loopDays(std::span<const ExposurePoint> exposure, const Cards& cards);

struct ExposedItem {
    ItemId item;
    std::uint64_t impressions = 0;
    double share = 0;  // of all impressions
};
// What was shown at all, most first, ties by id.
std::vector<ExposedItem> exposedItems(std::span<const std::uint32_t> impressions);

struct LoopSquare {
    std::size_t day = 0;  // place in the days
    QRectF cell;          // its column, for the pointer
    QRectF catalogue, shown, effective;
    QRectF name;  // null: no room
};
struct LoopDot {
    ItemId item;
    QPointF at;
    double radius = 0;  // 0: was not shown
};
struct LoopRow {
    ExposedItem exposed;
    QRectF line, label, bar, value;
};
struct LoopLayout {
    QRectF squaresHead, names;  // names: beside the last square
    std::vector<LoopSquare> squares;
    QRectF mapHead, map;        // null in a narrow view
    std::vector<LoopDot> dots;  // those that were shown last, the least first
    QRectF listHead;
    std::vector<LoopRow> rows;
};

struct LoopPicture {
    std::vector<LoopDay> days;
    std::vector<ExposedItem> exposed;          // of the day whose map and list are shown
    std::vector<std::array<float, 2>> places;  // of items on the map; empty: no map yet
};
LoopLayout layoutLoop(const LoopPicture& picture, QRectF area);
// The item of a row or of the topmost dot that was shown, under a position.
std::optional<ExposedItem> exposedItemAt(const LoopPicture& picture, const LoopLayout& layout,
                                         QPointF position);
std::optional<std::size_t> loopDayAt(const LoopLayout& layout, QPointF position);

}  // namespace cascadelab
