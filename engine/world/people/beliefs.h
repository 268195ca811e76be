// What a person believes before having tried: a joint normal over the values of all items, so that
// one item consumed teaches about those near it. Choice is by certainty equivalent. Not the truth,
// and not a recommender's estimate. One thread an object.
#pragma once

#include <cstddef>

#include "engine/base/matrix.h"

namespace cascadelab {

class Beliefs {
  public:
    // mean: items; covariance: items x items, symmetric and positive semi-definite.
    Beliefs(VectorOf<double> mean, MatrixOf<double> covariance);

    double mean(std::size_t item) const { return m_mean[static_cast<Eigen::Index>(item)]; }
    double variance(std::size_t item) const;
    // What the item is worth to somebody who is risk averse (world/people/choice_model.h).
    double certainty_equivalent(std::size_t item, double risk_aversion) const;
    // The item was tried and is worth exactly this much: conditions the normal on it. Does nothing
    // to an item whose value is already known.
    void learn(std::size_t item, double value);

  private:
    VectorOf<double> m_mean;
    MatrixOf<double> m_covariance;
};

}  // namespace cascadelab
