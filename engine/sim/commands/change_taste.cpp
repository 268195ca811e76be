#include "engine/sim/commands/change_taste.h"

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string ChangeTaste::words(DomainPackName pack) const {
    return "taste turns: " + topic_name(topic, pack);
}

void ChangeTaste::apply(SimulationState& state) const {
    // Two changes of one tick draw apart: each has its own people and its own places.
    const std::uint64_t occasion = state.tick * kTopicCount + topic.index();
    for_asked(state, *this, Purpose::taste_change, occasion, [&](PersonId id, Stream& stream) {
        change_taste(state.world.population, state.params, state.world.topic_centres, id, topic,
                     stream);
    });
}

}  // namespace cascadelab
