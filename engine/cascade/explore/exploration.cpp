#include "engine/cascade/explore/exploration.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

BanditPolicy bandit_of(ExplorationPolicy policy) {
    switch (policy) {
        case ExplorationPolicy::random:
            return BanditPolicy::random;
        case ExplorationPolicy::epsilon:
            return BanditPolicy::epsilon_greedy;
        case ExplorationPolicy::thompson:
            return BanditPolicy::thompson;
        case ExplorationPolicy::ucb:
            return BanditPolicy::ucb1;
        case ExplorationPolicy::boltzmann:
            return BanditPolicy::boltzmann;
    }
    CHECK(false);
}

}  // namespace

ArmTally item_tally(const CascadeInputs& in, ItemId item, Seconds now_s) {
    const ItemCounters window = in.store.counters(item);
    const auto batch =
        static_cast<double>(in.store.item_batch(item, now_s, in.params.features).click_rate);
    const double rate = std::clamp(batch, 0.01, 0.99);
    const double clicks = window.clicks;
    // A click may outlive its impression in the window.
    const double passed = std::max(0.0, static_cast<double>(window.impressions) - clicks);
    return {clicks + kPriorImpressions * rate, passed + kPriorImpressions * (1 - rate)};
}

std::size_t choose_explored(const CascadeInputs& in, std::span<const ItemId> items, Seconds now_s,
                            Stream& stream) {
    CHECK(!items.empty());
    const RerankParams& params = in.params.rerank;
    if (params.exploration_policy == ExplorationPolicy::random) return stream.below(items.size());
    std::vector<ArmTally> arms;
    double shown = 0;
    for (const ItemId item : items) {
        arms.push_back(item_tally(in, item, now_s));
        shown += arms.back().shown();
    }
    const BanditSettings settings{.policy = bandit_of(params.exploration_policy),
                                  .epsilon = params.exploration_epsilon,
                                  .temperature = params.exploration_temperature,
                                  .prior = 0};
    std::vector<double> score(arms.size());
    score_arms(settings, arms, 1 + static_cast<std::uint64_t>(shown), stream, score);
    return static_cast<std::size_t>(std::ranges::max_element(score) - score.begin());
}

}  // namespace cascadelab
