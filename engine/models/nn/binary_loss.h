// Cross-entropy of yes and no for several heads at once, where a head may be asked of some rows
// only.
#pragma once

#include <cmath>

#include "engine/base/matrix.h"

namespace cascadelab::nn {

// logits: n x heads; on return d loss / d logits. labels: n x heads, in [0, 1], NaN where the head
// is not asked of the row. Returns what each head adds to the loss, heads: the sum over its rows of
// log(1 + e^z) - label z, divided by n. Their total is the mean log-likelihood of all that came of
// a row, in nats. weights: how much each row counts, n; null: all alike.
template <class Scalar>
VectorOf<Scalar> binary_cross_entropy(MatrixOf<Scalar>& logits, const Matrix& labels,
                                      const float* weights = nullptr) {
    VectorOf<Scalar> loss = VectorOf<Scalar>::Zero(logits.cols());
    const auto each = Scalar(1) / static_cast<Scalar>(logits.rows());
    for (Eigen::Index i = 0; i < logits.rows(); ++i) {
        const Scalar share = weights ? each * static_cast<Scalar>(weights[i]) : each;
        for (Eigen::Index head = 0; head < logits.cols(); ++head) {
            const auto label = static_cast<Scalar>(labels(i, head));
            Scalar& z = logits(i, head);
            if (std::isnan(label)) {
                z = 0;
                continue;
            }
            const Scalar small = std::exp(-std::abs(z));
            loss[head] += share * (std::max(z, Scalar(0)) + std::log1p(small) - label * z);
            const Scalar probability = (z >= 0 ? Scalar(1) : small) / (1 + small);
            z = share * (probability - label);
        }
    }
    return loss;
}

}  // namespace cascadelab::nn
