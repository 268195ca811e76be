// The segments of a population: how broad a person's taste is. Constant data; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/enum_array.h"

namespace cascadelab {

enum class Segment : std::uint8_t { mainstream, niche, eclectic };
template <>
inline constexpr std::size_t enum_count<Segment> = 3;
std::string_view segment_label(Segment segment);  // "mainstream"

}  // namespace cascadelab
