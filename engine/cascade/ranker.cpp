#include "engine/cascade/ranker.h"

#include <algorithm>
#include <vector>

namespace cascadelab {
namespace {

// Columns of the labels.
constexpr Eigen::Index kClick = 0, kWatch = 1, kLike = 2, kNotInterested = 3;

// The rows of impressions that were clicked; all of them when none was.
std::vector<Eigen::Index> clicked_rows(const Matrix& labels) {
    std::vector<Eigen::Index> clicked, all;
    for (Eigen::Index row = 0; row < labels.rows(); ++row) {
        all.push_back(row);
        if (labels(row, kClick) > 0) clicked.push_back(row);
    }
    return clicked.empty() ? all : clicked;
}

}  // namespace

std::shared_ptr<const Ranker> train_ranker(const Matrix& rows, const Matrix& labels,
                                           const RankingParams& params, std::uint64_t seed,
                                           const Progress& progress) {
    BoosterSettings settings;
    settings.trees = std::max(1, static_cast<int>(params.trees / 4));
    settings.depth = static_cast<int>(params.depth);
    settings.learning_rate = params.learning_rate;
    settings.seed = seed;

    const auto train = [&](const Matrix& inputs, const VectorOf<float>& column, int head) {
        const auto head_progress = [&](double share) {
            return !progress || progress((head + share) / 4);
        };
        return train_booster(inputs, {column.data(), static_cast<std::size_t>(column.size())},
                             settings, head_progress);
    };
    const std::vector<Eigen::Index> clicked = clicked_rows(labels);
    const Matrix clicked_inputs = rows(clicked, Eigen::all);
    auto ranker = std::make_shared<Ranker>();
    ranker->click = train(rows, labels.col(kClick), 0);
    ranker->watch = train(clicked_inputs, labels(clicked, kWatch), 1);
    ranker->like = train(clicked_inputs, labels(clicked, kLike), 2);
    ranker->not_interested = train(rows, labels.col(kNotInterested), 3);
    const bool whole = ranker->click && ranker->watch && ranker->like && ranker->not_interested;
    return whole ? ranker : nullptr;
}

void predict_outcomes(const Ranker& ranker, const float* rows, std::size_t count,
                      std::span<float> scratch, std::span<OutcomeScores> out) {
    const std::span<float> column = scratch.first(count);
    ranker.click->predict(rows, count, column);
    for (std::size_t i = 0; i < count; ++i) out[i].click = column[i];
    ranker.watch->predict(rows, count, column);
    for (std::size_t i = 0; i < count; ++i) out[i].watch = out[i].click * column[i];
    ranker.like->predict(rows, count, column);
    for (std::size_t i = 0; i < count; ++i) out[i].like = out[i].click * column[i];
    ranker.not_interested->predict(rows, count, column);
    for (std::size_t i = 0; i < count; ++i) out[i].not_interested = column[i];
}

}  // namespace cascadelab
