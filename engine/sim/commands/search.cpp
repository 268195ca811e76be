#include "engine/sim/commands/search.h"

#include <algorithm>

#include "engine/sim/commands/asked.h"

namespace cascadelab {

std::string Search::words(DomainPackName pack) const {
    return "search: " + topic_name(topic, pack);
}

void Search::apply(SimulationState& state) const {
    const Seconds now_s = state.now_s();
    const auto wish_until_s =
        now_s + static_cast<Seconds>(state.params.world.search_wish_h * kHour);
    for_asked(state, *this, Purpose::search, state.tick, [&](PersonId id, Stream&) {
        Person& who = state.world.population.people[id.index()];
        if (who.churned) return;
        // A session that ended in the last tick may have lasted beyond it.
        if (!who.session.active) who.next_session_s = std::max(now_s, who.session.now_s);
        who.wish_topic = static_cast<std::uint8_t>(topic.value);
        who.wish_until_s = wish_until_s;
        const auto waiting =
            std::ranges::lower_bound(state.searches, id, {}, &WaitingSearch::person);
        if (waiting != state.searches.end() && waiting->person == id) {
            waiting->topic = topic;
        } else {
            state.searches.insert(waiting, {id, topic});
        }
    });
}

}  // namespace cascadelab
