// What commands do to the world: searches, levers, releases, turns of taste, news; and to its
// models: damage.
#include <algorithm>

#include "engine/sim/step/stepper.h"

namespace cascadelab {

void Stepper::search(const Search& search) {
    const Seconds now_s = state.now_s();
    const auto wish_until_s =
        now_s + static_cast<Seconds>(state.params.world.search_wish_h * kHour);
    for (std::size_t p = 0; p < state.world.population.size(); ++p) {
        const PersonId id(p);
        Person& person = state.world.population.people[p];
        Stream stream(state.seed, Purpose::search, p, state.tick);
        const bool asked =
            search.person.valid() ? id == search.person : stream.chance(search.share);
        if (!asked || person.churned) continue;
        // A session that ended in the last tick may have lasted beyond it.
        if (!person.session.active) person.next_session_s = std::max(now_s, person.session.now_s);
        person.wish_topic = static_cast<std::uint8_t>(search.topic.value);
        person.wish_until_s = wish_until_s;
        const auto waiting =
            std::ranges::lower_bound(state.searches, id, {}, &WaitingSearch::person);
        if (waiting != state.searches.end() && waiting->person == id) {
            waiting->topic = search.topic;
        } else {
            state.searches.insert(waiting, {id, search.topic});
        }
    }
}

void Stepper::pull_lever(const PullLever& pull) {
    for (std::size_t p = 0; p < state.world.population.size(); ++p) {
        Stream stream(state.seed, Purpose::lever, p, state.tick);
        const bool asked =
            pull.person.valid() ? PersonId(p) == pull.person : stream.chance(pull.share);
        if (asked) state.world.population.people[p].intention = {pull.lever, pull.topic};
    }
}

void Stepper::release(const ReleaseItems& release) {
    for (std::int64_t i = 0; i < release.count; ++i) {
        const Stream stream(state.seed, Purpose::catalogue, state.world.catalogue.size(),
                            state.tick + 1);
        release_item(state.world, state.params, release.topic, release.quality, state.now_s(),
                     stream);
    }
    state.released_today += static_cast<std::uint64_t>(release.count);
    take_in_new_items();
}

void Stepper::change_tastes(const ChangeTaste& change) {
    // Two changes of one tick draw apart: each has its own people and its own places.
    const std::uint64_t occasion = state.tick * kTopicCount + change.topic.index();
    for (std::size_t p = 0; p < state.world.population.size(); ++p) {
        Stream stream(state.seed, Purpose::taste_change, p, occasion);
        const bool meant =
            change.person.valid() ? PersonId(p) == change.person : stream.chance(change.share);
        if (meant) change_taste(state.world, state.params, PersonId(p), change.topic, stream);
    }
}

// Its strength and its items come with the tick's second stage.
void Stepper::break_news(const Burst& burst) {
    const auto length_s = static_cast<Seconds>(burst.hours * kHour);
    state.world.news.push_back({burst.topic, static_cast<float>(burst.strength), state.now_s(),
                                length_s, burst.releases, 0});
}

// As silent as in life: no version moves, so only what looks at the codes themselves can tell.
void Stepper::corrupt_codes(const CorruptCodes& damage) {
    GenerativeModel& model = state.models.generative;
    if (!model.ids) return;
    model.corrupt(damage.share, Stream(state.seed, Purpose::corrupt_codes, state.tick));
    state.models_hash = Hasher().add(state.models_hash).add(hash_of(*model.ids)).value();
}

}  // namespace cascadelab
