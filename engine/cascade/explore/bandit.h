// Bandit policies: which arms to show when showing is the only way to learn. Each gives every arm a
// score; the highest ones are shown, so a page of several arms needs no other code than one arm.
// Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

enum class BanditPolicy {
    random,
    greedy,          // highest mean
    epsilon_greedy,  // greedy, but with probability epsilon all arms at random (Sutton and Barto
                     // 2018, section 2.4)
    boltzmann,       // softmax of the means, drawn by Gumbel noise (same, section 2.8)
    ucb1,            // mean + sqrt(2 ln t / n) (Auer et al. 2002)
    thompson         // a draw from the arm's beta posterior (Thompson 1933)
};

struct BanditSettings {
    BanditPolicy policy = BanditPolicy::thompson;
    double epsilon = 0.1;
    double temperature = 0.1;  // of boltzmann, in units of the reward
    // Successes and failures every arm is thought to have had before the first. 0: arms never shown
    // go first. UCB1 takes none; Thompson needs some.
    double prior = 1;
};

// What an arm has brought so far.
struct ArmTally {
    double successes = 0, failures = 0;
    double shown() const { return successes + failures; }
};

// out: one score an arm, higher is better. Arms that are equally good are told apart by chance.
// round: how many rounds there have been, this one counted. UCB1 gives arms never shown first.
void score_arms(const BanditSettings& settings, std::span<const ArmTally> arms, std::uint64_t round,
                Stream& stream, std::span<double> out);

// The `count` arms of the highest scores, best first, ties by lower arm.
void best_arms(std::span<const double> scores, std::size_t count, std::vector<std::size_t>& out);

}  // namespace cascadelab
