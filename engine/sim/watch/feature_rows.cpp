#include "engine/sim/watch/feature_rows.h"

#include <algorithm>

#include "engine/features/registry.h"

namespace cascadelab {

std::vector<FeatureRow> feature_rows(const SimulationState& state, PersonId person) {
    const Seconds now_s = state.now_s();
    const World& world = state.world;
    const FeatureParams& params = state.params.features;
    const PersonFeatures features = state.store.peek_person(params, person, now_s);
    const RequestMoment moment{{now_s, world.population.people[person.index()].device},
                               features,
                               state.store,
                               params,
                               world.catalogue.cards,
                               world.catalogue.content};
    std::vector<FeatureRow> rows;
    for (const Feature& feature : feature_registry()) {
        auto words = feature_words(feature, moment, domain_pack(state.params.world.pack));
        if (!words) continue;
        const bool never = words->event_s == kNever;
        const double age_s =
            never ? -1.0 : std::max(0.0, static_cast<double>(now_s - words->event_s));
        rows.push_back({std::string(feature.name), std::string(lane_label(feature.lane)), age_s, "",
                        std::move(words->value)});
    }
    return rows;
}

}  // namespace cascadelab
