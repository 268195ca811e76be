// The code decoder as a trainable net: forward, loss and backward of one batch. Templated on the
// scalar so that gradients can be checked in double. Knows nothing of items, epochs or serving; one
// thread.
#pragma once

#include <vector>

#include "engine/models/decoder/code_decoder.h"
#include "engine/models/decoder/decoder_block.h"
#include "engine/models/nn/adamw.h"
#include "engine/models/nn/softmax_loss.h"

namespace cascadelab {

// Rows that predict the digit of one level, in the order of the batch.
struct DecoderTargets {
    std::vector<std::uint32_t> row;   // of the batch
    std::vector<std::uint32_t> code;  // that follows there
    std::vector<double> weight;       // of its loss; all levels' together sum to 1
};

// Sequences of digits stacked row under row. The first row of each speaks for the person, every
// other one reads a digit; row r predicts a digit of level r % levels.
struct DecoderBatch {
    nn::SequenceRows rows;
    std::vector<std::uint32_t> code;      // n, a row of the code table; nn::kNoRow in first rows
    std::vector<std::uint32_t> place;     // n, position in the sequence
    Matrix people;                        // sequences x person width
    std::vector<DecoderTargets> targets;  // by level
};

// row = code (or start + person W) + place;  logits of a level = LayerNorm(last row) W_level + b
template <class Scalar>
struct DecoderNet {
    DecoderShape shape;
    nn::Parameter<Scalar> codes;   // the levels' alphabets one after the other: sum x d
    nn::Parameter<Scalar> place;   // shape.places() x d
    nn::Parameter<Scalar> start;   // 1 x d
    nn::Parameter<Scalar> person;  // person width x d
    std::vector<DecoderBlock<Scalar>> blocks;
    nn::LayerNorm<Scalar> norm;
    std::vector<nn::Parameter<Scalar>> output;  // by level: d x alphabet; empty when tied
    std::vector<nn::Parameter<Scalar>> bias;    // by level: 1 x alphabet

    DecoderNet() = default;
    DecoderNet(const DecoderShape& of, std::uint64_t seed) : shape(of), norm(of.dims) {
        Stream stream(seed, Purpose::train_decoder);
        codes = nn::Parameter<Scalar>(shape.first_code(shape.levels()), shape.dims);
        place = nn::Parameter<Scalar>(shape.places(), shape.dims);
        start = nn::Parameter<Scalar>(1, shape.dims);
        person = nn::Parameter<Scalar>(shape.person_width, shape.dims);
        for (auto* table : {&codes, &place, &start, &person}) table->randomize(0.02, stream);
        for (int b = 0; b < shape.layers; ++b) {
            blocks.emplace_back(shape.dims, shape.heads, shape.layers, stream);
        }
        for (const int size : shape.alphabets) {
            bias.emplace_back(1, size);
            if (shape.tied) continue;
            output.emplace_back(shape.dims, size).randomize(0.02, stream);
        }
    }

    template <class Visit>
    void each_parameter(Visit visit) {
        for (auto* table : {&codes, &place, &start, &person}) visit(*table);
        for (auto& block : blocks) block.each_parameter(visit);
        visit(norm.gain);
        visit(norm.bias);
        for (auto& weight : output) visit(weight);
        for (auto& weight : bias) visit(weight);
    }

    // Logits of the batch, one matrix a level: its targets' rows x alphabet.
    const std::vector<MatrixOf<Scalar>>& predict(const DecoderBatch& batch, SequenceNoise noise) {
        embed(batch);
        m_dropout.forward(m_row, noise.share, noise.stream);
        for (auto& block : blocks) block.forward(batch.rows, m_row, noise);
        norm.forward(m_row, m_last);
        m_level.resize(shape.alphabets.size());
        m_logits.resize(shape.alphabets.size());
        for (std::size_t level = 0; level < m_level.size(); ++level) {
            gather(batch.targets[level].row, m_last, m_level[level]);
            logits(level, m_level[level], m_logits[level]);
        }
        return m_logits;
    }

    // Mean loss of a digit in nats; leaves the gradients in the parameters.
    Scalar learn(const DecoderBatch& batch, SequenceNoise noise) {
        predict(batch, noise);
        Scalar loss = 0;
        m_d.setZero(m_last.rows(), m_last.cols());
        for (std::size_t level = 0; level < m_level.size(); ++level) {
            const DecoderTargets& targets = batch.targets[level];
            loss += nn::weighted_cross_entropy(m_logits[level], targets.code, targets.weight);
            backward_logits(level, targets.row);
        }
        norm.backward(m_d, m_d);
        for (std::size_t b = blocks.size(); b-- > 0;) blocks[b].backward(batch.rows, m_d);
        m_dropout.backward(m_d);
        scatter(batch);
        return loss;
    }

    // x: n x d, normalised rows; y: n x alphabet of the level
    void logits(std::size_t level, const MatrixOf<Scalar>& x, MatrixOf<Scalar>& y) const {
        if (shape.tied) {
            y.noalias() = x * alphabet_of(codes.value, level).transpose();
        } else {
            y.noalias() = x * output[level].value;
        }
        y.rowwise() += bias[level].value.row(0);
    }

  private:
    // The rows of a table of all codes that belong to a level.
    template <class Table>
    auto alphabet_of(Table& table, std::size_t level) const {
        return table.middleRows(shape.first_code(level), shape.alphabets[level]);
    }

    static void gather(const std::vector<std::uint32_t>& rows, const MatrixOf<Scalar>& from,
                       MatrixOf<Scalar>& to) {
        to.resize(static_cast<Eigen::Index>(rows.size()), from.cols());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            to.row(static_cast<Eigen::Index>(i)) = from.row(rows[i]);
        }
    }

    void embed(const DecoderBatch& batch) {
        m_row.resize(batch.rows.rows(), shape.dims);
        m_people = batch.people.template cast<Scalar>();
        for (std::size_t i = 0; i < batch.code.size(); ++i) {
            auto row = m_row.row(static_cast<Eigen::Index>(i));
            row = place.value.row(batch.place[i]);
            if (batch.code[i] != nn::kNoRow) row += codes.value.row(batch.code[i]);
        }
        for (std::size_t s = 0; s < batch.rows.sequences(); ++s) {
            auto row = m_row.row(batch.rows.begin(s));
            row += start.value.row(0);
            if (shape.person_width == 0) continue;
            row.noalias() += m_people.row(static_cast<Eigen::Index>(s)) * person.value;
        }
    }

    // The level's share of the gradient of the normalised rows; logits hold theirs already.
    void backward_logits(std::size_t level, const std::vector<std::uint32_t>& rows) {
        const MatrixOf<Scalar>& d = m_logits[level];
        bias[level].gradient += d.colwise().sum();
        if (shape.tied) {
            alphabet_of(codes.gradient, level).noalias() += d.transpose() * m_level[level];
            m_d_level.noalias() = d * alphabet_of(codes.value, level);
        } else {
            output[level].gradient.noalias() += m_level[level].transpose() * d;
            m_d_level.noalias() = d * output[level].value.transpose();
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            m_d.row(rows[i]) = m_d_level.row(static_cast<Eigen::Index>(i));
        }
    }

    void scatter(const DecoderBatch& batch) {
        for (std::size_t i = 0; i < batch.code.size(); ++i) {
            const auto d = m_d.row(static_cast<Eigen::Index>(i));
            place.gradient.row(batch.place[i]) += d;
            if (batch.code[i] != nn::kNoRow) codes.gradient.row(batch.code[i]) += d;
        }
        for (std::size_t s = 0; s < batch.rows.sequences(); ++s) {
            const auto d = m_d.row(batch.rows.begin(s));
            start.gradient += d;
            if (shape.person_width == 0) continue;
            person.gradient.noalias() += m_people.row(static_cast<Eigen::Index>(s)).transpose() * d;
        }
    }

    // The last batch's activations, kept for the way back.
    MatrixOf<Scalar> m_people;               // sequences x person width
    MatrixOf<Scalar> m_row;                  // n x d
    MatrixOf<Scalar> m_last;                 // n x d, normalised
    std::vector<MatrixOf<Scalar>> m_level;   // the rows of m_last that predict a level
    std::vector<MatrixOf<Scalar>> m_logits;  // by level; after learn their gradients
    nn::Dropout<Scalar> m_dropout;
    MatrixOf<Scalar> m_d;
    MatrixOf<Scalar> m_d_level;
};

}  // namespace cascadelab
