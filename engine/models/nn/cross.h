// The cross layer of DCN-v2 (Wang et al. 2021, "DCN V2: improved deep & cross network", equation
// 1): each layer multiplies what came before with the input once more, so that l layers hold
// products of up to l + 1 columns. Holds weights and no activations.
#pragma once

#include "engine/models/nn/linear.h"

namespace cascadelab::nn {

template <class Scalar>
struct Cross {
    Linear<Scalar> inner;  // d x d

    Cross() = default;
    // Variance 1 / d keeps the scale of what is multiplied.
    Cross(Eigen::Index d, Stream& stream) {
        inner.weight = Parameter<Scalar>(d, d);
        inner.bias = Parameter<Scalar>(1, d);
        inner.weight.randomize(std::sqrt(1.0 / static_cast<double>(d)), stream);
    }

    // y = x0 * (x W + b) + x. All n x d; between = x W + b is kept for the way back.
    void forward(const MatrixOf<Scalar>& x0, const MatrixOf<Scalar>& x, MatrixOf<Scalar>& between,
                 MatrixOf<Scalar>& y) const {
        inner.forward(x, between);
        y = x0.cwiseProduct(between) + x;
    }

    // d_between and dx from dy; adds to dx0.
    void backward_input(const MatrixOf<Scalar>& x0, const MatrixOf<Scalar>& between,
                        const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& d_between,
                        MatrixOf<Scalar>& dx, MatrixOf<Scalar>& dx0) const {
        d_between = dy.cwiseProduct(x0);
        dx0 += dy.cwiseProduct(between);
        inner.backward_input(d_between, dx);
        dx += dy;
    }

    // Adds to the gradients.
    void backward(const MatrixOf<Scalar>& x, const MatrixOf<Scalar>& d_between) {
        inner.backward(x, d_between);
    }
};

}  // namespace cascadelab::nn
