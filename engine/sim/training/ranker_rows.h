// The rows a ranker learns from: impressions of the feature log, joined point in time with what the
// store knew and with what came of them. Pure functions; any thread, on a frozen view.
#pragma once

#include "engine/cascade/rank/ranking_quality.h"
#include "engine/sim/training/training.h"

namespace cascadelab {

struct RankerRows {
    ShownRows shown;  // joined, oldest request first
    Matrix served;    // the same rows as they were served, impressions x columns
};
RankerRows ranker_rows(const FrozenLog& view);

// Training-serving skew: how far apart the same column of the same impression is in the two worlds,
// in standard deviations, as the mean over the store's columns.
float skew_of(const RankerRows& rows);

}  // namespace cascadelab
