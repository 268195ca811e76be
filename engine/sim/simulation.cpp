#include "engine/sim/simulation.h"

#include "engine/sim/command_check.h"
#include "engine/sim/step.h"

namespace cascadelab {

std::uint64_t Hashes::all() const {
    Hasher hasher;
    hasher.add(params).add(world).add(features).add(models).add(log).add(metrics);
    return hasher.value();
}

Simulation::Simulation(const Params& params, std::uint64_t seed, int threads)
    : m_impl(std::make_unique<Impl>(params, seed, threads)) {}

Simulation::~Simulation() = default;

Status Simulation::check(const Command& command) const {
    return check_command(command, m_impl->state.params, m_impl->state.world.population.size());
}

TickReport Simulation::step(std::span<const Command> commands) {
    return m_impl->step(commands);
}

std::uint64_t Simulation::tick() const {
    return m_impl->state.tick;
}
Seconds Simulation::now_s() const {
    return m_impl->state.now_s();
}
const Params& Simulation::params() const {
    return m_impl->state.params;
}
std::uint64_t Simulation::seed() const {
    return m_impl->state.seed;
}

Hashes Simulation::hashes() const {
    return m_impl->current_hashes();
}

std::shared_ptr<const SimulationState> Simulation::keyframe() const {
    return std::make_shared<const SimulationState>(m_impl->state);
}

void Simulation::restore(const std::shared_ptr<const SimulationState>& keyframe) {
    m_impl->restore(*keyframe);
}

double Simulation::keyframe_mib(const SimulationState& keyframe) const {
    return keyframe.unshared_mib();
}

void Simulation::set_focus(const Focus& focus) {
    m_impl->watcher.set_focus(focus);
}

std::shared_ptr<Snapshot> Simulation::snapshot() {
    return m_impl->snapshot();
}

std::shared_ptr<const CascadeTrace> Simulation::explain(PersonId person) {
    return m_impl->explain(person);
}

std::vector<ProfileEntry> Simulation::profile() const {
    return m_impl->profile();
}

// What the facade asks of the engine room.

void Simulation::Impl::restore(const SimulationState& keyframe) {
    state = keyframe;
    m_warehouse = Warehouse();  // derived from the log; the next batch run fills it again
    watcher.go_back(state);
}

std::shared_ptr<const CascadeTrace> Simulation::Impl::explain(PersonId person) {
    // A copy of the store is brought up to now, so that looking changes nothing.
    FeatureStore store = state.store;
    Request request = make_request(state, person, state.now_s());
    request.explain = true;
    const Catalogue& catalogue = state.world.catalogue;
    const PersonFeatures features =
        store.read_person(state.params.features, catalogue, person, request.now_s);
    const CascadeInputs in{state.params, catalogue.cards, catalogue.content, store, state.models};
    CascadeWorkspace workspace;
    run_cascade(in, request, features,
                Stream(state.seed, Purpose::window, person.value, state.tick), workspace);
    auto trace = std::make_shared<CascadeTrace>(std::move(workspace.trace));
    trace->preview = true;
    trace->oracle = oracle_best(state.world, state.params, person, request.now_s, kOracleItems);
    attribute_losses(*trace, trace->oracle);
    return trace;
}

std::shared_ptr<Snapshot> Simulation::Impl::snapshot() {
    const PersonId focus = watcher.focus();
    if (focus.valid() && (!watcher.trace() || watcher.trace()->person != focus))
        watcher.take_preview(explain(focus));
    return watcher.snapshot(state);
}

std::vector<ProfileEntry> Simulation::Impl::profile() const {
    std::vector<ProfileEntry> entries = watcher.profile.entries();
    entries.push_back({"training_background", m_runner.seconds_spent(), 1});
    return entries;
}

}  // namespace cascadelab
