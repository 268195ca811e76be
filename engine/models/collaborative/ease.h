// EASE: the linear item-to-item model with a zero diagonal, in closed form (Steck 2019,
// "Embarrassingly shallow autoencoders for sparse data"). Exact, so limited to sizes whose Gram
// matrix fits in memory. Immutable once trained; any thread.
#pragma once

#include <memory>
#include <span>

#include "engine/base/error.h"
#include "engine/base/matrix.h"
#include "engine/models/collaborative/incidence.h"

namespace cascadelab {

struct EaseSettings {
    double regularization = 100;  // lambda
};

// With X people x items of 0 and 1, P = (X^T X + lambda Id)^-1 and B_ij = -P_ij / P_jj, B_jj = 0, a
// person x is scored x B. Where people are fewer than items the same P comes from the smaller
// matrix: P = (Id - X^T (X X^T + lambda Id)^-1 X) / lambda (Woodbury's identity).
class Ease {
  public:
    Ease(const Interactions& interactions, const EaseSettings& settings);
    // out has one place an item.
    void score(std::span<const ItemId> items_of_person, std::span<float> out) const;

  private:
    using Square = MatrixOf<double>;
    bool by_people() const { return m_items_of.rows() < m_people_of.rows(); }
    VectorOf<double> times_inverse(std::span<const ItemId> items_of_person) const;  // x P

    Incidence m_items_of;   // X
    Incidence m_people_of;  // X^T
    double m_lambda;
    Square m_inverse;             // of the smaller Gram matrix plus lambda
    VectorOf<double> m_diagonal;  // P_jj of every item
};

// What training holds at its peak: the Gram matrix of the smaller side, twice, in double.
double ease_memory_mib(std::size_t people, std::size_t items);
// A Problem when that is more than memory_mib.
Result<std::shared_ptr<const Ease>> train_ease(const Interactions& interactions,
                                               const EaseSettings& settings, double memory_mib);

}  // namespace cascadelab
