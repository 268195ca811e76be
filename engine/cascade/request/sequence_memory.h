// A person's vector from the sequence model: the kept events become cached rows, one event one row.
// The rows are derived data beside the models, never part of a hash or a keyframe: whatever does
// not fit the model or the kept events is made again, to the same bits. A person's memory belongs
// to the thread that runs the person's session.
#pragma once

#include <memory>

#include "engine/features/person_sequence.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {

// What is kept of one person between two requests of a session.
struct SequenceMemory {
    std::shared_ptr<const SequenceModel> model;  // which wrote the rows
    SequenceState state;
};

SequenceToken model_token(const PersonToken& token);

// Appends what the memory does not know yet of the kept events, or all of them when it was written
// by another model or has forgotten too much. content: of all items, by id.
void bring_up(const std::shared_ptr<const SequenceModel>& model, const PersonSequence& sequence,
              const RowTable& content, SequenceMemory& memory);

}  // namespace cascadelab
