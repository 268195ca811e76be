#include "engine/cascade/ranker.h"

#include <algorithm>
#include <vector>

namespace cascadelab {

std::shared_ptr<const Ranker> train_ranker(const Matrix& rows, const Matrix& labels,
                                           const RankingParams& params, std::uint64_t seed,
                                           const Progress& progress) {
    BoosterSettings settings;
    settings.trees = std::max(1, static_cast<int>(params.trees / 4));
    settings.depth = static_cast<int>(params.depth);
    settings.learning_rate = params.learning_rate;
    settings.seed = seed;

    auto ranker = std::make_shared<Ranker>();
    std::shared_ptr<const Booster>* const heads[] = {&ranker->click, &ranker->watch, &ranker->like,
                                                     &ranker->not_interested};
    std::vector<float> column(static_cast<std::size_t>(labels.rows()));
    for (int head = 0; head < 4; ++head) {
        for (Eigen::Index row = 0; row < labels.rows(); ++row) column[row] = labels(row, head);
        const auto head_progress = [&](double share) {
            return !progress || progress((head + share) / 4);
        };
        *heads[head] = train_booster(rows, column, settings, head_progress);
        if (!*heads[head]) return nullptr;
    }
    return ranker;
}

void predict_outcomes(const Ranker& ranker, const float* rows, std::size_t count,
                      std::span<float> scratch, std::span<OutcomeScores> out) {
    const std::span<float> column = scratch.first(count);
    const auto predict = [&](const Booster& booster, float OutcomeScores::*field) {
        booster.predict(rows, count, column);
        for (std::size_t i = 0; i < count; ++i) out[i].*field = column[i];
    };
    predict(*ranker.click, &OutcomeScores::click);
    predict(*ranker.watch, &OutcomeScores::watch);
    predict(*ranker.like, &OutcomeScores::like);
    predict(*ranker.not_interested, &OutcomeScores::not_interested);
}

}  // namespace cascadelab
