#include "engine/cascade/explore/bandit.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kFirst = 1e3;      // score of an arm that must be tried now
constexpr double kTieBreak = 1e-9;  // far below any real difference of means

double mean_of(const ArmTally& arm, double prior) {
    const double weight = arm.shown() + 2 * prior;
    return weight > 0 ? (arm.successes + prior) / weight : kFirst;
}

double upper_bound(const ArmTally& arm, double two_log_round) {
    const double shown = arm.shown();
    return shown > 0 ? arm.successes / shown + std::sqrt(two_log_round / shown) : kFirst;
}

}  // namespace

void score_arms(const BanditSettings& settings, std::span<const ArmTally> arms, std::uint64_t round,
                Stream& stream, std::span<double> out) {
    CHECK(out.size() == arms.size() && round >= 1);
    BanditPolicy policy = settings.policy;
    if (policy == BanditPolicy::epsilon_greedy) {
        policy = stream.chance(settings.epsilon) ? BanditPolicy::random : BanditPolicy::greedy;
    }
    const double two_log_round = 2 * std::log(static_cast<double>(round));
    for (std::size_t i = 0; i < arms.size(); ++i) {
        switch (policy) {
            case BanditPolicy::random:
                out[i] = stream.uniform();
                break;
            case BanditPolicy::epsilon_greedy:
            case BanditPolicy::greedy:
                out[i] = mean_of(arms[i], settings.prior) + kTieBreak * stream.uniform();
                break;
            case BanditPolicy::boltzmann:
                out[i] = mean_of(arms[i], settings.prior) + settings.temperature * stream.gumbel();
                break;
            case BanditPolicy::ucb1:
                out[i] = upper_bound(arms[i], two_log_round) + kTieBreak * stream.uniform();
                break;
            case BanditPolicy::thompson:
                out[i] = stream.beta(arms[i].successes + settings.prior,
                                     arms[i].failures + settings.prior);
                break;
        }
    }
}

void best_arms(std::span<const double> scores, std::size_t count, std::vector<std::size_t>& out) {
    out.resize(scores.size());
    std::iota(out.begin(), out.end(), std::size_t{0});
    count = std::min(count, out.size());
    const auto better = [&](std::size_t a, std::size_t b) {
        return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
    };
    std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count), out.end(),
                      better);
    out.resize(count);
}

}  // namespace cascadelab
