// The stations of the modelled fleet. What each is stands in its row (fleet_plan.h). Constant; any
// thread.
#pragma once

#include <cstdint>

#include "engine/base/enum_array.h"

namespace cascadelab {

// In an order in which every station stands behind those it waits for.
enum class FleetStation : std::uint8_t {
    edge,
    gateway,
    features,
    search_intent,
    two_tower,
    hstu,
    factorization,
    covisitation,
    neighbours_liked,
    trending,
    fresh,
    followed,
    decoder,  // on GPUs
    ranking,
    reranking,
    language_model,  // on GPUs
    policy
};
template <>
inline constexpr std::size_t enum_count<FleetStation> = 17;

}  // namespace cascadelab
