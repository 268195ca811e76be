// How a command goes to the people it is meant for. Included by the commands' own files only.
#pragma once

#include <cstdint>

#include "engine/base/random.h"
#include "engine/base/text.h"
#include "engine/sim/state/state.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

// Calls go(person, stream) for the one person a command names or for its share of all, each drawn
// by a stream of their own, keyed by purpose, person and occasion, which goes on to be drawn from.
template <class ToPeople, class Go>
void for_asked(const SimulationState& state, const ToPeople& command, Purpose purpose,
               std::uint64_t occasion, Go&& go) {
    for (std::size_t p = 0; p < state.world.population.size(); ++p) {
        Stream stream(state.seed, purpose, p, occasion);
        const bool asked =
            command.person.valid() ? PersonId(p) == command.person : stream.chance(command.share);
        if (asked) go(PersonId(p), stream);
    }
}

}  // namespace cascadelab
