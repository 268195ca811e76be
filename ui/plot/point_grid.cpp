#include "ui/plot/point_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cascadelab {

PointGrid::PointGrid(std::span<const std::array<float, 2>> points) {
    if (points.empty()) return;
    std::array<float, 2> high = points[0];
    m_low = points[0];
    for (const auto& point : points) {
        for (std::size_t axis : {0, 1}) {
            m_low[axis] = std::min(m_low[axis], point[axis]);
            high[axis] = std::max(high[axis], point[axis]);
        }
    }
    // About four points a cell, were they spread evenly.
    m_side = std::clamp(static_cast<int>(std::sqrt(double(points.size()) / 4)), 1, 512);
    for (std::size_t axis : {0, 1})
        m_inverse[axis] = static_cast<float>(m_side) / std::max(high[axis] - m_low[axis], 1e-12f);

    const auto side = static_cast<std::size_t>(m_side);
    std::vector<std::uint32_t> cells;
    cells.reserve(points.size());
    m_begin.assign(side * side + 1, 0);
    for (const auto& point : points) {
        const auto cell =
            static_cast<std::uint32_t>(cellOf(point[1], 1) * m_side + cellOf(point[0], 0));
        cells.push_back(cell);
        ++m_begin[cell + 1];
    }
    for (std::size_t i = 1; i < m_begin.size(); ++i) m_begin[i] += m_begin[i - 1];
    std::vector<std::uint32_t> next(m_begin.begin(), m_begin.end() - 1);
    m_order.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i)
        m_order[next[cells[i]]++] = static_cast<std::uint32_t>(i);
}

int PointGrid::cellOf(float value, int axis) const {
    const auto a = static_cast<std::size_t>(axis);
    const float cell = (value - m_low[a]) * m_inverse[a];
    return std::clamp(static_cast<int>(std::clamp(cell, -1.0f, 1e6f)), 0, m_side - 1);
}

std::optional<std::size_t> PointGrid::nearest(std::span<const std::array<float, 2>> points, float x,
                                              float y, float radius) const {
    if (m_side == 0 || points.size() != m_order.size()) return std::nullopt;
    std::optional<std::size_t> best;
    float bestSquare = radius * radius;
    for (int row = cellOf(y - radius, 1); row <= cellOf(y + radius, 1); ++row) {
        for (int column = cellOf(x - radius, 0); column <= cellOf(x + radius, 0); ++column) {
            const auto cell = static_cast<std::size_t>(row * m_side + column);
            for (std::uint32_t k = m_begin[cell]; k < m_begin[cell + 1]; ++k) {
                const std::size_t i = m_order[k];
                const float dx = points[i][0] - x, dy = points[i][1] - y;
                const float square = dx * dx + dy * dy;
                if (square > bestSquare || (square == bestSquare && best && i > *best)) continue;
                bestSquare = square;
                best = i;
            }
        }
    }
    return best;
}

}  // namespace cascadelab
