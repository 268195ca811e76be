// The two row normalisations: LayerNorm (Ba et al. 2016), plain or with a learned gain and bias,
// and L2 onto the unit sphere. Backward passes work from the output and one number a row.
#pragma once

#include <cmath>

#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

// y = (x - mean) / sqrt(variance + 1e-6) by rows. x, y: n x d; inverse_deviation: n
template <class Scalar>
void layer_norm_forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y,
                        VectorOf<Scalar>& inverse_deviation) {
    y = x.colwise() - x.rowwise().mean();
    inverse_deviation = (y.rowwise().squaredNorm().array() / static_cast<Scalar>(x.cols()) +
                         static_cast<Scalar>(1e-6))
                            .rsqrt()
                            .matrix();
    y.array().colwise() *= inverse_deviation.array();
}

// dx = (dy - mean(dy) - y mean(dy * y)) / deviation
template <class Scalar>
void layer_norm_backward(const MatrixOf<Scalar>& y, const VectorOf<Scalar>& inverse_deviation,
                         const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
    const VectorOf<Scalar> mean = dy.rowwise().mean();
    const VectorOf<Scalar> along = dy.cwiseProduct(y).rowwise().mean();
    dx = dy.colwise() - mean;
    dx.array() -= y.array().colwise() * along.array();
    dx.array().colwise() *= inverse_deviation.array();
}

// y = gain * normalised x + bias. Keeps the last batch's normalised rows for the way back.
template <class Scalar>
struct LayerNorm {
    Parameter<Scalar> gain;              // 1 x d, ones at the start
    Parameter<Scalar> bias;              // 1 x d
    MatrixOf<Scalar> normal;             // n x d
    VectorOf<Scalar> inverse_deviation;  // n

    LayerNorm() = default;
    explicit LayerNorm(Eigen::Index dims) : gain(1, dims), bias(1, dims) { gain.value.setOnes(); }

    // x, y: n x d
    void forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y) {
        layer_norm_forward(x, normal, inverse_deviation);
        y = (normal.array().rowwise() * gain.value.row(0).array()).matrix();
        y.rowwise() += bias.value.row(0);
    }
    // Adds to the gradients of gain and bias. dx may be dy.
    void backward(const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
        gain.gradient += dy.cwiseProduct(normal).colwise().sum();
        bias.gradient += dy.colwise().sum();
        const MatrixOf<Scalar> d_normal =
            (dy.array().rowwise() * gain.value.row(0).array()).matrix();
        layer_norm_backward(normal, inverse_deviation, d_normal, dx);
    }
};

// y = x / max(|x|, 1e-6) by rows. x, y: n x d; inverse_norm: n
template <class Scalar>
void unit_forward(const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y, VectorOf<Scalar>& inverse_norm) {
    inverse_norm = x.rowwise().norm().cwiseMax(static_cast<Scalar>(1e-6)).cwiseInverse();
    y = (x.array().colwise() * inverse_norm.array()).matrix();
}

// dx = (dy - y <dy, y>) / |x|: only what is across y moves a unit vector.
template <class Scalar>
void unit_backward(const MatrixOf<Scalar>& y, const VectorOf<Scalar>& inverse_norm,
                   const MatrixOf<Scalar>& dy, MatrixOf<Scalar>& dx) {
    const VectorOf<Scalar> along = dy.cwiseProduct(y).rowwise().sum();
    dx = dy;
    dx.array() -= y.array().colwise() * along.array();
    dx.array().colwise() *= inverse_norm.array();
}

}  // namespace cascadelab::nn
