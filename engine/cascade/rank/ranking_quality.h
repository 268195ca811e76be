// How well a ranker predicts outcomes that have happened: calibration, order over all rows, order
// inside a request. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/cascade/rank/ranker.h"

namespace cascadelab {

struct RankingQuality {
    float log_loss = 0;    // of the click, nats an impression; lower is better
    float auc = 0;         // of the click, 0.5 is chance; NaN when all rows are alike
    float ndcg_at_10 = 0;  // of clicks when a request is ordered by value; NaN without any click
};

// Mean of -log of the probability given to what happened, nats.
double log_loss(std::span<const float> labels, std::span<const float> probabilities);
// Chance that a positive scores above a negative, ties counting half (Fawcett 2006). NaN when
// labels are all alike.
double area_under_curve(std::span<const float> labels, std::span<const float> scores);
// NDCG at 10 of one request, gain 1 for a positive; equal scores keep their order. NaN without any
// positive.
double request_ndcg(std::span<const float> labels, std::span<const float> scores);

// The requests [first, last).
ShownRows part_of(const ShownRows& all, std::size_t first, std::size_t last);

// Log loss and AUC are of the place on the page where an item was shown, because the outcome is of
// that place. NDCG is of the values as they would be served, all predicted for the first place.
RankingQuality measure_quality(const Ranker& ranker, const RankingParams& params,
                               const ShownRows& shown);

}  // namespace cascadelab
