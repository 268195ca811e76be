// Inverse propensity: what was clicked although hardly anybody looks there counts for more, so that
// a ranker learns what people like and not where it stood (Joachims, Swaminathan and Schnabel
// 2017). The propensities are what the system believes, not how people look. Pure functions.
#pragma once

#include <vector>

#include "engine/base/matrix.h"
#include "engine/params/params.h"

namespace cascadelab {

// Probability that place k, from 0, is looked at: (k + 1)^-propensity_decay.
double propensity(const RankingParams& params, double place);
// How much each impression counts: 1 / propensity of its place, at most propensity_clip, where
// something was done with it (a click, "not interested"); 1 where nothing was. rows: impressions x
// ranking columns; labels: impressions x outcomes. That a click is now what a place seen by
// everybody would bring holds while clicks are rare: an item clicked with probability r when seen
// is put at r / (1 + r (1 - propensity)).
std::vector<float> propensity_weights(const Matrix& rows, const Matrix& labels,
                                      const RankingParams& params);
// The same rows all as if shown at the first place: what the weights correct, no column may.
Matrix without_position(Matrix rows);

}  // namespace cascadelab
