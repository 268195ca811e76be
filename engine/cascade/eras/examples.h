// What the eras' trainings have in common: the part of a frozen log that they learn from, and how
// their vectors are published. Pure functions; any thread.
#pragma once

#include "engine/cascade/request/representation.h"
#include "engine/features/frozen_log.h"
#include "engine/models/collaborative/interactions.h"

namespace cascadelab {

inline constexpr std::size_t kFewestExamples = 500;  // below this a model would memorise noise

Seconds history_begin_s(const FrozenLog& view);  // begin of the training history

// Watches of at least a tenth inside the training history, in log order. What the log knows already
// but ends only later is not among them.
Interactions training_interactions(const FrozenLog& view);

// What a training at the view's moment publishes of these item vectors.
VectorSpace publish(Matrix vectors, const FrozenLog& view);

}  // namespace cascadelab
