// Finds the point under the pointer among very many: cells of equal size, points sorted by cell.
// Built once a map, read while the pointer moves. A value; one thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cascadelab {

class PointGrid {
  public:
    PointGrid() = default;
    explicit PointGrid(std::span<const std::array<float, 2>> points);

    // Index of the point nearest to (x, y) within `radius` (map units); ties go to the lower index.
    std::optional<std::size_t> nearest(std::span<const std::array<float, 2>> points, float x,
                                       float y, float radius) const;

  private:
    int cellOf(float value, int axis) const;

    int m_side = 0;  // cells along each axis
    std::array<float, 2> m_low{}, m_inverse{};
    std::vector<std::uint32_t> m_begin;  // first entry of each cell, one more at the end
    std::vector<std::uint32_t> m_order;  // point indices by cell
};

}  // namespace cascadelab
