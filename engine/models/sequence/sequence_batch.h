// Cuts the training set into batches: which events are rows, what follows them, and the negatives
// drawn against it. One thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/random.h"
#include "engine/models/sequence/sequence_net.h"

namespace cascadelab {

using SequenceView = std::span<const SequenceToken>;

// What a batch asks of its rows.
enum class BatchPurpose {
    learn,     // every next event that is a target; ids are dropped out
    validate,  // only the last event, with every id
};

class SequenceBatcher {
  public:
    SequenceBatcher(const SequenceExamples& examples, const SequenceSettings& settings);

    // Each sequence has at least two events: all but the last are rows, all but the first targets.
    // Negatives are drawn for every row by itself, uniformly from the items that anybody has met:
    // what nobody could choose is no evidence against its content.
    void make(std::span<const SequenceView> sequences, BatchPurpose purpose, Stream stream,
              SequenceBatch& batch);

    // By item: whether some sequence holds it.
    const std::vector<bool>& known() const { return m_known; }

  private:
    void add_sequence(SequenceView sequence, BatchPurpose purpose, SequenceBatch& batch);
    void renumber(SequenceBatch& batch);

    const SequenceExamples& m_examples;
    const SequenceSettings& m_settings;
    std::vector<bool> m_known;
    std::vector<std::uint32_t> m_met;      // the known items, ascending
    std::vector<std::uint32_t> m_place;    // by item: its place in the batch, while one is made
    std::vector<std::int64_t> m_happened;  // by row of the batch
    std::vector<std::int64_t> m_asked;     // by row of the batch: when the next event happened
};

}  // namespace cascadelab
