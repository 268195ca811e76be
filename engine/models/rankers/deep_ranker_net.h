// The deep ranker as a trainable net: forward and backward of one batch. Templated on the scalar so
// that gradients can be checked in double. Holds weights; activations stand in values of their own,
// so that any number of threads may ask one trained net. Knows nothing of epochs or serving.
#pragma once

#include <vector>

#include "engine/models/nn/activation.h"
#include "engine/models/nn/binary_loss.h"
#include "engine/models/nn/cross.h"
#include "engine/models/nn/knot_embedding.h"

namespace cascadelab {

struct DeepShape {
    Eigen::Index embedding = 4;  // width of a column's vector
    Eigen::Index hidden = 64;    // of the first layer of the deep part; the second has half
    Eigen::Index cross_layers = 2;
    Eigen::Index heads = 4;
};

// What a batch of n rows leaves behind on the way in; d is the width of the embedded row.
template <class Scalar>
struct DeepActivations {
    std::vector<nn::KnotPlace> places;      // n x columns
    std::vector<MatrixOf<Scalar>> crossed;  // n x d: the embedded row, then after each cross layer
    std::vector<MatrixOf<Scalar>> between;  // n x d, a cross layer each
    MatrixOf<Scalar> first, first_out;      // n x hidden, before and after the activation
    MatrixOf<Scalar> second, second_out;    // n x hidden / 2
    MatrixOf<Scalar> joined;                // n x (d + hidden / 2)
    MatrixOf<Scalar> logits;                // n x heads
};

// And on the way back: d loss / d each of them.
template <class Scalar>
struct DeepSlopes {
    std::vector<MatrixOf<Scalar>> between;
    MatrixOf<Scalar> first, second, row;  // row: of the embedded row, n x d
    MatrixOf<Scalar> joined, crossed, scratch;
};

// Embedded columns -> { cross layers | SiLU layers } side by side -> one logit a head (DCN-v2's
// parallel structure; Wang et al. 2021, figure 1). The outcomes share everything but their heads.
template <class Scalar>
struct DeepRankerNet {
    nn::KnotEmbedding<Scalar> columns;
    std::vector<nn::Cross<Scalar>> crosses;
    nn::Linear<Scalar> first, second;
    nn::Linear<Scalar> heads;

    DeepRankerNet() = default;
    DeepRankerNet(const Matrix& rows, const DeepShape& shape, Stream& stream)
        : columns(rows, shape.embedding, 0.1, stream),
          first(columns.width(), shape.hidden, stream),
          second(shape.hidden, shape.hidden / 2, stream) {
        for (Eigen::Index l = 0; l < shape.cross_layers; ++l)
            crosses.emplace_back(columns.width(), stream);
        // Heads begin at nothing: the first loss is that of their biases alone.
        heads.weight = nn::Parameter<Scalar>(columns.width() + shape.hidden / 2, shape.heads);
        heads.bias = nn::Parameter<Scalar>(1, shape.heads);
    }

    // rows: count x columns, row-major.
    void forward(const float* rows, std::size_t count, DeepActivations<Scalar>& at) const {
        columns.place(rows, count, at.places);
        at.crossed.resize(crosses.size() + 1);
        columns.forward(at.places, at.crossed.front());
        forward_embedded(at);
    }

    // From at.crossed.front() on.
    void forward_embedded(DeepActivations<Scalar>& at) const {
        at.crossed.resize(crosses.size() + 1);
        at.between.resize(crosses.size());
        const MatrixOf<Scalar>& row = at.crossed.front();
        for (std::size_t l = 0; l < crosses.size(); ++l)
            crosses[l].forward(row, at.crossed[l], at.between[l], at.crossed[l + 1]);
        first.forward(row, at.first);
        nn::silu_forward(at.first, at.first_out);
        second.forward(at.first_out, at.second);
        nn::silu_forward(at.second, at.second_out);
        at.joined.resize(row.rows(), row.cols() + at.second_out.cols());
        at.joined << at.crossed.back(), at.second_out;
        heads.forward(at.joined, at.logits);
    }

    // What d_logits (n x heads) means for everything before; changes no weight and no gradient.
    void pull_back(const DeepActivations<Scalar>& at, const MatrixOf<Scalar>& d_logits,
                   DeepSlopes<Scalar>& d) const {
        const Eigen::Index width = columns.width();
        heads.backward_input(d_logits, d.joined);
        d.scratch = d.joined.rightCols(d.joined.cols() - width);
        nn::silu_backward(at.second, d.scratch, d.second);
        second.backward_input(d.second, d.scratch);
        nn::silu_backward(at.first, d.scratch, d.first);
        first.backward_input(d.first, d.row);
        d.crossed = d.joined.leftCols(width);
        d.between.resize(crosses.size());
        for (std::size_t l = crosses.size(); l-- > 0;) {
            crosses[l].backward_input(at.crossed.front(), at.between[l], d.crossed, d.between[l],
                                      d.scratch, d.row);
            d.crossed.swap(d.scratch);
        }
        d.row += d.crossed;
    }

    // Mean loss of the batch by head, in nats; adds to the gradients. labels: n x heads, NaN where
    // a head is not asked of a row. weights: how much each row counts, n; null: all alike.
    VectorOf<Scalar> learn(const Matrix& rows, const Matrix& labels, DeepActivations<Scalar>& at,
                           DeepSlopes<Scalar>& d, const float* weights = nullptr) {
        forward(rows.data(), static_cast<std::size_t>(rows.rows()), at);
        const VectorOf<Scalar> loss = nn::binary_cross_entropy(at.logits, labels, weights);
        pull_back(at, at.logits, d);
        heads.backward(at.joined, at.logits);
        second.backward(at.first_out, d.second);
        first.backward(at.crossed.front(), d.first);
        for (std::size_t l = 0; l < crosses.size(); ++l)
            crosses[l].backward(at.crossed[l], d.between[l]);
        columns.backward(at.places, d.row);
        return loss;
    }

    // Every weight, in one order.
    template <class Net, class Visit>
    static void visit_parameters(Net& net, Visit&& visit) {
        visit(net.columns.table);
        for (auto& cross : net.crosses) {
            visit(cross.inner.weight);
            visit(cross.inner.bias);
        }
        for (auto* linear : {&net.first, &net.second, &net.heads}) {
            visit(linear->weight);
            visit(linear->bias);
        }
    }
};

}  // namespace cascadelab
