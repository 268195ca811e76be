// The generative retriever as evaluation sees it: semantic IDs of what is known of the items, a
// decoder trained on everybody's history, a beam for each question. Any thread.
#pragma once

#include "engine/evaluation/evaluated_models.h"

namespace cascadelab {

Result<ScoringModel> train_generative(const TrainingTask& task);

}  // namespace cascadelab
