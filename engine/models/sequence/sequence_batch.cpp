#include "engine/models/sequence/sequence_batch.h"

#include <array>

#include "engine/base/error.h"
#include "engine/models/nn/dropout.h"

namespace cascadelab {

SequenceBatcher::SequenceBatcher(const SequenceExamples& examples, const SequenceSettings& settings)
    : m_examples(examples),
      m_settings(settings),
      m_known(examples.items, false),
      m_place(examples.items, nn::kNoRow) {
    for (const auto& sequence : examples.sequences) {
        for (const SequenceToken& token : sequence) {
            CHECK(token.item.index() < examples.items);
            CHECK(token.action < kTokenActions && token.watch_bucket < kWatchBuckets &&
                  token.surface < kTokenSurfaces);
            m_known[token.item.index()] = true;
        }
    }
    for (std::uint32_t item = 0; item < m_known.size(); ++item) {
        if (m_known[item]) m_met.push_back(item);
    }
}

void SequenceBatcher::make(std::span<const SequenceView> sequences, BatchPurpose purpose,
                           Stream stream, SequenceBatch& batch) {
    batch.context.rows.clear();
    for (auto* column : {&batch.item, &batch.place, &batch.action, &batch.watch_bucket,
                         &batch.surface, &batch.targets.positive, &batch.targets.negative}) {
        column->clear();
    }
    m_happened.clear();
    m_asked.clear();
    for (const SequenceView sequence : sequences) add_sequence(sequence, purpose, batch);
    nn::bucket_lags(batch.context.rows, m_happened, m_asked, batch.context.lags);

    const std::size_t draws = batch.item.size() * static_cast<std::size_t>(m_settings.negatives);
    batch.targets.negative.resize(draws);
    for (std::uint32_t& item : batch.targets.negative) item = m_met[stream.below(m_met.size())];
    renumber(batch);

    // Without content there is nothing to fall back on.
    batch.ids = batch.items;
    const bool drops = purpose == BatchPurpose::learn && m_examples.item_features.cols() > 0;
    if (drops) nn::drop_ids(batch.ids, m_settings.id_dropout, stream);
}

void SequenceBatcher::add_sequence(SequenceView sequence, BatchPurpose purpose,
                                   SequenceBatch& batch) {
    CHECK(sequence.size() >= 2);
    const std::size_t rows = sequence.size() - 1;
    batch.context.rows.add(static_cast<Eigen::Index>(rows));
    for (std::size_t i = 0; i < rows; ++i) {
        const SequenceToken& token = sequence[i];
        const SequenceToken& next = sequence[i + 1];
        CHECK(token.time_s <= next.time_s);
        batch.item.push_back(token.item.value);
        batch.place.push_back(static_cast<std::uint32_t>(i));
        batch.action.push_back(token.action);
        batch.watch_bucket.push_back(token.watch_bucket);
        batch.surface.push_back(token.surface);
        const bool asked = purpose == BatchPurpose::learn || i + 1 == rows;
        const bool counts = asked && (m_examples.target_actions >> next.action & 1) != 0;
        batch.targets.positive.push_back(counts ? next.item.value : nn::kNoTarget);
        m_happened.push_back(token.time_s);
        m_asked.push_back(next.time_s);
    }
}

// From items to their places in the batch, so that a vector is made once for each of them.
void SequenceBatcher::renumber(SequenceBatch& batch) {
    const std::array<std::vector<std::uint32_t>*, 3> columns = {
        &batch.item, &batch.targets.positive, &batch.targets.negative};
    for (const auto* column : columns) {
        for (const std::uint32_t item : *column) {
            if (item != nn::kNoTarget) m_place[item] = 0;
        }
    }
    batch.items.clear();
    for (const std::uint32_t item : m_met) {
        if (m_place[item] == nn::kNoRow) continue;
        m_place[item] = static_cast<std::uint32_t>(batch.items.size());
        batch.items.push_back(item);
    }
    for (auto* column : columns) {
        for (std::uint32_t& item : *column) {
            if (item != nn::kNoTarget) item = m_place[item];
        }
    }
    for (const std::uint32_t item : batch.items) m_place[item] = nn::kNoRow;
}

}  // namespace cascadelab
