// The two towers as a trainable net: forward, loss and backward of one batch. Templated on the
// scalar so that gradients can be checked in double. Knows nothing of epochs, sampling or serving;
// one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/nn/activation.h"
#include "engine/models/nn/embedding.h"
#include "engine/models/nn/linear.h"
#include "engine/models/nn/normalise.h"
#include "engine/models/nn/softmax_loss.h"

namespace cascadelab {

// The sizes of one tower.
struct TowerShape {
    Eigen::Index entities = 0;  // rows of the id embedding
    Eigen::Index id_dims = 0;
    Eigen::Index features = 0;
    Eigen::Index hidden = 0;
    Eigen::Index dims = 0;
};

// [id embedding, features] -> hidden, ReLU -> dims -> unit sphere
template <class Scalar>
struct Tower {
    nn::Embedding<Scalar> ids;
    nn::Linear<Scalar> first;   // id_dims + features -> hidden
    nn::Linear<Scalar> second;  // hidden -> dims

    // The last batch's activations, kept for the way back.
    MatrixOf<Scalar> input;         // n x (id_dims + features)
    MatrixOf<Scalar> hidden;        // n x hidden, after the ReLU
    MatrixOf<Scalar> output;        // n x dims
    MatrixOf<Scalar> unit;          // n x dims, what the tower says
    VectorOf<Scalar> inverse_norm;  // n

    Tower() = default;
    Tower(const TowerShape& shape, Stream& stream)
        : ids(shape.entities, shape.id_dims, 0.05, stream),
          first(shape.id_dims + shape.features, shape.hidden, stream),
          second(shape.hidden, shape.dims, stream) {}

    // entity: n ids, kNoRow where dropped; row: n rows of `features`, a larger table.
    void forward(std::span<const std::uint32_t> entity, std::span<const std::uint32_t> row,
                 const Matrix& features) {
        const auto n = static_cast<Eigen::Index>(entity.size());
        const Eigen::Index id_dims = ids.value.cols();
        input.resize(n, id_dims + features.cols());
        ids.gather(entity, input.leftCols(id_dims));
        for (Eigen::Index i = 0; i < n; ++i) {
            input.row(i).tail(features.cols()) =
                features.row(row[static_cast<std::size_t>(i)]).template cast<Scalar>();
        }
        first.forward(input, hidden);
        nn::relu_forward(hidden, hidden);
        second.forward(hidden, output);
        nn::unit_forward(output, unit, inverse_norm);
    }

    // d_unit: n x dims. Adds to the gradients of the layers, replaces that of the embedding.
    void backward(std::span<const std::uint32_t> entity, const MatrixOf<Scalar>& d_unit) {
        nn::unit_backward(unit, inverse_norm, d_unit, m_d_output);
        second.backward(hidden, m_d_output);
        second.backward_input(m_d_output, m_d_hidden);
        nn::relu_backward(hidden, m_d_hidden, m_d_hidden);
        first.backward(input, m_d_hidden);
        // Of the input only the id embedding learns.
        const Eigen::Index id_dims = ids.value.cols();
        m_d_ids.noalias() = m_d_hidden * first.weight.value.topRows(id_dims).transpose();
        ids.scatter(entity, m_d_ids);
    }

  private:
    MatrixOf<Scalar> m_d_output;
    MatrixOf<Scalar> m_d_hidden;
    MatrixOf<Scalar> m_d_ids;
};

// n positive pairs; every other pair's item serves as a negative.
template <class Scalar>
struct TwoTowerBatch {
    std::vector<std::uint32_t> person_id;   // kNoRow where the id was dropped
    std::vector<std::uint32_t> person_row;  // rows of the person features
    std::vector<std::uint32_t> item_id;     // kNoRow where the id was dropped
    std::vector<std::uint32_t> item_row;    // the item itself: a row of the item features
    VectorOf<Scalar> log_probability;       // of each item to be in a batch; empty: uncorrected
};

template <class Scalar>
struct TwoTowerNet {
    Tower<Scalar> person;
    Tower<Scalar> item;
    double temperature = 1;

    // Mean loss of the batch in nats; leaves the gradients in the towers.
    Scalar learn(const TwoTowerBatch<Scalar>& batch, const Matrix& person_features,
                 const Matrix& item_features) {
        person.forward(batch.person_id, batch.person_row, person_features);
        item.forward(batch.item_id, batch.item_row, item_features);
        // s = <u, v> / tau, n x n; d s / d u = v / tau
        const auto sharpness = static_cast<Scalar>(1 / temperature);
        m_logits.noalias() = sharpness * person.unit * item.unit.transpose();
        const Scalar loss =
            nn::in_batch_softmax<Scalar>(m_logits, batch.item_row, batch.log_probability);
        m_d_person.noalias() = sharpness * m_logits * item.unit;
        m_d_item.noalias() = sharpness * m_logits.transpose() * person.unit;
        person.backward(batch.person_id, m_d_person);
        item.backward(batch.item_id, m_d_item);
        return loss;
    }

  private:
    MatrixOf<Scalar> m_logits;
    MatrixOf<Scalar> m_d_person;
    MatrixOf<Scalar> m_d_item;
};

}  // namespace cascadelab
