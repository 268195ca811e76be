// What is asked of a run between two ticks: to go back, to explain, to be looked at.
#include <algorithm>
#include <chrono>

#include "engine/params/table.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/metrics/reference_page.h"
#include "engine/sim/step/stepper.h"

namespace cascadelab {

void Stepper::restore(const SimulationState& keyframe) {
    state = keyframe;
    m_fleet.reset();
    m_memories.clear();  // another course of events may count the same number of them
    m_warehouse =
        std::make_shared<Warehouse>();  // derived from the log; the next batch run fills it again
    watcher.go_back(state);
}

std::shared_ptr<const CascadeTrace> Stepper::explain(PersonId person, const Params& params) {
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
        serve_without_cascade(state.world, store, params, state.seed, request,
                              maker_of(params.policy.recommender),
                              static_cast<std::size_t>(params.rerank.slate_size), workspace.trace);
    }
    auto trace = std::make_shared<CascadeTrace>(std::move(workspace.trace));
    trace->preview = true;
    trace->oracle = oracle_best(state.world, params, person, request.now_s, kOracleItems);
    attribute_losses(*trace, trace->oracle);
    return trace;
}

std::shared_ptr<Snapshot> Stepper::snapshot(std::span<const Command> pending) {
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
    if (state.params.serving.modelled)
        snapshot->fleet =
            watcher.fleet.section(state.fleet, fleet_context(), state.store.batch_stamp());
    if (changed) snapshot->params = std::make_shared<const Params>(wished);
    return snapshot;
}

bool Stepper::next_step_waits() const {
    const Seconds end_s = state.now_s() + state.params.clock.tick_s;
    return std::ranges::any_of(state.jobs, [&](const PendingJob& job) {
        const auto computed = job.result.wait_for(std::chrono::seconds(0));
        return job.deploy_s <= end_s && computed != std::future_status::ready;
    });
}

std::vector<ProfileEntry> Stepper::profile() const {
    std::vector<ProfileEntry> entries = watcher.profile.entries();
    entries.push_back({"training_background", m_runner.seconds_spent(), 1});
    return entries;
}

}  // namespace cascadelab
