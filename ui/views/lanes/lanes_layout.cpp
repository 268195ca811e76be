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

double heightOf(std::size_t lines) {
    return lines == 0 ? 0 : kHead + kTextLine * static_cast<double>(lines);
}

// A head and lines of text from the top of an area, as many as fit; returns where they end.
double placeLines(std::size_t count, QRectF area, QRectF& head, std::vector<QRectF>& lines) {
    if (count == 0 || area.height() < heightOf(1)) return area.top();
    head = {area.left(), area.top(), area.width(), kHead};
    double top = head.bottom();
    for (std::size_t i = 0; i < count && top + kTextLine <= area.bottom() + 0.5; ++i) {
        lines.push_back({area.left(), top, area.width(), kTextLine});
        top += kTextLine;
    }
    return top + kGap;
}

// Each feature when all have room; else the lanes, when they have.
double placeFeatures(const LanesCounts& counts, QRectF area, LanesLayout& layout) {
    layout.isByFeature = counts.features > 0 && heightOf(counts.features) <= area.height();
    const std::size_t count = layout.isByFeature ? counts.features : counts.lanes;
    if (heightOf(count) > area.height()) return area.top();
    return placeLines(count, area, layout.linesHead, layout.lines);
}

// Memory and the stream, from the top of a column; returns where they end.
double placeStream(const LanesCounts& counts, QRectF column, double most, LanesLayout& layout) {
    double top = column.top();
    layout.memory = {column.left(), top, column.width(), kHead};
    top += kHead;
    for (std::size_t i = 0; i < counts.hits; ++i, top += kHitLine)
        layout.hits.push_back({column.left(), top, column.width(), kHitLine});
    top += kGap / 2;
    layout.lagHead = {column.left(), top, column.width(), kHead};
    layout.scale = {column.right() - 0.3 * column.width(), top, 0.3 * column.width(), kHead};
    top = layout.lagHead.bottom();
    const double rest = std::max(0.0, column.bottom() - top);
    layout.cells = cellsIn(counts.partitions,
                           {column.left(), top, column.width(), std::min(kMostCells, most * rest)});
    return layout.cells.empty() ? top : layout.cells.back().bottom() + kGap;
}

}  // namespace

LanesLayout layoutLanes(const LanesCounts& counts, QRectF area) {
    LanesLayout layout;
    const double arithmetic = heightOf(counts.arithmetic) + kGap;
    if (area.width() >= kTwoColumns) {
        // Left the stream and its past, right the arithmetic and the features.
        const double width = (area.width() - kColumnGap) / 2;
        const QRectF left(area.left(), area.top(), width, area.height());
        QRectF right(left.right() + kColumnGap, area.top(), width, area.height());
        const double top = placeStream(counts, left, 0.4, layout);
        layout.chart = {left.left(), top, width, area.bottom() - top};
        if (layout.chart.height() < kLeastChart) layout.chart = {};
        right.setTop(
            placeLines(counts.arithmetic, right, layout.arithmeticHead, layout.arithmetic));
        placeFeatures(counts, right, layout);
        return layout;
    }
    QRectF rest = area;
    rest.setTop(placeStream(counts, area, 0.35, layout));
    const double everything = heightOf(counts.features) + kGap + arithmetic + kLeastChart;
    LanesCounts lines = counts;
    if (rest.height() < everything) lines.features = 0;
    rest.setTop(placeFeatures(lines, rest, layout));
    if (rest.height() >= kLeastChart + arithmetic) {
        const double chart = std::min(kMostChart, rest.height() - arithmetic);
        layout.chart = {rest.left(), rest.top(), rest.width(), chart};
        rest.setTop(rest.top() + chart + kGap);
    }
    placeLines(counts.arithmetic, rest, layout.arithmeticHead, layout.arithmetic);
    return layout;
}

}  // namespace cascadelab
