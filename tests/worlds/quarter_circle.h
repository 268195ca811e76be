// A world of four items on a quarter circle in which metrics can be worked by hand, and short ways
// to write its events. For tests; one thread.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "engine/sim/metrics/metrics.h"

namespace cascadelab {

using Groups = std::array<double, kGroupCount>;
inline const double kNan = std::nan("");

inline bool near(double a, double b, double tolerance = 1e-5) {
    return std::isnan(b) ? std::isnan(a) : std::abs(a - b) <= tolerance;
}

// What utility is made of here: taste and quality only.
inline Params plain_params() {
    Params params;
    params.world.context_weight = 0;
    return params;
}

inline void add_item(World& world, std::size_t topic, std::size_t creator, float x, float y) {
    ItemCard& card = world.catalogue.cards.emplace_back();
    card.topic = TopicId(topic);
    card.creator = CreatorId(creator);
    card.duration_s = 600;
    world.catalogue.true_topic.push_back(card.topic);
    world.catalogue.quality.push_back(0);
    world.catalogue.appeal.push_back(0);
    for (RowTable* table : {&world.catalogue.taste, &world.catalogue.content}) {
        table->dims = 2;
        table->push(std::array{x, y});
    }
}

inline void add_person(World& world, Segment segment, std::array<float, 2> innate,
                       std::array<float, 2> taste) {
    world.population.people.emplace_back().segment = segment;
    world.population.innate.dims = world.population.taste.dims = 2;
    world.population.innate.push(innate);
    world.population.taste.push(taste);
}

// Four items on a quarter circle, of topics 0 0 1 2 and creators 0 0 1 1.
inline World quarter_circle() {
    World world;
    world.creators.resize(2);
    add_item(world, 0, 0, 1, 0);
    add_item(world, 0, 0, 0.8f, 0.6f);
    add_item(world, 1, 1, 0.6f, 0.8f);
    add_item(world, 2, 1, 0, 1);
    return world;
}

inline Event event(EventKind kind, std::size_t person, std::size_t item, Seconds time_s,
                   float value = 0) {
    Event out;
    out.time_s = time_s;
    out.person = PersonId(person);
    out.item = ItemId(item);
    out.kind = kind;
    out.value = value;
    return out;
}

inline Event shown(std::size_t person, std::size_t item, Seconds time_s) {
    return event(EventKind::impression, person, item, time_s);
}

inline EventLog log_of(const std::vector<Event>& events) {
    EventLog log;
    log.append(events);
    return log;
}

inline Candidate candidate(std::size_t item, Fate fate) {
    Candidate out;
    out.item = ItemId(item);
    out.fate = fate;
    return out;
}

inline OracleItem best(std::size_t item, float utility = 0) {
    return {ItemId(item), utility, LossStage::kept};
}

}  // namespace cascadelab
