// One layer of HSTU (Zhai et al. 2024, section 3.2) over stacked sequences, forward and backward:
//   xn = LayerNorm(x);  U, V, Q, K = SiLU(xn W);  y = Linear(Dropout(U * LayerNorm(A V))) + x
// The gate U stands where a transformer has its feed-forward part. Knows nothing of training runs
// or serving; one thread.
#pragma once

#include "engine/models/nn/activation.h"
#include "engine/models/nn/dropout.h"
#include "engine/models/nn/hstu_attention.h"
#include "engine/models/nn/linear.h"
#include "engine/models/nn/normalise.h"

namespace cascadelab {

// The sizes of one block.
struct SequenceShape {
    Eigen::Index dims = 0;    // d
    Eigen::Index heads = 1;   // of width d / heads
    Eigen::Index length = 0;  // most rows of a sequence
};

// The sequences of a batch as blocks see them.
struct SequenceContext {
    nn::SequenceRows rows;
    std::vector<std::uint8_t> lags;  // time buckets, as nn::bucket_lags leaves them
};

// What is dropped in one pass; share 0 when it is not training.
struct SequenceNoise {
    double share;
    Stream stream;
};

template <class Scalar>
struct HstuBlock {
    nn::Parameter<Scalar> projection;  // d x 4d, the columns U, V, Q, K
    nn::HstuAttention<Scalar> attention;
    nn::Linear<Scalar> output;  // d -> d

    HstuBlock() = default;
    HstuBlock(const SequenceShape& shape, Stream& stream)
        : projection(shape.dims, 4 * shape.dims), attention(shape.length, shape.heads, stream) {
        projection.randomize(0.02, stream);
        output = nn::Linear<Scalar>::glorot(shape.dims, shape.dims, stream);
    }

    template <class Visit>
    void each_parameter(Visit visit) {
        visit(projection);
        visit(attention.position);
        visit(attention.time);
        visit(output.weight);
        visit(output.bias);
    }

    // x, y: n x d
    void forward(const SequenceContext& context, const MatrixOf<Scalar>& x, SequenceNoise& noise,
                 MatrixOf<Scalar>& y) {
        const Eigen::Index d = x.cols();
        nn::layer_norm_forward(x, m_normal, m_deviation);
        m_projected.noalias() = m_normal * projection.value;
        nn::silu_forward(m_projected, m_uvqk);
        attention.forward(context.rows, context.lags, m_uvqk.rightCols(3 * d), m_seen);
        nn::layer_norm_forward(m_seen, m_seen_normal, m_seen_deviation);
        m_gated = m_uvqk.leftCols(d).cwiseProduct(m_seen_normal);
        m_dropout.forward(m_gated, noise.share, noise.stream);
        output.forward(m_gated, y);
        y += x;
    }

    // After forward with the same context. d: n x d, d loss / dy on entry and d loss / dx on
    // return. Adds to the gradients of the parameters.
    void backward(const SequenceContext& context, MatrixOf<Scalar>& d) {
        const Eigen::Index width = d.cols();
        output.backward(m_gated, d);
        output.backward_input(d, m_d_gated);
        m_dropout.backward(m_d_gated);

        m_d_uvqk.resize(d.rows(), 4 * width);
        m_d_uvqk.leftCols(width) = m_d_gated.cwiseProduct(m_seen_normal);
        m_d_gated.array() *= m_uvqk.leftCols(width).array();
        nn::layer_norm_backward(m_seen_normal, m_seen_deviation, m_d_gated, m_d_rows);
        attention.backward(context.rows, context.lags, m_uvqk.rightCols(3 * width), m_d_rows,
                           m_d_uvqk.rightCols(3 * width));

        nn::silu_backward(m_projected, m_d_uvqk, m_d_uvqk);
        projection.gradient.noalias() += m_normal.transpose() * m_d_uvqk;
        m_d_gated.noalias() = m_d_uvqk * projection.value.transpose();
        nn::layer_norm_backward(m_normal, m_deviation, m_d_gated, m_d_rows);
        d += m_d_rows;
    }

  private:
    // The last batch's activations, kept for the way back; n rows each.
    MatrixOf<Scalar> m_normal;     // LayerNorm(x)
    VectorOf<Scalar> m_deviation;  // its inverse deviations
    MatrixOf<Scalar> m_projected;  // before SiLU
    MatrixOf<Scalar> m_uvqk;
    MatrixOf<Scalar> m_seen;  // A V
    MatrixOf<Scalar> m_seen_normal;
    VectorOf<Scalar> m_seen_deviation;
    MatrixOf<Scalar> m_gated;  // U * LayerNorm(A V), after dropout
    nn::Dropout<Scalar> m_dropout;
    MatrixOf<Scalar> m_d_gated;
    MatrixOf<Scalar> m_d_uvqk;
    MatrixOf<Scalar> m_d_rows;
};

}  // namespace cascadelab
