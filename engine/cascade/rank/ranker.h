// Ranking: models of the four outcomes and the value model over them. Which kind
// of model learns is a parameter; a request never knows. Immutable once trained; any thread may
// predict.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/models/progress.h"
#include "engine/models/rankers/outcome_model.h"
#include "engine/params/params.h"

namespace cascadelab {

// click and not_interested are of an impression, watch (at least half) and like of a click. Both
// are multiplied by the predicted click, so that a watch is never likelier than the click before it
// (Ma et al. 2018, "Entire space multi-task model", whose factors are trained apart here).
struct Ranker {
    RankingModel kind = RankingModel::xgboost;
    // One model an outcome or one for all, in the order of OutcomeScores.
    std::vector<std::shared_ptr<const OutcomeModel>> models;
};

// Weighted sum of the predicted outcomes.
inline float value_of(const RankingParams& params, const OutcomeScores& scores) {
    return static_cast<float>(
        params.weight_click * scores.click + params.weight_watch * scores.watch +
        params.weight_like * scores.like + params.weight_not_interested * scores.not_interested);
}

// Impressions that were shown, with what came of them.
struct ShownRows {
    Matrix rows;                         // impressions x columns, in order of their requests
    Matrix labels;                       // impressions x 4, in the order of OutcomeScores
    std::vector<Eigen::Index> requests;  // first row of each request, ascending
};

// A ranker of the kind params.model; shown is in the order of time, its labels each 0 or 1.
// params.trees are shared evenly by the four models of XGBoost. With params.inverse_propensity rows
// are of ranking_columns() and their losses weigh as propensity_weights() says. Null when
// cancelled.
std::shared_ptr<const Ranker> train_ranker(const ShownRows& shown, const RankingParams& params,
                                           std::uint64_t seed, const Progress& progress = {});

// rows: count x columns, row-major. scratch holds kOutcomeCount * count floats.
void predict_outcomes(const Ranker& ranker, const float* rows, std::size_t count,
                      std::span<float> scratch, std::span<OutcomeScores> out);

// What every column adds to the log-odds of a click: count x (columns + 1), the last column is the
// bias.
Matrix explain_click(const Ranker& ranker, const float* rows, std::size_t count);

}  // namespace cascadelab
