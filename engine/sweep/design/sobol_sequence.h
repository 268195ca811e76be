// Sobol' points: each power of two of them fills the cube evenly, in every pair of axes too. Pure;
// any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

// Direction numbers of Joe and Kuo (2008, "Constructing Sobol sequences with better two-dimensional
// projections", SIAM J. Sci. Comput. 30; table new-joe-kuo-6), points in Gray code order as in
// their program.
class SobolSequence {
  public:
    static constexpr std::size_t kMostAxes = 64;
    static constexpr std::size_t kBits = 32;

    explicit SobolSequence(std::size_t axes);  // 1..kMostAxes

    // Shifts every point by the same random bits an axis: still as even, and no corner is always
    // hit (L'Ecuyer and Lemieux 2002).
    void shift(Stream& stream);
    void point(std::uint32_t index, std::span<double> out) const;  // out: axes, each in [0, 1)

  private:
    std::vector<std::array<std::uint32_t, kBits>> m_direction;  // an axis
    std::vector<std::uint32_t> m_shift;
};

}  // namespace cascadelab
