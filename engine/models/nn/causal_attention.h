// Multi-head softmax attention in which a row sees itself and the rows before it (Vaswani et al.
// 2017, section 3.2): y_h = softmax(Q_h K_h^T / sqrt(d)) V_h, heads side by side. No weights of its
// own: the projections are Linear layers of the caller. One thread while training; attend_row is
// for any thread.
#pragma once

#include <cmath>

#include "engine/base/error.h"
#include "engine/models/nn/parameter.h"
#include "engine/models/nn/sequence_rows.h"

namespace cascadelab::nn {

// scores := softmax(scores)
template <class Scalar, class Row>
void softmax_in_place(Row&& scores) {
    const Scalar largest = scores.maxCoeff();
    scores = (scores.array() - largest).exp().matrix();
    scores /= scores.cwiseAbs().sum();
}

template <class Scalar>
class CausalAttention {
  public:
    explicit CausalAttention(Eigen::Index heads = 1) : m_heads(heads) {}

    Eigen::Index heads() const { return m_heads; }

    // qkv: n x 3d, the columns Q, K, V of all heads; y: n x d
    void forward(const SequenceRows& rows, const ConstBlock<Scalar>& qkv, MatrixOf<Scalar>& y) {
        const Eigen::Index d = qkv.cols() / 3;
        CHECK(qkv.rows() == rows.rows() && d % m_heads == 0);
        y.resize(qkv.rows(), d);
        m_weights.resize(m_heads * rows.pairs());
        each_head(rows, d, [&](Square a, Eigen::Index begin, Eigen::Index column) {
            const Eigen::Index n = a.rows(), w = d / m_heads;
            a.noalias() = scale(w) * qkv.block(begin, column, n, w) *
                          qkv.block(begin, d + column, n, w).transpose();
            for (Eigen::Index i = 0; i < n; ++i) {
                softmax_in_place<Scalar>(a.row(i).head(i + 1));
                a.row(i).tail(n - i - 1).setZero();
            }
            y.block(begin, column, n, w).noalias() = a * qkv.block(begin, 2 * d + column, n, w);
        });
    }

    // After forward with the same rows and qkv. dy: n x d; d_qkv: n x 3d, replaced.
    void backward(const SequenceRows& rows, const ConstBlock<Scalar>& qkv,
                  const ConstBlock<Scalar>& dy, MatrixOf<Scalar>& d_qkv) {
        const Eigen::Index d = qkv.cols() / 3;
        d_qkv.resize(qkv.rows(), 3 * d);
        each_head(rows, d, [&](Square a, Eigen::Index begin, Eigen::Index column) {
            const Eigen::Index n = a.rows(), w = d / m_heads;
            const auto dy_h = dy.block(begin, column, n, w);
            d_qkv.block(begin, 2 * d + column, n, w).noalias() = a.transpose() * dy_h;
            // dS = A * (dA - sum_j A dA) by rows, zero where A is
            m_d.noalias() = dy_h * qkv.block(begin, 2 * d + column, n, w).transpose();
            for (Eigen::Index i = 0; i < n; ++i) {
                const Scalar along = m_d.row(i).dot(a.row(i));
                m_d.row(i) = ((m_d.row(i).array() - along) * a.row(i).array()).matrix();
            }
            d_qkv.block(begin, column, n, w).noalias() =
                scale(w) * m_d * qkv.block(begin, d + column, n, w);
            d_qkv.block(begin, d + column, n, w).noalias() =
                scale(w) * m_d.transpose() * qkv.block(begin, column, n, w);
        });
    }

  private:
    using Square = Eigen::Map<MatrixOf<Scalar>>;

    static Scalar scale(Eigen::Index width) {
        return static_cast<Scalar>(1 / std::sqrt(static_cast<double>(width)));
    }

    // visit(weights n x n, first row, first column) for every sequence and head in order.
    template <class Visit>
    void each_head(const SequenceRows& rows, Eigen::Index d, Visit visit) {
        Scalar* weights = m_weights.data();
        for (std::size_t s = 0; s < rows.sequences(); ++s) {
            const Eigen::Index n = rows.length(s);
            for (Eigen::Index h = 0; h < m_heads; ++h) {
                visit(Square(weights, n, n), rows.begin(s), h * (d / m_heads));
                weights += n * n;
            }
        }
    }

    Eigen::Index m_heads;
    VectorOf<Scalar> m_weights;  // one n x n square a sequence and head, zero above the diagonal
    MatrixOf<Scalar> m_d;
};

// The same for one new row against cached keys and values (n x d, its own among them): what forward
// says in that row. scores: room for n; holds the last head's weights on return.
inline void attend_row(const ConstBlock<float>& query, const ConstBlock<float>& keys,
                       const ConstBlock<float>& values, Eigen::Index heads, Vector& scores,
                       Block<float> out) {
    const Eigen::Index n = keys.rows(), w = query.cols() / heads;
    const float scale = 1 / std::sqrt(static_cast<float>(w));
    for (Eigen::Index h = 0; h < heads; ++h) {
        auto s = scores.head(n);
        s.noalias() =
            scale * keys.middleCols(h * w, w) * query.row(0).segment(h * w, w).transpose();
        softmax_in_place<float>(s);
        out.row(0).segment(h * w, w).noalias() = s.transpose() * values.middleCols(h * w, w);
    }
}

}  // namespace cascadelab::nn
