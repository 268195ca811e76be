// Residual vector quantisation with a straight-through gradient (van den Oord et al. 2017; residual
// levels as in Zeghidour et al. 2021). Holds the codes and no activations: the caller keeps them
// and hands them back to backward.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

template <class Scalar>
struct QuantiseActivations {
    std::vector<std::uint32_t> code;         // n x levels
    std::vector<MatrixOf<Scalar>> residual;  // levels + 1 of n x dims: r_0 = z, r_l+1 = r_l - e_l
};

template <class Scalar>
struct VectorQuantise {
    std::vector<Parameter<Scalar>> levels;  // codes x dims each
    double commitment = 0.25;               // weight of what pulls rows to their codes

    // z, y: n x dims; y = sum_l e_l with e_l the code nearest to r_l, ties by lower code.
    void forward(const MatrixOf<Scalar>& z, QuantiseActivations<Scalar>& at,
                 MatrixOf<Scalar>& y) const {
        const auto rows = static_cast<std::size_t>(z.rows());
        at.code.resize(rows * levels.size());
        at.residual.resize(levels.size() + 1);
        at.residual.front() = z;
        for (std::size_t l = 0; l < levels.size(); ++l) {
            const MatrixOf<Scalar>& codes = levels[l].value;
            const VectorOf<Scalar> squares = codes.rowwise().squaredNorm();
            const MatrixOf<Scalar> inner = at.residual[l] * codes.transpose();
            at.residual[l + 1] = at.residual[l];
            for (std::size_t r = 0; r < rows; ++r) {
                const auto row = static_cast<Eigen::Index>(r);
                const std::uint32_t code = nearest(squares, inner.row(row));
                at.code[r * levels.size() + l] = code;
                at.residual[l + 1].row(row) -= codes.row(code);
            }
        }
        y = z - at.residual.back();
    }

    // sum_l |sg[r_l] - e_l|^2 + commitment |r_l - sg[e_l]|^2, summed over dimensions, the mean over
    // rows; both differences are r_l+1.
    Scalar loss(const QuantiseActivations<Scalar>& at) const {
        Scalar sum = 0;
        for (std::size_t l = 0; l < levels.size(); ++l) sum += at.residual[l + 1].squaredNorm();
        const auto rows = static_cast<Scalar>(at.residual.front().rows());
        return sum * static_cast<Scalar>(1 + commitment) / rows;
    }

    // Of loss() and of whatever dy (n x dims) comes from: dz = dy, as if quantising were the
    // identity, and what commitment adds. Codes hear of the loss alone; that a residual holds the
    // codes before it is behind a stop of the gradient.
    void backward(const QuantiseActivations<Scalar>& at, const MatrixOf<Scalar>& dy,
                  MatrixOf<Scalar>& dz) {
        const auto rows = static_cast<std::size_t>(dy.rows());
        const auto two = static_cast<Scalar>(2) / static_cast<Scalar>(dy.rows());
        dz = dy;
        for (std::size_t l = 0; l < levels.size(); ++l) {
            const MatrixOf<Scalar>& left = at.residual[l + 1];
            dz += two * static_cast<Scalar>(commitment) * left;
            for (std::size_t r = 0; r < rows; ++r) {
                const std::uint32_t code = at.code[r * levels.size() + l];
                levels[l].gradient.row(code) -= two * left.row(static_cast<Eigen::Index>(r));
            }
        }
    }

  private:
    // |e|^2 - 2 <r, e> orders codes as |r - e|^2 does.
    template <class Row>
    static std::uint32_t nearest(const VectorOf<Scalar>& squares, const Row& inner) {
        Eigen::Index best = 0;
        Scalar least = std::numeric_limits<Scalar>::infinity();
        for (Eigen::Index c = 0; c < squares.size(); ++c) {
            const Scalar distance = squares[c] - 2 * inner[c];
            if (distance >= least) continue;
            least = distance;
            best = c;
        }
        return static_cast<std::uint32_t>(best);
    }
};

}  // namespace cascadelab::nn
