// Dropout from keyed streams: the same seed and step drop the same things in every run.
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/random.h"
#include "engine/models/nn/embedding.h"

namespace cascadelab::nn {

// Inverted dropout (Srivastava et al. 2014): y = x * mask, where mask is 0 with probability `share`
// and 1 / (1 - share) otherwise, so that nothing has to be rescaled when serving. All n x d;
// backward is dx = dy * mask.
template <class Scalar>
void dropout_forward(const MatrixOf<Scalar>& x, double share, Stream& stream, MatrixOf<Scalar>& y,
                     MatrixOf<Scalar>& mask) {
    mask.resize(x.rows(), x.cols());
    const auto kept = static_cast<Scalar>(1 / (1 - share));
    for (Eigen::Index i = 0; i < mask.size(); ++i) {
        mask.data()[i] = stream.chance(share) ? Scalar(0) : kept;
    }
    y = x.cwiseProduct(mask);
}

template <class Scalar>
void dropout_backward(const MatrixOf<Scalar>& mask, const MatrixOf<Scalar>& dy,
                      MatrixOf<Scalar>& dx) {
    dx = dy.cwiseProduct(mask);
}

// The same in place, as a layer that keeps its mask. A share of 0 is the identity and draws
// nothing.
template <class Scalar>
struct Dropout {
    MatrixOf<Scalar> mask;  // n x d; empty: nothing was dropped

    void forward(MatrixOf<Scalar>& x, double share, Stream& stream) {
        mask.resize(0, 0);
        if (share > 0) dropout_forward(x, share, stream, x, mask);
    }
    void backward(MatrixOf<Scalar>& dx) const {
        if (mask.size() > 0) dropout_backward(mask, dx, dx);
    }
};

// Turns a share of the ids into kNoRow. Not rescaled: a missing id is a message, not noise. It
// teaches the layers above to do with the features alone, as they must for whoever is new
// (DropoutNet; Volkovs et al. 2017).
inline void drop_ids(std::span<std::uint32_t> ids, double share, Stream& stream) {
    for (std::uint32_t& id : ids) {
        if (stream.chance(share)) id = kNoRow;
    }
}

}  // namespace cascadelab::nn
