// What an agent reads: a prompt that grows with every step, for each step is told all before it.
// Plain arithmetic; any thread.
#pragma once

#include <cstdint>

namespace cascadelab {

struct AgentLoop {
    std::int64_t steps = 5;
    std::int64_t first = 2000;  // tokens of the first prompt
    std::int64_t growth = 800;  // tokens that a step adds: what it said, what its tool answered
};

// Tokens read over all steps: N c + g N (N - 1) / 2.
constexpr std::int64_t prompt_tokens(const AgentLoop& loop) {
    return loop.steps * loop.first + loop.growth * loop.steps * (loop.steps - 1) / 2;
}
// The same where what was read before stays in a prefix cache: c + g (N - 1).
constexpr std::int64_t cached_prompt_tokens(const AgentLoop& loop) {
    return loop.steps == 0 ? 0 : loop.first + loop.growth * (loop.steps - 1);
}

}  // namespace cascadelab
