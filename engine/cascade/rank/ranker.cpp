#include "engine/cascade/rank/ranker.h"

#include <algorithm>
#include <limits>

#include "engine/cascade/rank/propensity.h"
#include "engine/models/rankers/booster.h"
#include "engine/models/rankers/deep_ranker.h"
#include "engine/models/rankers/lambdamart.h"
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

// What a kind of ranker learns from, as train_ranker() was asked.
struct RankerTask {
    const Matrix& rows;
    const Matrix& labels;
    std::span<const Eigen::Index> requests;  // first row of each
    std::span<const float> weights;          // a row each; empty: all alike
    const RankingParams& params;
    std::uint64_t seed;
    const Progress& progress;
};

// A ranker of four models, each of which train(rows, labels, weights, progress) learns alone.
template <class Train>
std::shared_ptr<const Ranker> train_one_an_outcome(const RankerTask& task, Train&& train) {
    const std::vector<Eigen::Index> clicked = clicked_rows(task.labels);
    const Matrix clicked_inputs = task.rows(clicked, Eigen::all);
    std::vector<float> clicked_weights;
    for (const Eigen::Index row : clicked) {
        if (task.weights.empty()) break;
        clicked_weights.push_back(task.weights[static_cast<std::size_t>(row)]);
    }
    auto ranker = std::make_shared<Ranker>();
    ranker->kind = task.params.model;
    const auto add = [&](const Matrix& inputs, const VectorOf<float>& column,
                         std::span<const float> weight) {
        const auto done = static_cast<double>(ranker->models.size());
        const auto share = [&](double part) {
            return !task.progress || task.progress((done + part) / kOutcomeCount);
        };
        ranker->models.push_back(
            train(inputs, std::span(column.data(), static_cast<std::size_t>(column.size())), weight,
                  Progress(share)));
    };
    add(task.rows, task.labels.col(kClick), task.weights);
    add(clicked_inputs, task.labels(clicked, kWatch), clicked_weights);
    add(clicked_inputs, task.labels(clicked, kLike), clicked_weights);
    add(task.rows, task.labels.col(kNotInterested), task.weights);
    const bool whole = std::ranges::all_of(ranker->models, [](const auto& m) { return !!m; });
    return whole ? ranker : nullptr;
}

// A ranker of one model that knows all outcomes; null without it.
std::shared_ptr<const Ranker> of_one_model(RankingModel kind,
                                           std::shared_ptr<const OutcomeModel> model) {
    if (!model) return nullptr;
    return std::make_shared<const Ranker>(Ranker{kind, {std::move(model)}});
}

BoosterSettings booster_settings(const RankerTask& task, std::int64_t trees) {
    BoosterSettings settings;
    settings.trees = std::max(1, static_cast<int>(trees));
    settings.depth = static_cast<int>(task.params.depth);
    settings.learning_rate = task.params.learning_rate;
    settings.seed = task.seed;
    return settings;
}

std::shared_ptr<const Ranker> train_boosters(const RankerTask& task) {
    BoosterSettings settings =
        booster_settings(task, task.params.trees / std::int64_t{kOutcomeCount});
    return train_one_an_outcome(task, [&](const Matrix& inputs, std::span<const float> column,
                                          std::span<const float> weight, const Progress& share) {
        settings.weights = weight;
        return train_booster(inputs, column, settings, share);
    });
}

std::shared_ptr<const Ranker> train_regressions(const RankerTask& task) {
    return train_one_an_outcome(task, [](const Matrix& inputs, std::span<const float> column,
                                         std::span<const float> weight, const Progress& share) {
        return train_logistic(inputs, column, {.weights = weight}, share);
    });
}

std::shared_ptr<const Ranker> train_net(const RankerTask& task) {
    DeepRankerSettings settings;
    settings.hidden = static_cast<int>(task.params.deep_hidden);
    settings.cross_layers = static_cast<int>(task.params.deep_cross_layers);
    settings.epochs = static_cast<int>(task.params.deep_epochs);
    settings.learning_rate = task.params.deep_learning_rate;
    settings.seed = task.seed;
    settings.weights = task.weights;
    // What comes of a click is not asked where there was none.
    Matrix asked = task.labels;
    for (Eigen::Index row = 0; row < asked.rows(); ++row) {
        if (asked(row, kClick) == 0)
            asked(row, kWatch) = asked(row, kLike) = std::numeric_limits<float>::quiet_NaN();
    }
    return of_one_model(task.params.model,
                        train_deep_ranker(task.rows, asked, settings, task.progress));
}

std::shared_ptr<const Ranker> train_order(const RankerTask& task) {
    const LambdaMartSettings settings{.trees = booster_settings(task, task.params.trees),
                                      .weights = task.weights};
    return of_one_model(task.params.model, train_lambdamart(task.rows, task.labels, task.requests,
                                                            settings, task.progress));
}

// What a kind does; what it is called stands in params/ranking_model.h.
struct RankerKind {
    RankingModel value;
    std::shared_ptr<const Ranker> (*train)(const RankerTask& task);
};
constexpr auto kKinds =
    enum_table<RankingModel, RankerKind>({{RankingModel::logistic, train_regressions},
                                          {RankingModel::xgboost, train_boosters},
                                          {RankingModel::deep, train_net},
                                          {RankingModel::lambdamart, train_order}});

}  // namespace

std::shared_ptr<const Ranker> train_ranker(const ShownRows& shown, const RankingParams& params,
                                           std::uint64_t seed, const Progress& progress) {
    const auto& [rows, labels, requests] = shown;
    CHECK(labels.cols() == static_cast<Eigen::Index>(kOutcomeCount));
    const auto train = kKinds[params.model].train;
    if (!params.inverse_propensity)
        return train({rows, labels, requests, {}, params, seed, progress});
    const std::vector<float> weights = propensity_weights(rows, labels, params);
    return train({without_position(rows), labels, requests, weights, params, seed, progress});
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
