// The few Eigen shapes the engine uses: rows are entities, columns are dimensions, storage by rows.
// Any thread.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

namespace cascadelab {

template <class Scalar>
using MatrixOf = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Scalar>
using VectorOf = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

using Matrix = MatrixOf<float>;
using Vector = VectorOf<float>;

// A matrix that grows by rows: entities are appended while the world runs, ids never move.
struct RowTable {
    std::size_t dims = 0;
    std::vector<float> data;  // rows x dims

    std::size_t rows() const { return dims == 0 ? 0 : data.size() / dims; }
    std::span<const float> operator[](std::size_t row) const {
        return {data.data() + row * dims, dims};
    }
    std::span<float> operator[](std::size_t row) { return {data.data() + row * dims, dims}; }
    void push(std::span<const float> row) { data.insert(data.end(), row.begin(), row.end()); }
    Eigen::Map<const Matrix> matrix() const {
        return {data.data(), static_cast<Eigen::Index>(rows()), static_cast<Eigen::Index>(dims)};
    }
};
inline Eigen::Map<const Vector> as_vector(std::span<const float> row) {
    return {row.data(), static_cast<Eigen::Index>(row.size())};
}
inline float dot(std::span<const float> a, std::span<const float> b) {
    return as_vector(a).dot(as_vector(b));
}

}  // namespace cascadelab
