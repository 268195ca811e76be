// Ranking: one boosted model an outcome and the value model over them (design section 7). Immutable
// once trained; any thread may predict.
#pragma once

#include <memory>
#include <span>

#include "engine/models/booster.h"
#include "engine/params/params.h"

namespace cascadelab {

// click and not_interested are of an impression, watch (at least half) and like of a click. Both
// are multiplied by the predicted click, so that a watch is never likelier than the click before it
// (Ma et al. 2018, "Entire space multi-task model", whose factors are trained apart here).
struct Ranker {
    std::shared_ptr<const Booster> click, watch, like, not_interested;
};

// Probabilities of an impression.
struct OutcomeScores {
    float click = 0, watch = 0, like = 0, not_interested = 0;
};

// Weighted sum of the predicted outcomes.
inline float value_of(const RankingParams& params, const OutcomeScores& scores) {
    return static_cast<float>(
        params.weight_click * scores.click + params.weight_watch * scores.watch +
        params.weight_like * scores.like + params.weight_not_interested * scores.not_interested);
}

// rows: labels.rows() x columns; labels: rows x 4 in the order of OutcomeScores, each 0 or 1.
// params.trees are shared evenly by the four models. Null when cancelled.
std::shared_ptr<const Ranker> train_ranker(const Matrix& rows, const Matrix& labels,
                                           const RankingParams& params, std::uint64_t seed,
                                           const Progress& progress = {});

// rows: count x columns, row-major. scratch holds count floats.
void predict_outcomes(const Ranker& ranker, const float* rows, std::size_t count,
                      std::span<float> scratch, std::span<OutcomeScores> out);

}  // namespace cascadelab
