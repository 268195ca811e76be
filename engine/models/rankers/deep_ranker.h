// The deep ranker: DCN-v2 over embedded columns, one body for all outcomes (Wang et al. 2021;
// Caruana 1997 for the shared body). The same columns as the trees, nothing else. Immutable once
// trained; any thread may predict and explain.
#pragma once

#include <memory>

#include "engine/models/progress.h"
#include "engine/models/rankers/outcome_model.h"

namespace cascadelab {

struct DeepRankerSettings {
    int hidden = 64;  // width of the first layer of the deep part; the second has half
    int cross_layers = 2;
    int embedding = 4;  // width of a column's vector
    int epochs = 10;    // at most
    int patience = 2;   // epochs without a better held-out loss before it stops
    int batch = 256;
    double learning_rate = 2e-3;
    double weight_decay = 1e-2;
    double dropout = 0;
    double held_out = 0.1;  // newest share of the rows, never learned from
    std::uint64_t seed = 0;
    std::span<const float> weights = {};  // how much each row's loss counts; empty: all alike
};

class DeepRanker : public OutcomeModel {
  public:
    // Loss on the held-out rows before the first epoch and after each, nats a row, all outcomes
    // together. The weights published are those of its minimum.
    virtual std::span<const double> held_out_loss() const = 0;
};

// rows: in the order of time, of which the newest share only decides when to stop. labels: rows x
// outcomes, 0 or 1, NaN where an outcome was not possible (a like without a click). A column's
// values become vectors by knots at its quantiles; a missing value has a vector of its own, learned
// from rows that miss it, which is the counterpart of the default direction of a tree's split;
// where training never missed a value, a missing one counts as the mean. Every head begins at the
// log-odds of its share of positives and nothing else, so the first loss is the entropy of that
// share: ln 2 where labels are balanced. Null when cancelled.
//
// contributions() are integrated gradients (Sundararajan et al. 2017) over the embedded row, from
// the mean embedded training row to the row at hand by the midpoint rule; a column's vector is
// summed up. They add up to the log-odds within the error of that rule.
std::shared_ptr<const DeepRanker> train_deep_ranker(const Matrix& rows, const Matrix& labels,
                                                    const DeepRankerSettings& settings,
                                                    const Progress& progress = {});

}  // namespace cascadelab
