// Logistic regression with an L2 penalty: the plainest ranker, and the floor that the others must
// beat. Trained to convergence by Newton's method, so nothing in it is random. One outcome a model.
#pragma once

#include <memory>

#include "engine/models/progress.h"
#include "engine/models/rankers/outcome_model.h"

namespace cascadelab {

struct LogisticSettings {
    double penalty = 1;  // of half the squared weights, against the sum of losses (1 / C elsewhere)
    int most_steps = 50;                  // Newton steps; a handful is the rule
    std::span<const float> weights = {};  // how much each row's loss counts; empty: all alike
};

// Minimises sum_i log loss(label_i, sigmoid(a + <w, z_i>)) + penalty / 2 |w|^2 (Hastie, Tibshirani
// and Friedman 2009, section 4.4) over columns z of mean 0 and variance 1; the intercept a is free.
// A column that never varies gets no weight. A missing value counts as the column's mean plus a
// weight of its own, learned where the training rows have missing values: the counterpart of the
// default direction of a tree's split. labels: 0 or 1 each. Null when cancelled.
std::shared_ptr<const OutcomeModel> train_logistic(const Matrix& rows,
                                                   std::span<const float> labels,
                                                   const LogisticSettings& settings,
                                                   const Progress& progress = {});

}  // namespace cascadelab
