#include "engine/sweep/design/sobol_sequence.h"

#include <bit>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// One axis after the first: the degree of its primitive polynomial, the polynomial's inner
// coefficients as bits, and the first direction numbers.
struct DirectionRow {
    std::size_t degree;
    std::uint32_t coefficients;
    std::array<std::uint16_t, 9> first;
};
constexpr std::array<DirectionRow, SobolSequence::kMostAxes - 1> kRows = {{
    {1, 0, {1}},
    {2, 1, {1, 3}},
    {3, 1, {1, 3, 1}},
    {3, 2, {1, 1, 1}},
    {4, 1, {1, 1, 3, 3}},
    {4, 4, {1, 3, 5, 13}},
    {5, 2, {1, 1, 5, 5, 17}},
    {5, 4, {1, 1, 5, 5, 5}},
    {5, 7, {1, 1, 7, 11, 19}},
    {5, 11, {1, 1, 5, 1, 1}},
    {5, 13, {1, 1, 1, 3, 11}},
    {5, 14, {1, 3, 5, 5, 31}},
    {6, 1, {1, 3, 3, 9, 7, 49}},
    {6, 13, {1, 1, 1, 15, 21, 21}},
    {6, 16, {1, 3, 1, 13, 27, 49}},
    {6, 19, {1, 1, 1, 15, 7, 5}},
    {6, 22, {1, 3, 1, 15, 13, 25}},
    {6, 25, {1, 1, 5, 5, 19, 61}},
    {7, 1, {1, 3, 7, 11, 23, 15, 103}},
    {7, 4, {1, 3, 7, 13, 13, 15, 69}},
    {7, 7, {1, 1, 3, 13, 7, 35, 63}},
    {7, 8, {1, 3, 5, 9, 1, 25, 53}},
    {7, 14, {1, 3, 1, 13, 9, 35, 107}},
    {7, 19, {1, 3, 1, 5, 27, 61, 31}},
    {7, 21, {1, 1, 5, 11, 19, 41, 61}},
    {7, 28, {1, 3, 5, 3, 3, 13, 69}},
    {7, 31, {1, 1, 7, 13, 1, 19, 1}},
    {7, 32, {1, 3, 7, 5, 13, 19, 59}},
    {7, 37, {1, 1, 3, 9, 25, 29, 41}},
    {7, 41, {1, 3, 5, 13, 23, 1, 55}},
    {7, 42, {1, 3, 7, 3, 13, 59, 17}},
    {7, 50, {1, 3, 1, 3, 5, 53, 69}},
    {7, 55, {1, 1, 5, 5, 23, 33, 13}},
    {7, 56, {1, 1, 7, 7, 1, 61, 123}},
    {7, 59, {1, 1, 7, 9, 13, 61, 49}},
    {7, 62, {1, 3, 3, 5, 3, 55, 33}},
    {8, 14, {1, 3, 1, 15, 31, 13, 49, 245}},
    {8, 21, {1, 3, 5, 15, 31, 59, 63, 97}},
    {8, 22, {1, 3, 1, 11, 11, 11, 77, 249}},
    {8, 38, {1, 3, 1, 11, 27, 43, 71, 9}},
    {8, 47, {1, 1, 7, 15, 21, 11, 81, 45}},
    {8, 49, {1, 3, 7, 3, 25, 31, 65, 79}},
    {8, 50, {1, 3, 1, 1, 19, 11, 3, 205}},
    {8, 52, {1, 1, 5, 9, 19, 21, 29, 157}},
    {8, 56, {1, 3, 7, 11, 1, 33, 89, 185}},
    {8, 67, {1, 3, 3, 3, 15, 9, 79, 71}},
    {8, 70, {1, 3, 7, 11, 15, 39, 119, 27}},
    {8, 84, {1, 1, 3, 1, 11, 31, 97, 225}},
    {8, 97, {1, 1, 1, 3, 23, 43, 57, 177}},
    {8, 103, {1, 3, 7, 7, 17, 17, 37, 71}},
    {8, 115, {1, 3, 1, 5, 27, 63, 123, 213}},
    {8, 122, {1, 1, 3, 5, 11, 43, 53, 133}},
    {9, 8, {1, 3, 5, 5, 29, 17, 47, 173, 479}},
    {9, 13, {1, 3, 3, 11, 3, 1, 109, 9, 69}},
    {9, 16, {1, 1, 1, 5, 17, 39, 23, 5, 343}},
    {9, 22, {1, 3, 1, 5, 25, 15, 31, 103, 499}},
    {9, 25, {1, 1, 1, 11, 11, 17, 63, 105, 183}},
    {9, 44, {1, 1, 5, 11, 9, 29, 97, 231, 363}},
    {9, 47, {1, 1, 5, 15, 19, 45, 41, 7, 383}},
    {9, 52, {1, 3, 7, 7, 31, 19, 83, 137, 221}},
    {9, 55, {1, 1, 1, 3, 23, 15, 111, 223, 83}},
    {9, 59, {1, 1, 5, 13, 31, 15, 55, 25, 161}},
    {9, 62, {1, 1, 3, 13, 25, 47, 39, 87, 257}},
}};

using Directions = std::array<std::uint32_t, SobolSequence::kBits>;

// The first axis is the van der Corput sequence.
Directions first_directions() {
    Directions out{};
    for (std::size_t bit = 0; bit < out.size(); ++bit) out[bit] = 1u << (31 - bit);
    return out;
}

// The recurrence of Bratley and Fox (1988), on numbers shifted to the top of 32 bits.
Directions directions_of(const DirectionRow& row) {
    Directions out{};
    const std::size_t degree = row.degree;
    for (std::size_t bit = 0; bit < out.size(); ++bit) {
        if (bit < degree) {
            out[bit] = std::uint32_t{row.first[bit]} << (31 - bit);
            continue;
        }
        out[bit] = out[bit - degree] ^ (out[bit - degree] >> degree);
        for (std::size_t k = 1; k < degree; ++k) {
            if ((row.coefficients >> (degree - 1 - k)) & 1u) out[bit] ^= out[bit - k];
        }
    }
    return out;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t axes) : m_shift(axes, 0) {
    CHECK(axes >= 1 && axes <= kMostAxes);
    m_direction.push_back(first_directions());
    for (std::size_t axis = 1; axis < axes; ++axis)
        m_direction.push_back(directions_of(kRows[axis - 1]));
}

void SobolSequence::shift(Stream& stream) {
    for (std::uint32_t& bits : m_shift) bits = static_cast<std::uint32_t>(stream.bits() >> 32);
}

void SobolSequence::point(std::uint32_t index, std::span<double> out) const {
    CHECK(out.size() == m_direction.size());
    for (std::size_t axis = 0; axis < out.size(); ++axis) {
        std::uint32_t bits = m_shift[axis];
        for (std::uint32_t gray = index ^ (index >> 1); gray != 0; gray &= gray - 1)
            bits ^= m_direction[axis][static_cast<std::size_t>(std::countr_zero(gray))];
        out[axis] = static_cast<double>(bits) * 0x1.0p-32;
    }
}

}  // namespace cascadelab
