// The step and everything it moves: the state, the workers, the background thread, the warehouse.
// Private to sim/; the public face is Simulation. One thread.
#pragma once

#include "engine/base/parallel.h"
#include "engine/features/warehouse.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/state/state.h"
#include "engine/sim/step/tick_report.h"
#include "engine/sim/watch/watcher.h"

namespace cascadelab {

class Stepper {
  public:
    Stepper(const Params& params, std::uint64_t seed, int threads, const RatedCatalogue* rated);

    TickReport step(std::span<const Command> commands);
    void restore(const SimulationState& keyframe);
    std::shared_ptr<const CascadeTrace> explain(PersonId person, const Params& params);
    bool next_step_waits() const;
    Hashes current_hashes() const;
    std::shared_ptr<Snapshot> snapshot(std::span<const Command> pending);
    std::vector<ProfileEntry> profile() const;

    SimulationState state;
    Watcher watcher;

  private:
    // The stages of one tick, in order.
    void apply_commands(std::span<const Command> commands, TickReport& report);
    std::vector<Event> advance_outside_world();
    void run_fleet(TickReport& report);
    std::vector<Visit> run_sessions(TickReport& report);
    void pass_barrier(const std::vector<Event>& found, std::vector<Visit>& visits,
                      TickReport& report);
    void do_due_jobs();
    void measure_and_hash(TickReport& report);
    std::shared_ptr<const MetricPoint> close_metric_window(const std::optional<CodeHealth>& codes);
    void watch_for_collapse(const MetricPoint& point, const std::optional<CodeHealth>& codes);

    // Work that comes round.
    void bootstrap(
        const RatedCatalogue* rated);  // history, first lists, first batch, first training
    void start_batch();
    void refresh_lists();
    void start_training();
    void start_first_ranker();
    void start_era(Era era, const std::shared_ptr<const FrozenLog>& view);
    void start_ranker(const std::shared_ptr<const FrozenLog>& view);
    void start_missing_eras();
    void start_generative_training();
    void deploy_finished();
    void deploy(const JobResult& result);
    void deploy_generative(const GenerativeResult& result);
    void take_comparison(const RankerComparison& comparison);
    void deploy_batch(const std::shared_ptr<const BatchTables>& tables);
    void forget_old();
    void extend_spaces();

    FleetContext fleet_context() const;

    std::optional<FleetMoment> m_fleet;  // that serves this tick
    Workers m_workers;
    std::vector<CascadeWorkspace> m_workspaces;  // one a worker
    // Jobs read it on the background thread; a restored run begins an empty one, and a job of the
    // run before keeps the one it began with.
    std::shared_ptr<Warehouse> m_warehouse = std::make_shared<Warehouse>();
    std::vector<SequenceMemory> m_memories;  // of people in a session, by PersonId
    JobRunner m_runner;                      // last: its jobs are cancelled first
};

}  // namespace cascadelab
