// The sequence encoder as a trainable net: forward, loss and backward of one batch, whichever its
// blocks (HSTU or SASRec). Templated on the scalar so that gradients can be checked in double.
// Knows nothing of epochs, sampling or serving; one thread.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include "engine/models/nn/adamw.h"
#include "engine/models/nn/sampled_softmax.h"
#include "engine/models/sequence/hstu_block.h"
#include "engine/models/sequence/sasrec_block.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {

// Sequences stacked row under row, and the items that occur anywhere in the batch.
struct SequenceBatch {
    SequenceContext context;
    std::vector<std::uint32_t> item;          // n, a place in `items`
    std::vector<std::uint32_t> place;         // n, position in the sequence, oldest 0
    std::vector<std::uint32_t> action;        // n
    std::vector<std::uint32_t> watch_bucket;  // n
    std::vector<std::uint32_t> surface;       // n
    nn::SampledTargets targets;               // the item that follows each row; places in `items`
    std::vector<std::uint32_t> items;         // m, rows of the item features, ascending
    std::vector<std::uint32_t> ids;           // m, the same; nn::kNoRow where the id was dropped
};

// item vector e = id embedding + content W;  row = sqrt(d) e + position + action + watch + surface
// person = the last block's row on the unit sphere; score(person, item) = <person, e / |e|>
template <class Scalar>
struct SequenceNet {
    using Block = std::variant<HstuBlock<Scalar>, SasrecBlock<Scalar>>;

    nn::Embedding<Scalar> ids;      // items x d
    nn::Parameter<Scalar> content;  // content width x d
    nn::Parameter<Scalar> place;    // length x d
    nn::Parameter<Scalar> action;   // kTokenActions x d
    nn::Parameter<Scalar> watch;    // kWatchBuckets x d
    nn::Parameter<Scalar> surface;  // kTokenSurfaces x d
    std::vector<Block> blocks;
    double temperature = 1;

    SequenceNet() = default;
    SequenceNet(const SequenceSettings& settings, Eigen::Index items, Eigen::Index content_width)
        : temperature(settings.temperature) {
        Stream stream(settings.seed, Purpose::train_sequence);
        const Eigen::Index d = settings.dims;
        ids = nn::Embedding<Scalar>(items, d, 0.02, stream);
        content = nn::Parameter<Scalar>(content_width, d);
        place = nn::Parameter<Scalar>(settings.length, d);
        action = nn::Parameter<Scalar>(kTokenActions, d);
        watch = nn::Parameter<Scalar>(kWatchBuckets, d);
        surface = nn::Parameter<Scalar>(kTokenSurfaces, d);
        for (auto* table : {&content, &place, &action, &watch, &surface}) {
            table->randomize(0.02, stream);
        }
        const SequenceShape shape{d, settings.heads, settings.length};
        for (int b = 0; b < settings.blocks; ++b) {
            if (settings.block == SequenceBlock::hstu) {
                blocks.push_back(HstuBlock<Scalar>(shape, stream));
            } else {
                blocks.push_back(SasrecBlock<Scalar>(shape, stream));
            }
        }
    }

    // Every dense parameter; the ids are apart, because they learn by rows.
    template <class Visit>
    void each_parameter(Visit visit) {
        for (auto* table : {&content, &place, &action, &watch, &surface}) visit(*table);
        for (Block& block : blocks) std::visit([&](auto& b) { b.each_parameter(visit); }, block);
    }

    // The people of all rows: n x d, unit rows. Leaves the items' unit vectors beside them.
    const nn::PeopleAndItems<Scalar>& encode(const SequenceBatch& batch,
                                             const Matrix& item_features, SequenceNoise noise) {
        embed_items(batch, item_features);
        embed_rows(batch);
        m_dropout.forward(m_row, noise.share, noise.stream);
        for (Block& block : blocks) {
            std::visit([&](auto& b) { b.forward(batch.context, m_row, noise, m_next); }, block);
            m_row.swap(m_next);
        }
        nn::unit_forward(m_row, m_units.people, m_people_norm);
        return m_units;
    }

    // Mean loss of the batch in nats, without gradients and without noise.
    Scalar loss(const SequenceBatch& batch, const Matrix& item_features) {
        encode(batch, item_features, {0, Stream(0, Purpose::train_sequence)});
        m_d_units.items.setZero(m_units.items.rows(), m_units.items.cols());
        return nn::sampled_softmax(m_units, batch.targets, temperature, m_d_units);
    }

    // Mean loss of the batch in nats; leaves the gradients in the parameters.
    Scalar learn(const SequenceBatch& batch, const Matrix& item_features, SequenceNoise noise) {
        encode(batch, item_features, noise);
        m_d_units.items.setZero(m_units.items.rows(), m_units.items.cols());
        const Scalar loss = nn::sampled_softmax(m_units, batch.targets, temperature, m_d_units);
        nn::unit_backward(m_units.people, m_people_norm, m_d_units.people, m_d_row);
        for (std::size_t b = blocks.size(); b-- > 0;) {
            std::visit([&](auto& block) { block.backward(batch.context, m_d_row); }, blocks[b]);
        }
        m_dropout.backward(m_d_row);
        scatter_rows(batch);
        return loss;
    }

  private:
    void embed_items(const SequenceBatch& batch, const Matrix& item_features) {
        const auto m = static_cast<Eigen::Index>(batch.items.size());
        m_item.resize(m, ids.value.cols());
        ids.gather(batch.ids, m_item);
        m_content.resize(m, item_features.cols());
        for (Eigen::Index i = 0; i < m; ++i) {
            const std::uint32_t item = batch.items[static_cast<std::size_t>(i)];
            m_content.row(i) = item_features.row(item).template cast<Scalar>();
        }
        if (item_features.cols() > 0) m_item.noalias() += m_content * content.value;
        nn::unit_forward(m_item, m_units.items, m_item_norm);
    }

    void embed_rows(const SequenceBatch& batch) {
        m_row.resize(batch.context.rows.rows(), m_item.cols());
        for (std::size_t i = 0; i < batch.item.size(); ++i) {
            m_row.row(static_cast<Eigen::Index>(i)) =
                loudness() * m_item.row(batch.item[i]) + place.value.row(batch.place[i]) +
                action.value.row(batch.action[i]) + watch.value.row(batch.watch_bucket[i]) +
                surface.value.row(batch.surface[i]);
        }
    }

    // An item is met as an input and as a target: both gradients meet in e.
    void scatter_rows(const SequenceBatch& batch) {
        nn::unit_backward(m_units.items, m_item_norm, m_d_units.items, m_d_item);
        for (std::size_t i = 0; i < batch.item.size(); ++i) {
            const auto d = m_d_row.row(static_cast<Eigen::Index>(i));
            m_d_item.row(batch.item[i]) += loudness() * d;
            place.gradient.row(batch.place[i]) += d;
            action.gradient.row(batch.action[i]) += d;
            watch.gradient.row(batch.watch_bucket[i]) += d;
            surface.gradient.row(batch.surface[i]) += d;
        }
        if (m_content.cols() > 0) content.gradient.noalias() += m_content.transpose() * m_d_item;
        ids.scatter(batch.ids, m_d_item);
    }

    // Items speak sqrt(d) louder than the places and facets they are summed with.
    Scalar loudness() const {
        return static_cast<Scalar>(std::sqrt(static_cast<double>(ids.value.cols())));
    }

    // The last batch's activations, kept for the way back.
    MatrixOf<Scalar> m_content;          // m x content width
    MatrixOf<Scalar> m_item;             // m x d, e
    VectorOf<Scalar> m_item_norm;        // m, inverse
    MatrixOf<Scalar> m_row;              // n x d
    MatrixOf<Scalar> m_next;             // n x d
    VectorOf<Scalar> m_people_norm;      // n, inverse
    nn::PeopleAndItems<Scalar> m_units;  // n x d, m x d
    nn::PeopleAndItems<Scalar> m_d_units;
    nn::Dropout<Scalar> m_dropout;
    MatrixOf<Scalar> m_d_item;
    MatrixOf<Scalar> m_d_row;
};

}  // namespace cascadelab
