// What every model of outcomes is, whatever learns inside it (logistic regression, trees, a net):
// rows in, probabilities out, and why. Immutable once trained; any thread may predict and explain.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/matrix.h"

namespace cascadelab {

// Probabilities of an impression.
struct OutcomeScores {
    float click = 0, watch = 0, like = 0, not_interested = 0;
};
inline constexpr std::size_t kOutcomeCount = 4;

class OutcomeModel {
  public:
    virtual ~OutcomeModel() = default;
    virtual std::string_view label() const = 0;  // "XGBoost"
    virtual int columns() const = 0;
    // How many outcomes it predicts: those of one model share its work.
    virtual int outcomes() const = 0;
    // rows: row-major, count x columns, NaN where a value is missing. out: outcomes x count
    // probabilities, one outcome after the other.
    virtual void predict(const float* rows, std::size_t count, std::span<float> out) const = 0;
    // What every column adds to the log-odds of one outcome: count x (columns + 1); the last
    // column is what the model says before it has seen any, and a row sums to the log-odds.
    virtual Matrix contributions(const float* rows, std::size_t count, int outcome) const = 0;
    virtual std::string_view explanation() const = 0;  // what those are called: "SHAP"
    // Everything learned as bytes, for hashing and for files.
    virtual std::vector<std::uint8_t> bytes() const = 0;
};

}  // namespace cascadelab
