#include "ui/views/simulated_llm/simulated_llm_layout.h"

#include <algorithm>

namespace cascadelab {
namespace {

constexpr double kHead = 18, kRow = 18, kFoot = 18, kGap = 6;
constexpr double kSide = 0.4;  // of the width, for the titles of a side

}  // namespace

SimulatedLlmLayout layoutSimulatedLlm(const LanguagePicture& picture, QRectF area) {
    SimulatedLlmLayout layout;
    if (picture.after.empty() || area.height() < kHead + kRow + kFoot) return layout;
    const double side = kSide * area.width();
    const double right = area.right() - side;
    layout.leftHead = {area.left(), area.top(), side, kHead};
    layout.rightHead = {right, area.top(), side, kHead};
    layout.foot = {area.left(), area.bottom() - kFoot, area.width(), kFoot};
    const double top = layout.leftHead.bottom();
    const auto room =
        static_cast<std::size_t>(std::max(0.0, (layout.foot.top() - kGap - top) / kRow));
    for (std::size_t after = 0; after < picture.after.size(); ++after) {
        ReorderedItem item;
        item.item = picture.after[after];
        item.after = after;
        item.before = static_cast<std::size_t>(std::ranges::find(picture.before, item.item) -
                                               picture.before.begin());
        const auto line = [&](std::size_t place, double left) {
            return QRectF(left, top + kRow * static_cast<double>(place), side, kRow);
        };
        if (item.before < room) item.left = line(item.before, area.left());
        if (item.after < room) item.right = line(item.after, right);
        if (!item.left.isNull() || !item.right.isNull()) layout.items.push_back(item);
    }
    return layout;
}

std::optional<std::size_t> reorderedItemAt(const SimulatedLlmLayout& layout, QPointF position) {
    const auto found = std::ranges::find_if(layout.items, [&](const ReorderedItem& item) {
        return item.left.contains(position) || item.right.contains(position);
    });
    if (found == layout.items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - layout.items.begin());
}

}  // namespace cascadelab
