// y = x W + b. Holds weights and no activations: the caller keeps x and hands it back to backward.
#pragma once

#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

template <class Scalar>
struct Linear {
    Parameter<Scalar> weight;  // in x out
    Parameter<Scalar> bias;    // 1 x out

    Linear() = default;
    // Variance 2 / in keeps the scale of activations through a ReLU (He et al. 2015).
    Linear(Eigen::Index in, Eigen::Index out, Stream& stream) : weight(in, out), bias(1, out) {
        weight.randomize(std::sqrt(2.0 / static_cast<double>(in)), stream);
    }

    // Variance 2 / (in + out) keeps it both ways (Glorot and Bengio 2010): for layers without a
    // ReLU.
    static Linear glorot(Eigen::Index in, Eigen::Index out, Stream& stream) {
        Linear layer;
        layer.weight = Parameter<Scalar>(in, out);
        layer.bias = Parameter<Scalar>(1, out);
        layer.weight.randomize(std::sqrt(2.0 / static_cast<double>(in + out)), stream);
        return layer;
    }

    // x: n x in, y: n x out
    void forward(const ConstBlock<Scalar>& x, MatrixOf<Scalar>& y) const {
        y.noalias() = x * weight.value;
        y.rowwise() += bias.value.row(0);
    }

    // dy: n x out. Adds to the gradients of weight and bias.
    void backward(const ConstBlock<Scalar>& x, const ConstBlock<Scalar>& dy) {
        weight.gradient.noalias() += x.transpose() * dy;
        bias.gradient += dy.colwise().sum();
    }

    // dx: n x in
    void backward_input(const ConstBlock<Scalar>& dy, MatrixOf<Scalar>& dx) const {
        dx.noalias() = dy * weight.value.transpose();
    }
};

}  // namespace cascadelab::nn
