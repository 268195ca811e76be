// HSTU's attention (Zhai et al. 2024, "Actions speak louder than words", section 3.2): no softmax,
// so that how much of something a person did still counts, and a bias by distance and by time:
//   A_h = SiLU(Q_h K_h^T + B) / N, lower triangle;  y_h = A_h V_h
//   B[i][j] = position[N - 1 + j - i] + time[bucket(t_{i+1} - t_j)], the same for all heads
// where N is the longest length and t_{i+1} is when what follows row i happened. One thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/error.h"
#include "engine/models/nn/parameter.h"
#include "engine/models/nn/sequence_rows.h"

namespace cascadelab::nn {

inline constexpr Eigen::Index kTimeBuckets = 129;

// floor(ln(max(1, |seconds|)) / 0.301), at most 128
inline std::uint8_t time_bucket(std::int64_t seconds) {
    const double size = std::max(1.0, std::abs(static_cast<double>(seconds)));
    return static_cast<std::uint8_t>(std::min(std::floor(std::log(size) / 0.301), 128.0));
}

// happened, asked: n, t_j and t_{i+1} of every row. buckets: one square of [i][j] a sequence,
// filled on and below the diagonal.
inline void bucket_lags(const SequenceRows& rows, std::span<const std::int64_t> happened,
                        std::span<const std::int64_t> asked, std::vector<std::uint8_t>& buckets) {
    buckets.assign(static_cast<std::size_t>(rows.pairs()), 0);
    std::uint8_t* square = buckets.data();
    for (std::size_t s = 0; s < rows.sequences(); ++s) {
        const auto begin = static_cast<std::size_t>(rows.begin(s));
        const auto n = static_cast<std::size_t>(rows.length(s));
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                square[i * n + j] = time_bucket(asked[begin + i] - happened[begin + j]);
            }
        }
        square += n * n;
    }
}

template <class Scalar>
struct HstuAttention {
    Parameter<Scalar> position;  // 1 x N: the last entry is for the row itself
    Parameter<Scalar> time;      // 1 x kTimeBuckets
    Eigen::Index heads = 1;

    HstuAttention() = default;
    HstuAttention(Eigen::Index length, Eigen::Index head_count, Stream& stream)
        : position(1, length), time(1, kTimeBuckets), heads(head_count) {
        position.randomize(0.02, stream);
        time.randomize(0.02, stream);
    }

    // vqk: n x 3d, the columns V, Q, K of all heads; buckets as bucket_lags says; y: n x d
    void forward(const SequenceRows& rows, std::span<const std::uint8_t> buckets,
                 const ConstBlock<Scalar>& vqk, MatrixOf<Scalar>& y) {
        const Eigen::Index d = vqk.cols() / 3;
        CHECK(vqk.rows() == rows.rows() && d % heads == 0);
        CHECK(static_cast<Eigen::Index>(buckets.size()) == rows.pairs());
        y.resize(vqk.rows(), d);
        m_weights.resize(heads * rows.pairs());
        m_slopes.resize(m_weights.size());
        each_head(rows, d, [&](const Head& at) {
            const Eigen::Index n = at.rows, w = d / heads;
            m_scores.noalias() = vqk.block(at.begin, d + at.column, n, w) *
                                 vqk.block(at.begin, 2 * d + at.column, n, w).transpose();
            add_bias(buckets.data() + at.square);
            Square weights(m_weights.data() + at.offset, n, n);
            weigh(weights, Square(m_slopes.data() + at.offset, n, n));
            y.block(at.begin, at.column, n, w).noalias() =
                weights * vqk.block(at.begin, at.column, n, w);
        });
    }

    // After forward with the same arguments. dy: n x d; d_vqk: n x 3d, replaced. Adds to the
    // gradients of both biases.
    void backward(const SequenceRows& rows, std::span<const std::uint8_t> buckets,
                  const ConstBlock<Scalar>& vqk, const MatrixOf<Scalar>& dy, Block<Scalar> d_vqk) {
        const Eigen::Index d = vqk.cols() / 3;
        each_head(rows, d, [&](const Head& at) {
            const Eigen::Index n = at.rows, w = d / heads;
            const auto dy_h = dy.block(at.begin, at.column, n, w);
            const auto v = vqk.block(at.begin, at.column, n, w);
            const auto q = vqk.block(at.begin, d + at.column, n, w);
            const auto k = vqk.block(at.begin, 2 * d + at.column, n, w);
            const Square weights(m_weights.data() + at.offset, n, n);
            d_vqk.block(at.begin, at.column, n, w).noalias() = weights.transpose() * dy_h;
            // d scores, zero above the diagonal as the slopes are
            m_scores.noalias() = dy_h * v.transpose();
            m_scores.array() *= Square(m_slopes.data() + at.offset, n, n).array();
            d_vqk.block(at.begin, d + at.column, n, w).noalias() = m_scores * k;
            d_vqk.block(at.begin, 2 * d + at.column, n, w).noalias() = m_scores.transpose() * q;
            collect_bias(buckets.data() + at.square);
        });
    }

  private:
    using Square = Eigen::Map<MatrixOf<Scalar>>;
    struct Head {
        Eigen::Index rows;    // of the sequence
        Eigen::Index begin;   // its first row
        Eigen::Index column;  // the head's first column in V, Q and K
        Eigen::Index square;  // where the sequence's buckets begin
        Eigen::Index offset;  // where the head's weights begin
    };

    // visit(head) for every sequence and head in order.
    template <class Visit>
    void each_head(const SequenceRows& rows, Eigen::Index d, Visit visit) const {
        Eigen::Index square = 0;
        for (std::size_t s = 0; s < rows.sequences(); ++s) {
            const Eigen::Index n = rows.length(s);
            for (Eigen::Index h = 0; h < heads; ++h) {
                visit(Head{n, rows.begin(s), h * (d / heads), square, heads * square + h * n * n});
            }
            square += n * n;
        }
    }

    void add_bias(const std::uint8_t* buckets) {
        const Eigen::Index n = m_scores.rows();
        for (Eigen::Index i = 0; i < n; ++i, buckets += n) {
            m_scores.row(i).head(i + 1) += position.value.row(0).tail(i + 1);
            for (Eigen::Index j = 0; j <= i; ++j) m_scores(i, j) += time.value(0, buckets[j]);
        }
    }
    // weights = SiLU(scores) / N and their slopes, both zero above the diagonal. All of the square
    // goes through the exponential: packets are cheaper than a corner spared.
    void weigh(Square weights, Square slopes) const {
        const Scalar share = Scalar(1) / static_cast<Scalar>(position.value.cols());
        const auto s = m_scores.array();
        slopes = (Scalar(1) / (Scalar(1) + (-s).exp())).matrix();
        weights = (share * s * slopes.array()).matrix();
        slopes.array() *= share * (Scalar(1) + s * (Scalar(1) - slopes.array()));
        for (Eigen::Index i = 0; i < weights.rows(); ++i) {
            const Eigen::Index later = weights.rows() - i - 1;
            weights.row(i).tail(later).setZero();
            slopes.row(i).tail(later).setZero();
        }
    }
    void collect_bias(const std::uint8_t* buckets) {
        const Eigen::Index n = m_scores.rows();
        for (Eigen::Index i = 0; i < n; ++i, buckets += n) {
            position.gradient.row(0).tail(i + 1) += m_scores.row(i).head(i + 1);
            for (Eigen::Index j = 0; j <= i; ++j) time.gradient(0, buckets[j]) += m_scores(i, j);
        }
    }

    VectorOf<Scalar> m_weights;  // A, one n x n square a sequence and head
    VectorOf<Scalar> m_slopes;   // d A / d scores
    MatrixOf<Scalar> m_scores;   // n x n of one head: scores, or their gradient
};

}  // namespace cascadelab::nn
