// One layer of the code decoder over stacked sequences, forward and backward: a transformer layer
// with the normalisation in front (Xiong et al. 2020), softmax attention and then a wider
// feed-forward part with GELU, each as x + Dropout(part(LayerNorm(x))). One thread.
#pragma once

#include <cmath>

#include "engine/models/nn/activation.h"
#include "engine/models/nn/causal_attention.h"
#include "engine/models/sequence/hstu_block.h"

namespace cascadelab {

// The feed-forward part is this many times as wide as the rows.
inline constexpr Eigen::Index kFeedWidth = 4;

template <class Scalar>
struct DecoderBlock {
    nn::LayerNorm<Scalar> attention_norm;
    nn::Linear<Scalar> projection;  // d -> 3d, the columns Q, K, V
    nn::Linear<Scalar> output;      // d -> d
    nn::LayerNorm<Scalar> feed_norm;
    nn::Linear<Scalar> first;   // d -> 4d, then GELU
    nn::Linear<Scalar> second;  // 4d -> d

    DecoderBlock() = default;
    // Weights start at N(0, .02^2); what adds to the residual stream is scaled down by the number
    // of parts that do, 2 a layer (Radford et al. 2019, section 2.3).
    DecoderBlock(Eigen::Index dims, Eigen::Index heads, int layers, Stream& stream)
        : attention_norm(dims), feed_norm(dims), m_attention(heads) {
        const double residual = 0.02 / std::sqrt(2.0 * layers);
        projection = linear(dims, 3 * dims, 0.02, stream);
        output = linear(dims, dims, residual, stream);
        first = linear(dims, kFeedWidth * dims, 0.02, stream);
        second = linear(kFeedWidth * dims, dims, residual, stream);
    }

    Eigen::Index heads() const { return m_attention.heads(); }

    template <class Visit>
    void each_parameter(Visit visit) {
        for (nn::LayerNorm<Scalar>* norm : {&attention_norm, &feed_norm}) {
            visit(norm->gain);
            visit(norm->bias);
        }
        for (nn::Linear<Scalar>* layer : {&projection, &output, &first, &second}) {
            visit(layer->weight);
            visit(layer->bias);
        }
    }

    // x: n x d, the layer's input on entry and its output on return
    void forward(const nn::SequenceRows& rows, MatrixOf<Scalar>& x, SequenceNoise& noise) {
        attention_norm.forward(x, m_normal);
        projection.forward(m_normal, m_qkv);
        m_attention.forward(rows, m_qkv, m_seen);
        output.forward(m_seen, m_part);
        m_output_dropout.forward(m_part, noise.share, noise.stream);
        x += m_part;

        feed_norm.forward(x, m_feed);
        first.forward(m_feed, m_wide);
        nn::gelu_forward(m_wide, m_hidden);
        second.forward(m_hidden, m_part);
        m_second_dropout.forward(m_part, noise.share, noise.stream);
        x += m_part;
    }

    // After forward with the same rows. d: n x d, d loss / dy on entry and d loss / dx on return.
    // Adds to the gradients of the parameters.
    void backward(const nn::SequenceRows& rows, MatrixOf<Scalar>& d) {
        m_part = d;
        m_second_dropout.backward(m_part);
        second.backward(m_hidden, m_part);
        second.backward_input(m_part, m_d_wide);
        nn::gelu_backward(m_wide, m_d_wide, m_d_wide);
        first.backward(m_feed, m_d_wide);
        first.backward_input(m_d_wide, m_part);
        feed_norm.backward(m_part, m_part);
        d += m_part;

        m_part = d;
        m_output_dropout.backward(m_part);
        output.backward(m_seen, m_part);
        output.backward_input(m_part, m_d_seen);
        m_attention.backward(rows, m_qkv, m_d_seen, m_d_qkv);
        projection.backward(m_normal, m_d_qkv);
        projection.backward_input(m_d_qkv, m_part);
        attention_norm.backward(m_part, m_part);
        d += m_part;
    }

  private:
    static nn::Linear<Scalar> linear(Eigen::Index in, Eigen::Index out, double deviation,
                                     Stream& stream) {
        nn::Linear<Scalar> layer;
        layer.weight = nn::Parameter<Scalar>(in, out);
        layer.bias = nn::Parameter<Scalar>(1, out);
        layer.weight.randomize(deviation, stream);
        return layer;
    }

    // The last batch's activations, kept for the way back; n rows each.
    nn::CausalAttention<Scalar> m_attention;
    MatrixOf<Scalar> m_normal;
    MatrixOf<Scalar> m_qkv;
    MatrixOf<Scalar> m_seen;  // what attention gathered
    MatrixOf<Scalar> m_feed;
    MatrixOf<Scalar> m_wide;  // before GELU
    MatrixOf<Scalar> m_hidden;
    nn::Dropout<Scalar> m_output_dropout;
    nn::Dropout<Scalar> m_second_dropout;
    MatrixOf<Scalar> m_part;  // what a part adds, or the gradient of it
    MatrixOf<Scalar> m_d_wide;
    MatrixOf<Scalar> m_d_seen;
    MatrixOf<Scalar> m_d_qkv;
};

}  // namespace cascadelab
