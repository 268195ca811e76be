// One layer of SASRec (Kang and McAuley 2018, section 3.2-3.3) over stacked sequences, forward and
// backward: softmax attention, then a feed-forward part of the same width, each as
// x + Dropout(part(LayerNorm(x))). It sees the order of events and not their times. One thread.
#pragma once

#include "engine/models/nn/causal_attention.h"
#include "engine/models/sequence/hstu_block.h"

namespace cascadelab {

template <class Scalar>
struct SasrecBlock {
    nn::LayerNorm<Scalar> attention_norm;
    nn::Linear<Scalar> projection;  // d -> 3d, the columns Q, K, V
    nn::Linear<Scalar> output;      // d -> d
    nn::LayerNorm<Scalar> feed_norm;
    nn::Linear<Scalar> first;   // d -> d, then ReLU
    nn::Linear<Scalar> second;  // d -> d

    SasrecBlock() = default;
    SasrecBlock(const SequenceShape& shape, Stream& stream)
        : attention_norm(shape.dims), feed_norm(shape.dims), m_attention(shape.heads) {
        projection = nn::Linear<Scalar>::glorot(shape.dims, 3 * shape.dims, stream);
        output = nn::Linear<Scalar>::glorot(shape.dims, shape.dims, stream);
        first = nn::Linear<Scalar>(shape.dims, shape.dims, stream);
        second = nn::Linear<Scalar>::glorot(shape.dims, shape.dims, stream);
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

    // x, y: n x d
    void forward(const SequenceContext& context, const MatrixOf<Scalar>& x, SequenceNoise& noise,
                 MatrixOf<Scalar>& y) {
        attention_norm.forward(x, m_normal);
        projection.forward(m_normal, m_qkv);
        m_attention.forward(context.rows, m_qkv, m_seen);
        output.forward(m_seen, m_middle);
        m_output_dropout.forward(m_middle, noise.share, noise.stream);
        m_middle += x;

        feed_norm.forward(m_middle, m_feed);
        first.forward(m_feed, m_hidden);
        nn::relu_forward(m_hidden, m_hidden);
        m_hidden_dropout.forward(m_hidden, noise.share, noise.stream);
        second.forward(m_hidden, y);
        m_second_dropout.forward(y, noise.share, noise.stream);
        y += m_middle;
    }

    // After forward with the same context. d: n x d, d loss / dy on entry and d loss / dx on
    // return. Adds to the gradients of the parameters.
    void backward(const SequenceContext& context, MatrixOf<Scalar>& d) {
        m_d = d;
        m_second_dropout.backward(m_d);
        second.backward(m_hidden, m_d);
        second.backward_input(m_d, m_d_hidden);
        m_hidden_dropout.backward(m_d_hidden);
        nn::relu_backward(m_hidden, m_d_hidden, m_d_hidden);
        first.backward(m_feed, m_d_hidden);
        first.backward_input(m_d_hidden, m_d);
        feed_norm.backward(m_d, m_d);
        d += m_d;

        m_d = d;
        m_output_dropout.backward(m_d);
        output.backward(m_seen, m_d);
        output.backward_input(m_d, m_d_hidden);
        m_attention.backward(context.rows, m_qkv, m_d_hidden, m_d_qkv);
        projection.backward(m_normal, m_d_qkv);
        projection.backward_input(m_d_qkv, m_d);
        attention_norm.backward(m_d, m_d);
        d += m_d;
    }

  private:
    // The last batch's activations, kept for the way back; n rows each.
    nn::CausalAttention<Scalar> m_attention;
    MatrixOf<Scalar> m_normal;
    MatrixOf<Scalar> m_qkv;
    MatrixOf<Scalar> m_seen;    // what attention gathered
    MatrixOf<Scalar> m_middle;  // after the attention part
    MatrixOf<Scalar> m_feed;
    MatrixOf<Scalar> m_hidden;
    nn::Dropout<Scalar> m_output_dropout;
    nn::Dropout<Scalar> m_hidden_dropout;
    nn::Dropout<Scalar> m_second_dropout;
    MatrixOf<Scalar> m_d;
    MatrixOf<Scalar> m_d_hidden;
    MatrixOf<Scalar> m_d_qkv;
};

}  // namespace cascadelab
