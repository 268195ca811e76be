#include "engine/sim/commands/pull_lever.h"

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string PullLever::words(DomainPackName pack) const {
    return std::string(lever_name(lever)) + ": " + topic_name(topic, pack);
}

void PullLever::apply(SimulationState& state) const {
    for_asked(state, *this, Purpose::lever, state.tick, [&](PersonId id, Stream&) {
        state.world.population.people[id.index()].intention = {lever, topic};
    });
}

}  // namespace cascadelab
