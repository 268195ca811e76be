#include "engine/sim/state/state.h"

namespace cascadelab {

std::vector<SignUp> sign_ups_of(const Population& population) {
    std::vector<SignUp> all;
    for (const Person& person : population.people) {
        static_assert(kFounder == kNever);  // when founders told it is not known
        all.push_back({person.survey, person.joined_s});
    }
    return all;
}

void take_in_new_items(SimulationState& state) {
    const Catalogue& catalogue = state.world.catalogue;
    state.store.add_items(catalogue);
    PublishedModels& models = state.models;
    const std::size_t known = models.newest.empty() ? 0 : models.newest.front().index() + 1;
    for (std::size_t i = known; i < catalogue.size(); ++i) {
        if (catalogue.cards[i].released_s == state.now_s())
            models.newest.insert(models.newest.begin(), ItemId(i));
    }
}

FrozenLog frozen_log(const SimulationState& state) {
    FrozenLog view;
    view.seed = state.seed;
    view.tick = state.tick;
    view.params = state.params;
    view.now_s = state.now_s();
    view.join.params = state.params.features;
    view.join.log = state.log;
    view.join.checkpoints = state.checkpoints;
    view.join.batches = state.batches;
    view.join.catalogue = std::make_shared<const Catalogue>(state.world.catalogue);
    view.join.sign_ups =
        std::make_shared<const std::vector<SignUp>>(sign_ups_of(state.world.population));
    view.requests =
        state.feature_log.newest(static_cast<std::size_t>(state.params.ranking.training_rows));
    std::vector<Device> devices;
    for (const Person& person : state.world.population.people) devices.push_back(person.device);
    view.devices = std::make_shared<const std::vector<Device>>(std::move(devices));
    return view;
}

double SimulationState::unshared_mib(const SimulationState& earlier) const {
    // What a person and an item hold beside their own fields: taste, memory, content and its truth.
    constexpr std::size_t kPersonBytes = 700, kItemBytes = 250;
    std::size_t bytes = world.population.size() * (sizeof(Person) + kPersonBytes) +
                        world.catalogue.size() * (sizeof(ItemCard) + kItemBytes);
    bytes += (log.appended() - earlier.log.appended()) * sizeof(Event);
    bytes += (requests - earlier.requests) * sizeof(RequestFacts);
    bytes += store.unshared_bytes(earlier.store);
    const FeatureStore* before = &earlier.store;
    for (const StoreCheckpoint& checkpoint : checkpoints) {
        if (checkpoint.time_s <= earlier.now_s()) continue;
        bytes += checkpoint.store->unshared_bytes(*before);
        before = checkpoint.store.get();
    }
    bytes += models.unshared_bytes(earlier.models);
    return static_cast<double>(bytes) / (1024 * 1024);
}

}  // namespace cascadelab
