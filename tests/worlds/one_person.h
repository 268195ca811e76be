// A small world and one person who looks at pages in it.
#pragma once

#include <memory>
#include <numeric>

#include "engine/world/people/behaviour.h"
#include "engine/world/world.h"

namespace cascadelab {

inline constexpr PersonId kSomebody{std::size_t{0}};

inline Params small_params() {
    Params params;
    params.world.people = 20;
    params.world.items = 400;
    params.world.creators = 20;
    params.world.trend_strength = 0;
    return params;
}

// A session that nothing but the page decides about.
inline void open_session(World& world, const Params& params, PersonId id) {
    Person& person = world.population.people[id.index()];
    person.next_session_s = 20 * kHour;
    begin_session(surroundings(world, params), person, Stream(1, Purpose::session, id.value));
    person.session.budget_s = 1e7f;
}

inline Response see_page(World& world, const Params& params, PersonId id,
                         std::span<const ItemId> page, std::uint64_t draw) {
    const auto explored = std::make_unique<bool[]>(page.size());
    return respond(surroundings(world, params), world.population, id,
                   {page, {explored.get(), page.size()}}, Stream(5, Purpose::response, draw));
}

inline double chi_square(std::span<const double> counts, std::span<const double> probabilities) {
    const double total = std::accumulate(counts.begin(), counts.end(), 0.0);
    double sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k) {
        const double expected = total * probabilities[k];
        sum += (counts[k] - expected) * (counts[k] - expected) / expected;
    }
    return sum;
}

}  // namespace cascadelab
