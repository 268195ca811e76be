// Gradient-boosted trees: XGBoost 1.7 behind a value-like face, always with one thread. The only
// file pair that knows XGBoost. Immutable once trained; predict and contributions may be called
// from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/matrix.h"
#include "engine/models/progress.h"
#include "engine/models/rankers/outcome_model.h"

namespace cascadelab {

struct BoosterSettings {
    int trees = 25;
    int depth = 6;
    double learning_rate = 0.3;
    double min_child_weight = 5;
    double subsample = 1;
    std::uint64_t seed = 0;
    std::span<const float> weights = {};  // how much each row's loss counts; empty: all alike
    // Rows of each page, one page after the other. When there are any, the trees learn the order
    // inside pages (rank:ndcg) from labels that are grades 0, 1, 2, ..., and weights are of pages.
    std::span<const unsigned> pages = {};
};

// One outcome a booster. Its contributions are exact SHAP values in log-odds (Lundberg et al.
// 2018); its bytes are the trained trees as UBJSON. A missing value goes where the split learned to
// send it. Trained on pages it predicts a score without a scale instead of a probability.
class Booster : public OutcomeModel {
  public:
    virtual int trees() const = 0;
    // The library's own prediction and nothing else, for the bench's floor: its buffer, which
    // belongs to the calling thread and lasts until the thread's next call.
    virtual std::span<const float> predict_raw(const float* rows, std::size_t count) const = 0;
};

// binary:logistic on labels in [0, 1], or rank:ndcg on pages; tree_method hist, rows in the order
// given. Null when cancelled.
std::shared_ptr<const Booster> train_booster(const Matrix& rows, std::span<const float> labels,
                                             const BoosterSettings& settings,
                                             const Progress& progress = {});
// Trees from bytes(); a Problem when the bytes are not a model.
Result<std::shared_ptr<const Booster>> load_booster(std::span<const std::uint8_t> bytes);

}  // namespace cascadelab
