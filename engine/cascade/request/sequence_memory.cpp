#include "engine/cascade/request/sequence_memory.h"

namespace cascadelab {

static_assert(kTokenActionCount <= kTokenActions && enum_count<Surface> <= kTokenSurfaces);

SequenceToken model_token(const PersonToken& token) {
    return {token.item, static_cast<std::uint8_t>(token.action), token.watch_bucket,
            static_cast<std::uint8_t>(token.surface), token.time_s};
}

void bring_up(const std::shared_ptr<const SequenceModel>& model, const PersonSequence& sequence,
              const RowTable& content, SequenceMemory& memory) {
    const std::uint64_t oldest = sequence.seen - sequence.tokens.size();
    const bool fits =
        memory.model == model && memory.state.seen >= oldest && memory.state.seen <= sequence.seen;
    if (!fits) {
        memory.model = model;
        memory.state = {};
        memory.state.seen = oldest;
    }
    while (memory.state.seen < sequence.seen) {
        const PersonToken token = sequence.tokens[memory.state.seen - oldest];
        model->append(memory.state, model_token(token), content[token.item.index()]);
    }
}

}  // namespace cascadelab
