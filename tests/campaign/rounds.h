// How long a campaign goes on, and what it draws: the same every time.
#pragma once

#include <QtGlobal>
#include <cstdint>

#include "engine/base/hash.h"

namespace cascadelab {

// A few rounds in the everyday run; many where CASCADELAB_CAMPAIGN is "long".
inline int campaign_rounds(int few, int many) {
    return qEnvironmentVariable("CASCADELAB_CAMPAIGN") == "long" ? many : few;
}

// Numbers from a seed, in order.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : m_seed(mix_bits(seed)) {}
    std::uint64_t below(std::uint64_t limit) { return mix_bits(m_seed + ++m_count) % limit; }
    double share() { return static_cast<double>(below(1u << 20)) / (1u << 20); }  // 0..1, below 1

  private:
    std::uint64_t m_seed, m_count = 0;
};

}  // namespace cascadelab
