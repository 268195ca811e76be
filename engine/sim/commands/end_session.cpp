#include "engine/sim/commands/end_session.h"

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string EndSession::words(DomainPackName) const {
    return person.valid() ? "session ends: person " + std::to_string(person.value)
                          : "sessions end: " + fixed_text(100 * share, 0) + " %";
}

void EndSession::apply(SimulationState& state) const {
    for_asked(state, *this, Purpose::command, state.tick, [&](PersonId id, Stream&) {
        const Person& who = state.world.population.people[id.index()];
        if (!who.session.active) return;
        Event end;
        end.time_s = who.session.now_s;
        end.person = id;
        end.request = who.requests;
        end.kind = EventKind::session_end;
        end.value = static_cast<float>(who.session.now_s - who.session.started_s);
        end_session(surroundings(state.world, state.params), state.world.population, id,
                    Stream(state.seed, Purpose::churn, id.value, who.requests));
        state.store.observe(state.params.features, state.world.catalogue, id, std::span(&end, 1));
        state.caused.push_back(end);
    });
}

}  // namespace cascadelab
