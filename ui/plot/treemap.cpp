#include "ui/plot/treemap.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// The worst aspect ratio of a row of areas between `least` and `most` laid along a side.
double worstAspect(double sum, double least, double most, double side) {
    const double s2 = sum * sum, w2 = side * side;
    return std::max(w2 * most / s2, s2 / (w2 * least));
}

// Lays cells [first, last) of `weights` as one row along the shorter side of `free`, and takes the
// row off it.
void layRow(std::span<const double> weights, std::size_t first, std::size_t last, double scale,
            QRectF& free, std::vector<QRectF>& cells) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += weights[i] * scale;
    const bool isColumn = free.width() >= free.height();
    const double side = isColumn ? free.height() : free.width();
    const double thick = side > 0 ? sum / side : 0;
    double at = isColumn ? free.top() : free.left();
    for (std::size_t i = first; i < last; ++i) {
        if (weights[i] <= 0) continue;
        const double length = thick > 0 ? weights[i] * scale / thick : 0;
        cells[i] = isColumn ? QRectF(free.left(), at, thick, length)
                            : QRectF(at, free.top(), length, thick);
        at += length;
    }
    if (isColumn)
        free.setLeft(free.left() + thick);
    else
        free.setTop(free.top() + thick);
}

}  // namespace

std::vector<QRectF> squarifiedCells(std::span<const double> weights, QRectF area) {
    std::vector<QRectF> cells(weights.size());
    double total = 0;
    for (const double weight : weights) {
        CHECK(weight >= 0);
        total += weight;
    }
    if (total <= 0 || area.isEmpty()) return cells;
    const double scale = area.width() * area.height() / total;
    QRectF free = area;
    std::size_t first = 0;
    double sum = 0, least = 0, most = 0, worst = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double size = weights[i] * scale;
        if (size <= 0) continue;
        const double side = std::min(free.width(), free.height());
        const double wider = worstAspect(sum + size, sum > 0 ? std::min(least, size) : size,
                                         std::max(most, size), side);
        if (sum > 0 && wider > worst) {
            layRow(weights, first, i, scale, free, cells);
            first = i;
            sum = size, least = size, most = size;
            worst = worstAspect(size, size, size, std::min(free.width(), free.height()));
            continue;
        }
        least = sum > 0 ? std::min(least, size) : size;
        most = std::max(most, size);
        sum += size;
        worst = wider;
    }
    layRow(weights, first, weights.size(), scale, free, cells);
    return cells;
}

}  // namespace cascadelab
