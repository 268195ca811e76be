// Where two orders of one list stand: the ranker's on the left, the simulated model's on the right,
// a line between the places of an item. Pure; any thread.
#pragma once

#include <QRectF>
#include <optional>
#include <vector>

#include "engine/cascade/request/trace.h"

namespace cascadelab {

struct ReorderedItem {
    ItemId item;
    std::size_t before = 0, after = 0;  // places, 0: first
    QRectF left, right;                 // its title on either side; null when it has no place there
};
struct SimulatedLlmLayout {
    QRectF leftHead, rightHead, foot;
    std::vector<ReorderedItem> items;  // that stand on a side at least, in the new order
};

SimulatedLlmLayout layoutSimulatedLlm(const LanguagePicture& picture, QRectF area);
// The item whose title is under a position.
std::optional<std::size_t> reorderedItemAt(const SimulatedLlmLayout& layout, QPointF position);

}  // namespace cascadelab
