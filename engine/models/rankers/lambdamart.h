// LambdaMART: boosted trees that learn the order inside a page instead of each outcome by itself
// (Burges 2010, "From RankNet to LambdaRank to LambdaMART"). Immutable once trained; any thread may
// predict and explain.
#pragma once

#include <memory>

#include "engine/models/rankers/booster.h"

namespace cascadelab {

struct LambdaMartSettings {
    BoosterSettings trees;                // its weights and pages are not read
    double held_out = 0.2;                // newest share of the pages, which the trees never see
    std::span<const float> weights = {};  // how much a row counts for the scale; empty: all alike
};

// rows, labels: in the order of time, labels in the order of OutcomeScores, 0 or 1. pages: the
// first row of each page, ascending; empty: one page. The grade of a row is 3 for a like, 2 for a
// long watch, 1 for a click, else 0; a page is as good as its NDCG.
//
// The trees' score has an order and no scale. Four monotone maps, sigmoid(slope score + intercept),
// make it the probability of each outcome, of an impression or of a click (Platt 1999); they are
// fitted to the held-out pages. Slopes are at least 0, that of not_interested at most 0, so that
// whatever weighs the outcomes by their sign keeps the order. Contributions are the SHAP values of
// the score times the slope: log-odds like everybody's. Null when cancelled.
std::shared_ptr<const OutcomeModel> train_lambdamart(const Matrix& rows, const Matrix& labels,
                                                     std::span<const Eigen::Index> pages,
                                                     const LambdaMartSettings& settings,
                                                     const Progress& progress = {});

}  // namespace cascadelab
