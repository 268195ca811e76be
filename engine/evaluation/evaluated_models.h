// The models that can be measured on ratings from outside, each with the settings it is measured
// with. A new model is one entry of the list in evaluated_models.cpp. Constant data; any thread.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluation/held_out.h"
#include "engine/models/progress.h"

namespace cascadelab {

struct EpochLoss {
    double training = 0;    // nats
    double validation = 0;  // nats; NaN where the model holds nobody out
};

// A trained model as evaluation sees it: something that scores the catalogue for a person.
struct ScoringModel {
    // scores: one place an item, higher is better. Empty when training was cancelled.
    std::function<void(PersonId person, std::span<float> scores)> score;
    std::string settings;           // in a few words, for the foot of the table
    std::vector<EpochLoss> epochs;  // the learning curve, for models that have one
};

// What a model is trained with. The HeldOut outlives the ScoringModel.
struct TrainingTask {
    const HeldOut& held_out;
    std::uint64_t seed = 0;
    Progress progress;  // share of 0..1; false cancels
};

struct EvaluatedModel {
    std::string_view name;
    Result<ScoringModel> (*train)(const TrainingTask& task);
};

std::span<const EvaluatedModel> evaluated_models();
// The entries of these names, in this order; no names: all. Names an unknown one, and the nearest.
Result<std::vector<EvaluatedModel>> choose_models(std::span<const std::string> names);

}  // namespace cascadelab
