// Backward passes against central differences, in double.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>

#include "engine/base/matrix.h"
#include "engine/base/random.h"

namespace cascadelab::nn {

using MatrixD = MatrixOf<double>;
using VectorD = VectorOf<double>;

inline MatrixD random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    MatrixD matrix(rows, columns);
    Stream stream(seed, Purpose::test);
    for (Eigen::Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = stream.normal();
    return matrix;
}

// Largest difference between `gradient` and the slope of loss() in every entry of x, relative to
// the largest slope.
inline double gradient_error(MatrixD& x, const MatrixD& gradient,
                             const std::function<double()>& loss) {
    constexpr double kStep = 1e-5;
    double worst = 0;
    double largest = 1e-12;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        const double here = x.data()[i];
        x.data()[i] = here + kStep;
        const double above = loss();
        x.data()[i] = here - kStep;
        const double below = loss();
        x.data()[i] = here;
        const double slope = (above - below) / (2 * kStep);
        worst = std::max(worst, std::abs(slope - gradient.data()[i]));
        largest = std::max({largest, std::abs(slope), std::abs(gradient.data()[i])});
    }
    return worst / largest;
}

}  // namespace cascadelab::nn
