// The stages of a cascade, each timed apart. A value; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/enum_array.h"

namespace cascadelab {

enum class CascadeStage : std::uint8_t {
    features,
    two_tower,
    hstu,
    generative,
    factorization,
    covisitation,
    lists,
    merge,
    filter,
    rank,
    rerank,
    explore,  // slots that are not given by rank
    policy    // the last gate: nothing leaves that the rules forbid
};
template <>
inline constexpr std::size_t enum_count<CascadeStage> = 13;
std::string_view cascade_stage_label(CascadeStage stage);  // "Two-tower + index"

}  // namespace cascadelab
