#include "engine/sim/commands/corrupt_codes.h"

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string CorruptCodes::words(DomainPackName) const {
    return "codes corrupted: " + fixed_text(100 * share, 0) + " %";
}

// As silent as in life: no version moves, so only what looks at the codes themselves can tell.
void CorruptCodes::apply(SimulationState& state) const {
    GenerativeModel& model = state.models.generative;
    if (!model.ids) return;
    model.corrupt(share, Stream(state.seed, Purpose::corrupt_codes, state.tick));
    state.models_hash = Hasher().add(state.models_hash).add(hash_of(*model.ids)).value();
}

}  // namespace cascadelab
