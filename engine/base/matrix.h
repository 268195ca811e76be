// The few Eigen shapes the engine uses: rows are entities, columns are dimensions, storage by rows. Any thread.
#pragma once

#include <Eigen/Core>

namespace cascadelab {

template <class Scalar>
using MatrixOf = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Scalar>
using VectorOf = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

using Matrix = MatrixOf<float>;
using Vector = VectorOf<float>;

}  // namespace cascadelab
