#include "engine/sim/simulation.h"

#include <algorithm>
#include <chrono>

#include "engine/params/table.h"
#include "engine/sim/command_check.h"
#include "engine/sim/reference_page.h"
#include "engine/sim/step.h"

namespace cascadelab {

std::uint64_t Hashes::all() const {
    Hasher hasher;
    hasher.add(params).add(world).add(features).add(models).add(log).add(metrics);
    return hasher.value();
}

Simulation::Simulation(const Params& params, std::uint64_t seed, int threads,
                       const RatedCatalogue* rated)
    : m_impl(std::make_unique<Impl>(params, seed, threads, rated)) {}

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

double Simulation::keyframe_mib(const SimulationState& keyframe, const SimulationState& earlier) {
    return keyframe.unshared_mib(earlier);
}

void Simulation::set_focus(const Focus& focus) {
    m_impl->watcher.set_focus(focus);
}

std::shared_ptr<Snapshot> Simulation::snapshot(std::span<const Command> pending) {
    return m_impl->snapshot(pending);
}

std::shared_ptr<const CascadeTrace> Simulation::explain(PersonId person) {
    return m_impl->explain(person, m_impl->state.params);
}

std::array<std::uint64_t, kTopicCount> Simulation::shown_topics(PersonId first, PersonId last,
                                                                Seconds from_s,
                                                                Seconds to_s) const {
    const SimulationState& state = m_impl->state;
    std::array<std::uint64_t, kTopicCount> shown{};
    state.log.visit([&](const Event& event) {
        if (event.kind != EventKind::impression) return;
        if (event.time_s < from_s || event.time_s >= to_s) return;
        if (event.person < first || event.person >= last) return;
        ++shown[state.world.catalogue.cards[event.item.index()].topic.index()];
    });
    return shown;
}

std::array<std::uint64_t, kTopicCount> Simulation::released_topics(Seconds from_s,
                                                                   Seconds to_s) const {
    std::array<std::uint64_t, kTopicCount> released{};
    for (const ItemCard& card : m_impl->state.world.catalogue.cards)
        released[card.topic.index()] += card.released_s >= from_s && card.released_s < to_s;
    return released;
}

bool Simulation::next_step_waits() const {
    return m_impl->next_step_waits();
}

std::vector<ProfileEntry> Simulation::profile() const {
    return m_impl->profile();
}

// What the facade asks of the engine room.

void Simulation::Impl::restore(const SimulationState& keyframe) {
    state = keyframe;
    m_memories.clear();  // another course of events may count the same number of them
    m_warehouse =
        std::make_shared<Warehouse>();  // derived from the log; the next batch run fills it again
    watcher.go_back(state);
}

std::shared_ptr<const CascadeTrace> Simulation::Impl::explain(PersonId person,
                                                              const Params& params) {
    // A copy of the store is brought up to now, so that looking changes nothing.
    FeatureStore store = state.store;
    Request request = make_request(state, person, state.now_s());
    request.explain = true;
    const Catalogue& catalogue = state.world.catalogue;
    const PersonFeatures features =
        store.read_person(params.features, catalogue, person, request.now_s);
    const CascadeInputs in{params, catalogue.cards, catalogue.content, store, state.models};
    CascadeWorkspace workspace;
    if (params.policy.recommender == Recommender::cascade) {
        run_cascade(in, request, features,
                    Stream(state.seed, Purpose::window, person.value, state.tick), workspace);
    } else {
        serve_without_cascade(state.world, params, state.seed, request, workspace.trace);
    }
    auto trace = std::make_shared<CascadeTrace>(std::move(workspace.trace));
    trace->preview = true;
    trace->oracle = oracle_best(state.world, params, person, request.now_s, kOracleItems);
    attribute_losses(*trace, trace->oracle);
    return trace;
}

std::shared_ptr<Snapshot> Simulation::Impl::snapshot(std::span<const Command> pending) {
    Params wished = state.params;
    bool changed = false;
    for (const Command& command : pending) {
        const auto* set = std::get_if<SetParameter>(&command);
        if (!set || !check_command(command, wished, state.world.population.size())) continue;
        find_parameter(set->key)->set(wished, set->value);
        changed = true;
    }
    const PersonId focus = watcher.focus();
    const bool there = focus.valid() && focus.index() < state.world.population.size();
    const bool known = watcher.trace() && watcher.trace()->person == focus;
    if (there && (changed || !known)) watcher.take_preview(explain(focus, wished));
    auto snapshot = watcher.snapshot(state);
    if (changed) snapshot->params = std::make_shared<const Params>(wished);
    return snapshot;
}

bool Simulation::Impl::next_step_waits() const {
    const Seconds end_s = state.now_s() + state.params.clock.tick_s;
    return std::ranges::any_of(state.jobs, [&](const PendingJob& job) {
        const auto computed = job.result.wait_for(std::chrono::seconds(0));
        return job.deploy_s <= end_s && computed != std::future_status::ready;
    });
}

std::vector<ProfileEntry> Simulation::Impl::profile() const {
    std::vector<ProfileEntry> entries = watcher.profile.entries();
    entries.push_back({"training_background", m_runner.seconds_spent(), 1});
    return entries;
}

}  // namespace cascadelab
