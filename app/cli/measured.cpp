#include "app/cli/measured.h"

#include <array>
#include <charconv>
#include <cmath>

#include "engine/base/text.h"

namespace cascadelab {

Json measured_json(float value) {
    if (std::isnan(value)) return {};
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return parse_number({buffer.data(), end}).value_or(0);
}

Json measured_json(double value) {
    if (std::isnan(value)) return {};
    return value;
}

Json seed_json(std::uint64_t seed) {
    constexpr std::uint64_t kLargestExact = std::uint64_t{1} << 53;
    return seed <= kLargestExact ? Json(seed) : Json(std::to_string(seed));
}

}  // namespace cascadelab
