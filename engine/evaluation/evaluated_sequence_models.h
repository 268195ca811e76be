// HSTU and SASRec as entries of the list of evaluated models. One thread.
#pragma once

#include "engine/evaluation/evaluated_models.h"

namespace cascadelab {

Result<ScoringModel> train_sasrec(const TrainingTask& task);
Result<ScoringModel> train_hstu(const TrainingTask& task);

}  // namespace cascadelab
