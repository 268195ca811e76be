#include "ui/views/lanes/lanes_layout.h"

#include <algorithm>
#include <cmath>

namespace cascadelab {
namespace {

constexpr double kHead = 18, kHitLine = 22, kTextLine = 16, kGap = 10;
constexpr double kTwoColumns = 640;  // px of width
constexpr double kColumnGap = 28;
constexpr double kLeastChart = 120, kMostChart = 280;
constexpr double kMostCell = 22, kLeastCell = 2;
constexpr double kMostCells = 120;  // px of height for the cells

// The widest square cells with which all fit into the width and the height; flat ones when even
// the smallest do not.
std::vector<QRectF> cellsIn(std::size_t count, QRectF area) {
    std::vector<QRectF> cells;
    if (count == 0 || area.width() < kLeastCell || area.height() < kLeastCell) return cells;
    double size = kMostCell;
    const auto rowsAt = [&](double cell) {
        const double across = std::max(1.0, std::floor(area.width() / cell));
        return std::ceil(static_cast<double>(count) / across);
    };
    while (size > kLeastCell && rowsAt(size) * size > area.height()) size -= 0.5;
    const double across = std::max(1.0, std::floor(area.width() / size));
    const double high = std::min(size, area.height() / rowsAt(size));
    const double wide = area.width() / across;
    for (std::size_t i = 0; i < count; ++i) {
        const double row = std::floor(static_cast<double>(i) / across);
        const double column = static_cast<double>(i) - row * across;
        cells.push_back({area.left() + column * wide, area.top() + row * high, wide, high});
    }
    return cells;
}

// Lines of text from the top of an area, as many as fit.
void placeLines(std::size_t count, QRectF area, LanesLayout& layout) {
    if (count == 0 || area.height() < kHead + kTextLine) return;
    layout.arithmeticHead = {area.left(), area.top(), area.width(), kHead};
    double top = layout.arithmeticHead.bottom();
    for (std::size_t i = 0; i < count && top + kTextLine <= area.bottom() + 0.5; ++i) {
        layout.arithmetic.push_back({area.left(), top, area.width(), kTextLine});
        top += kTextLine;
    }
}

}  // namespace

LanesLayout layoutLanes(std::size_t hits, std::size_t partitions, std::size_t lines, QRectF area) {
    LanesLayout layout;
    const bool isWide = area.width() >= kTwoColumns;
    QRectF left = area;
    if (isWide) left.setWidth((area.width() - kColumnGap) / 2);
    double top = area.top();
    layout.memory = {left.left(), top, left.width(), kHead};
    top += kHead;
    for (std::size_t i = 0; i < hits; ++i, top += kHitLine)
        layout.hits.push_back({left.left(), top, left.width(), kHitLine});
    top += kGap / 2;

    layout.lagHead = {left.left(), top, left.width(), kHead};
    layout.scale = {left.right() - 0.3 * left.width(), top, 0.3 * left.width(), kHead};
    top = layout.lagHead.bottom();
    const double rest = std::max(0.0, area.bottom() - top);
    layout.cells = cellsIn(partitions, {left.left(), top, left.width(),
                                        std::min(kMostCells, isWide ? 0.4 * rest : 0.5 * rest)});
    if (!layout.cells.empty()) top = layout.cells.back().bottom() + kGap;

    const double wanted = kHead + kTextLine * static_cast<double>(lines) + kGap;
    if (isWide) {
        const QRectF right(left.right() + kColumnGap, area.top(), left.width(), area.height());
        placeLines(lines, right, layout);
        const double used =
            layout.arithmetic.empty() ? 0 : layout.arithmetic.back().bottom() - right.top() + kGap;
        // The chart stands below both, over the whole width.
        const double from = std::max(top, area.top() + used);
        layout.chart = {area.left(), from, area.width(), area.bottom() - from};
        if (layout.chart.height() < kLeastChart) layout.chart = {};
        return layout;
    }
    const double free = area.bottom() - top;
    if (free >= kLeastChart + wanted) {
        const double chart = std::min(kMostChart, free - wanted);
        layout.chart = {left.left(), top, left.width(), chart};
        top += chart + kGap;
    }
    placeLines(lines, {left.left(), top, left.width(), area.bottom() - top}, layout);
    return layout;
}

}  // namespace cascadelab
