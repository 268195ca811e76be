#include "engine/sim/commands/burst.h"

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string Burst::words(DomainPackName pack) const {
    return "breaking: " + topic_name(topic, pack);
}

// Its strength and its items come with the tick's second stage.
void Burst::apply(SimulationState& state) const {
    const auto length_s = static_cast<Seconds>(hours * kHour);
    state.world.news.push_back(
        {topic, static_cast<float>(strength), state.now_s(), length_s, releases, 0});
}

}  // namespace cascadelab
