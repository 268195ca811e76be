// Everything a run is made of, as one copyable value: copying it is a keyframe. Large parts that do
// not change are shared. Nothing measured in wall-clock time lives here. Changed by the step alone.
#pragma once

#include <memory>
#include <vector>

#include "engine/cascade/request/published.h"
#include "engine/features/feature_log.h"
#include "engine/features/point_in_time.h"
#include "engine/sim/fleet/fleet_run.h"
#include "engine/sim/metrics/collapse_monitor.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/sim/state/hashes.h"
#include "engine/sim/training/jobs.h"
#include "engine/world/events/event_log.h"
#include "engine/world/world.h"

namespace cascadelab {

// When the regular work was done last, virtual seconds; its interval is a parameter and may change
// meanwhile.
struct Schedule {
    Seconds batch_s = kNever;
    Seconds training_s = kNever;
    Seconds codes_s = kNever;    // semantic IDs, only while something asks for them
    Seconds decoder_s = kNever;  // and what spells them
    Seconds lists_s = kNever;    // popularity, search lists, newest: every virtual hour
    Seconds metrics_s = 0;       // every three virtual hours
};

// A search that was asked for and waits until its person is done with what is being watched.
struct WaitingSearch {
    PersonId person;
    TopicId topic;
};

class SimulationState {
  public:
    std::uint64_t seed = 0;
    std::uint64_t tick = 0;
    Params params;
    World world;
    FeatureStore store;
    EventLog log;
    FeatureLog feature_log;
    std::vector<StoreCheckpoint> checkpoints;
    std::vector<std::shared_ptr<const BatchTables>> batches;
    PublishedModels models;
    std::uint64_t models_hash = 0;  // of everything ever deployed, in order
    Schedule schedule;
    CollapseMonitor monitor;
    FleetRun fleet;                       // empty while none is modelled
    std::vector<Event> caused;            // by commands, until the barrier; empty between ticks
    std::vector<WaitingSearch> searches;  // at most one a person, by person
    std::vector<PendingJob> jobs;         // in order of their start
    FactsLog facts;                       // of the last day
    ImpressionShares shares;              // of the last day's impressions, as of the last metrics
    float training_skew = 0;              // of the latest ranker's rows
    std::shared_ptr<const std::vector<RankerRound>> rankers;  // every comparison; null before one
    std::uint64_t metrics_hash = 0;                           // of every metric point so far
    std::uint64_t requests = 0;
    std::uint64_t released_today = 0;
    Hashes hashes;

    // Rough size of what this holds that an earlier state of the same run does not.
    double unshared_mib(const SimulationState& earlier) const;
    Seconds now_s() const { return static_cast<Seconds>(tick) * params.clock.tick_s; }
};

// What everybody told at sign-up, by PersonId: all that the system may know of who has just joined.
std::vector<SignUp> sign_ups_of(const Population& population);

// Items released at this moment become known: to the store, and as the newest.
void take_in_new_items(SimulationState& state);

// What a training job that starts now learns from.
FrozenLog frozen_log(const SimulationState& state);

}  // namespace cascadelab
