// What the decoder is taught: everybody's watches in the log, told apart by whether the decoder had
// a hand in them. Here a loop closes, and here it can be opened. Pure functions, run on a
// background thread.
#pragma once

#include "engine/sim/training/training.h"

namespace cascadelab {

struct TrainingWatch {
    PersonId person;
    ItemId item;
    Seconds time_s = 0;
    bool generated = false;  // the decoder itself had put the item forward
    double weight = 0;       // of its loss; 0: it only tells of the person
};

// Watches of at least a tenth inside generative.history_days, in log order. Of the newest
// generative.examples a random generative.retrain_share are to be predicted, weighed by propensity
// where that is on. Then those that the decoder did not propose (organic views, search,
// exploration, other sources) are raised to at least generative.fresh_share of all weight,
// which stays the same in sum; where there are none nothing is raised.
std::vector<TrainingWatch> training_watches_of(const FrozenLog& view);

}  // namespace cascadelab
