// A dense weight with everything training keeps beside it. Layers own parameters; the optimiser
// walks over them. One thread while training; read by any thread afterwards.
#pragma once

#include <cmath>

#include "engine/base/matrix.h"
#include "engine/base/random.h"

namespace cascadelab::nn {

// Blocks of larger matrices, such as the left columns of a layer's input, pass without a copy.
template <class Scalar>
using Block = Eigen::Ref<MatrixOf<Scalar>>;
template <class Scalar>
using ConstBlock = Eigen::Ref<const MatrixOf<Scalar>>;

template <class Scalar>
struct Parameter {
    MatrixOf<Scalar> value;
    MatrixOf<Scalar> gradient;       // d loss / d value; backward passes add, the optimiser clears
    MatrixOf<Scalar> first_moment;   // AdamW's running mean of the gradient
    MatrixOf<Scalar> second_moment;  // and of its square

    Parameter() = default;
    Parameter(Eigen::Index rows, Eigen::Index columns) {
        for (auto* matrix : {&value, &gradient, &first_moment, &second_moment}) {
            matrix->setZero(rows, columns);
        }
    }
    // value ~ N(0, deviation^2), drawn by rows.
    void randomize(double deviation, Stream& stream) {
        for (Eigen::Index i = 0; i < value.size(); ++i) {
            value.data()[i] = static_cast<Scalar>(stream.normal(0, deviation));
        }
    }
};

}  // namespace cascadelab::nn
