#include "engine/sim/commands/release_items.h"

#include "engine/sim/commands/asked.h"
#include "engine/world/supply/releases.h"

namespace cascadelab {

std::string ReleaseItems::words(DomainPackName pack) const {
    return grouped_text(count) + " new: " + topic_name(topic, pack);
}

void ReleaseItems::apply(SimulationState& state) const {
    for (std::int64_t i = 0; i < count; ++i) {
        const Stream stream(state.seed, Purpose::catalogue, state.world.catalogue.size(),
                            state.tick + 1);
        release_item(state.world, state.params, topic, quality, state.now_s(), stream);
    }
    state.released_today += static_cast<std::uint64_t>(count);
    take_in_new_items(state);
}

}  // namespace cascadelab
