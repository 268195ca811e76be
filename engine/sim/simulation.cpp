#include "engine/sim/simulation.h"

#include <algorithm>
#include <chrono>

#include "engine/params/table.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/step/stepper.h"

namespace cascadelab {

Simulation::Simulation(const Params& params, std::uint64_t seed, int threads,
                       const RatedCatalogue* rated)
    : m_stepper(std::make_unique<Stepper>(params, seed, threads, rated)) {}

Simulation::~Simulation() = default;

Status Simulation::check(const Command& command) const {
    return check_command(command, m_stepper->state.params,
                         m_stepper->state.world.population.size());
}

TickReport Simulation::step(std::span<const Command> commands) {
    return m_stepper->step(commands);
}

std::uint64_t Simulation::tick() const {
    return m_stepper->state.tick;
}
Seconds Simulation::now_s() const {
    return m_stepper->state.now_s();
}
const Params& Simulation::params() const {
    return m_stepper->state.params;
}
std::uint64_t Simulation::seed() const {
    return m_stepper->state.seed;
}

Hashes Simulation::hashes() const {
    return m_stepper->current_hashes();
}

std::shared_ptr<const SimulationState> Simulation::keyframe() const {
    return std::make_shared<const SimulationState>(m_stepper->state);
}

void Simulation::restore(const std::shared_ptr<const SimulationState>& keyframe) {
    m_stepper->restore(*keyframe);
}

double Simulation::keyframe_mib(const SimulationState& keyframe, const SimulationState& earlier) {
    return keyframe.unshared_mib(earlier);
}

void Simulation::set_focus(const Focus& focus) {
    m_stepper->watcher.set_focus(focus);
}

std::shared_ptr<Snapshot> Simulation::snapshot(std::span<const Command> pending) {
    return m_stepper->snapshot(pending);
}

std::shared_ptr<const CascadeTrace> Simulation::explain(PersonId person) {
    return m_stepper->explain(person, m_stepper->state.params);
}

std::array<std::uint64_t, kTopicCount> Simulation::shown_topics(PersonId first, PersonId last,
                                                                Seconds from_s,
                                                                Seconds to_s) const {
    const SimulationState& state = m_stepper->state;
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
    for (const ItemCard& card : m_stepper->state.world.catalogue.cards)
        released[card.topic.index()] += card.released_s >= from_s && card.released_s < to_s;
    return released;
}

bool Simulation::next_step_waits() const {
    return m_stepper->next_step_waits();
}

std::vector<ProfileEntry> Simulation::profile() const {
    return m_stepper->profile();
}

}  // namespace cascadelab
