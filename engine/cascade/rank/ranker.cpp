#include "engine/cascade/rank/ranker.h"

#include <algorithm>
#include <limits>

#include "engine/cascade/rank/propensity.h"
#include "engine/models/rankers/booster.h"
#include "engine/models/rankers/deep_ranker.h"
#include "engine/models/rankers/logistic.h"

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

// A ranker of four models, each of which train(rows, labels, weights, progress) learns alone.
template <class Train>
std::shared_ptr<const Ranker> train_one_an_outcome(RankingModel kind, const Matrix& rows,
                                                   const Matrix& labels,
                                                   std::span<const float> weights,
                                                   const Progress& progress, Train&& train) {
    const std::vector<Eigen::Index> clicked = clicked_rows(labels);
    const Matrix clicked_inputs = rows(clicked, Eigen::all);
    std::vector<float> clicked_weights;
    for (const Eigen::Index row : clicked)
        if (!weights.empty()) clicked_weights.push_back(weights[static_cast<std::size_t>(row)]);
    auto ranker = std::make_shared<Ranker>();
    ranker->kind = kind;
    const auto add = [&](const Matrix& inputs, const VectorOf<float>& column,
                         std::span<const float> weight) {
        const auto done = static_cast<double>(ranker->models.size());
        const auto share = [&](double part) {
            return !progress || progress((done + part) / kOutcomeCount);
        };
        ranker->models.push_back(
            train(inputs, std::span(column.data(), static_cast<std::size_t>(column.size())), weight,
                  Progress(share)));
    };
    add(rows, labels.col(kClick), weights);
    add(clicked_inputs, labels(clicked, kWatch), clicked_weights);
    add(clicked_inputs, labels(clicked, kLike), clicked_weights);
    add(rows, labels.col(kNotInterested), weights);
    const bool whole = std::ranges::all_of(ranker->models, [](const auto& m) { return !!m; });
    return whole ? ranker : nullptr;
}

std::shared_ptr<const Ranker> train_boosters(const Matrix& rows, const Matrix& labels,
                                             std::span<const float> weights,
                                             const RankingParams& params, std::uint64_t seed,
                                             const Progress& progress) {
    BoosterSettings settings;
    settings.trees = std::max(1, static_cast<int>(params.trees / 4));
    settings.depth = static_cast<int>(params.depth);
    settings.learning_rate = params.learning_rate;
    settings.seed = seed;
    return train_one_an_outcome(RankingModel::xgboost, rows, labels, weights, progress,
                                [&](const Matrix& inputs, std::span<const float> column,
                                    std::span<const float> weight, const Progress& share) {
                                    settings.weights = weight;
                                    return train_booster(inputs, column, settings, share);
                                });
}

std::shared_ptr<const Ranker> train_regressions(const Matrix& rows, const Matrix& labels,
                                                std::span<const float> weights,
                                                const Progress& progress) {
    return train_one_an_outcome(RankingModel::logistic, rows, labels, weights, progress,
                                [](const Matrix& inputs, std::span<const float> column,
                                   std::span<const float> weight, const Progress& share) {
                                    return train_logistic(inputs, column, {.weights = weight},
                                                          share);
                                });
}

std::shared_ptr<const Ranker> train_net(const Matrix& rows, const Matrix& labels,
                                        std::span<const float> weights, const RankingParams& params,
                                        std::uint64_t seed, const Progress& progress) {
    DeepRankerSettings settings;
    settings.hidden = static_cast<int>(params.deep_hidden);
    settings.cross_layers = static_cast<int>(params.deep_cross_layers);
    settings.epochs = static_cast<int>(params.deep_epochs);
    settings.learning_rate = params.deep_learning_rate;
    settings.seed = seed;
    settings.weights = weights;
    // What comes of a click is not asked where there was none.
    Matrix asked = labels;
    for (Eigen::Index row = 0; row < labels.rows(); ++row) {
        if (labels(row, kClick) == 0)
            asked(row, kWatch) = asked(row, kLike) = std::numeric_limits<float>::quiet_NaN();
    }
    auto model = train_deep_ranker(rows, asked, settings, progress);
    if (!model) return nullptr;
    auto ranker = std::make_shared<Ranker>();
    ranker->kind = RankingModel::deep;
    ranker->models.push_back(std::move(model));
    return ranker;
}

std::shared_ptr<const Ranker> train_model(const Matrix& rows, const Matrix& labels,
                                          std::span<const float> weights,
                                          const RankingParams& params, std::uint64_t seed,
                                          const Progress& progress) {
    switch (params.model) {
        case RankingModel::logistic:
            return train_regressions(rows, labels, weights, progress);
        case RankingModel::xgboost:
            return train_boosters(rows, labels, weights, params, seed, progress);
        case RankingModel::deep:
            return train_net(rows, labels, weights, params, seed, progress);
    }
    CHECK(false);
}

}  // namespace

std::shared_ptr<const Ranker> train_ranker(const Matrix& rows, const Matrix& labels,
                                           const RankingParams& params, std::uint64_t seed,
                                           const Progress& progress) {
    CHECK(labels.cols() == static_cast<Eigen::Index>(kOutcomeCount));
    if (!params.inverse_propensity) return train_model(rows, labels, {}, params, seed, progress);
    const std::vector<float> weights = propensity_weights(rows, labels, params);
    return train_model(without_position(rows), labels, weights, params, seed, progress);
}

void predict_outcomes(const Ranker& ranker, const float* rows, std::size_t count,
                      std::span<float> scratch, std::span<OutcomeScores> out) {
    std::size_t known = 0;
    for (const auto& model : ranker.models) {
        const auto outcomes = static_cast<std::size_t>(model->outcomes());
        model->predict(rows, count, scratch.subspan(known * count, outcomes * count));
        known += outcomes;
    }
    CHECK(known == kOutcomeCount);
    const float* click = scratch.data();
    for (std::size_t i = 0; i < count; ++i, ++click) {
        out[i].click = *click;
        out[i].watch = *click * click[count];
        out[i].like = *click * click[2 * count];
        out[i].not_interested = click[3 * count];
    }
}

Matrix explain_click(const Ranker& ranker, const float* rows, std::size_t count) {
    return ranker.models.front()->contributions(rows, count, kClick);
}

}  // namespace cascadelab
