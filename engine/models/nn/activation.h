// Element-wise activations. forward: y = f(x); backward: dx = dy * f'(x). Shapes are equal
// throughout; y may be x and dx may be dy.
#pragma once

#include <cmath>
#include <numbers>

#include "engine/base/matrix.h"

namespace cascadelab::nn {

template <class Scalar>
void relu_forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y) {
    y = x.cwiseMax(Scalar(0));
}
// x may be the input or the output of the forward pass: both are positive in the same places.
template <class Scalar>
void relu_backward(const MatrixOf<Scalar>& x, const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
    dx = (x.array() > Scalar(0)).select(dy, Scalar(0));
}

// x sigmoid(x) (Elfwing et al. 2018)
template <class Scalar>
void silu_forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y) {
    y = (x.array() / (Scalar(1) + (-x.array()).exp())).matrix();
}
// By rows: a gate for the whole of x would be a large matrix made anew in every pass.
template <class Scalar>
void silu_backward(const MatrixOf<Scalar>& x, const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
    dx.resize(x.rows(), x.cols());
    Eigen::Array<Scalar, 1, Eigen::Dynamic> gate(x.cols());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        gate = Scalar(1) / (Scalar(1) + (-x.row(i).array()).exp());
        dx.row(i) = (dy.row(i).array() * gate * (Scalar(1) + x.row(i).array() * (Scalar(1) - gate)))
                        .matrix();
    }
}

// x Phi(x) by the tanh approximation (Hendrycks and Gimpel 2016)
namespace gelu {
template <class Scalar>
auto inner(const MatrixOf<Scalar>& x) {
    const auto scale = static_cast<Scalar>(std::sqrt(2 / std::numbers::pi));
    return (scale * (x.array() + Scalar(0.044715) * x.array().cube())).tanh().eval();
}
}  // namespace gelu
template <class Scalar>
void gelu_forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y) {
    y = (Scalar(0.5) * x.array() * (Scalar(1) + gelu::inner(x))).matrix();
}
template <class Scalar>
void gelu_backward(const MatrixOf<Scalar>& x, const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
    const auto scale = static_cast<Scalar>(std::sqrt(2 / std::numbers::pi));
    const auto bend = gelu::inner(x);
    const auto slope = scale * (Scalar(1) + Scalar(3 * 0.044715) * x.array().square());
    dx = (dy.array() * Scalar(0.5) *
          (Scalar(1) + bend + x.array() * (Scalar(1) - bend.square()) * slope))
             .matrix();
}

}  // namespace cascadelab::nn
