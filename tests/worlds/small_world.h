// A world small enough to run for days within a second or two, with training every half day.
#pragma once

#include "engine/store/scenario/scenario.h"

namespace cascadelab {

inline Scenario small_world(std::int64_t days = 2) {
    Scenario scenario;
    scenario.name = "small";
    scenario.title = "Small";
    scenario.seed = 11;
    scenario.days = days;
    Params& p = scenario.params;
    p.world.people = 120;
    p.world.items = 400;
    p.world.creators = 30;
    p.world.new_items_per_day = 20;
    p.world.sessions_per_day = 3;
    p.clock.tick_s = 600;
    p.features.batch_every_h = 12;
    p.retrieval.candidates = 60;
    p.ranking.trees = 16;
    p.ranking.depth = 4;
    p.ranking.keep = 40;
    p.ranking.training_rows = 4000;
    p.training.every_h = 12;
    p.training.tower_dims = 8;
    p.training.mf_dims = 8;
    p.training.mf_epochs = 3;
    p.training.tower_epochs = 1;
    p.training.tower_examples = 2000;
    p.metrics.neighbour_pairs = 20;
    scenario.timeline = {
        {6 * kHour, SetParameter{"rerank.diversity", 0.5}, false},
        {18 * kHour + 1200, Search{PersonId(), 0.3, TopicId(1)}, true},
        {20 * kHour, ReleaseItems{TopicId(2), 1, 5}, false},
        {20 * kHour, Note{"five releases"}, false},
    };
    return scenario;
}

// A decoder that learns such a world in no time.
inline void use_small_decoder(GenerativeParams& params) {
    params.codes = 8;
    params.dims = 8;
    params.layers = 1;
}

}  // namespace cascadelab
