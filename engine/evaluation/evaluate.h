// Models against each other on ratings from outside: everyone learns from the same events and is
// asked the same questions. Runs on the calling thread; the numbers depend on ratings, options and
// seed alone, the times on the machine.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/evaluation/evaluated_models.h"
#include "engine/evaluation/list_quality.h"

namespace cascadelab {

struct Evaluation;

struct EvaluateOptions {
    std::vector<EvaluatedModel> models;
    Split split = Split::leave_last_out;
    std::optional<double> min_rating;
    std::uint64_t seed = 1;
    // Called now and then with the share of the work that is done; false stops.
    std::function<bool(double share, std::string_view model)> go_on;
    // Called with every model that is done: what is known so far, not complete.
    std::function<void(const Evaluation&)> model_done = {};
};

struct ModelReport {
    std::string model;
    std::string settings;
    TopKQuality quality;  // mean over the people asked
    double train_s = 0;   // wall clock
    double score_ms = 0;  // to score the catalogue and rank it, mean a person
    std::vector<EpochLoss> epochs;
};

struct Evaluation {
    std::size_t people = 0, items = 0;  // in the file
    std::size_t train_rows = 0, test_rows = 0, people_asked = 0;
    std::vector<ModelReport> models;
    std::vector<Problem> refused;  // models that could not be trained on this
    bool complete = true;          // false: stopped by go_on
};

// A Problem when the split leaves nobody to ask.
Result<Evaluation> evaluate(const Ratings& ratings, const EvaluateOptions& options);

}  // namespace cascadelab
