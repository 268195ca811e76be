// The laboratory without a window: one world, one cascade, one virtual clock. step() is the only
// way forward, commands the only way in, snapshots and reports the only ways out. Driven by one
// thread, which may use workers.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/params/params.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/snapshot/snapshot.h"
#include "engine/sim/step/tick_report.h"
#include "engine/sim/watch/profile.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

struct RatedCatalogue;
class Stepper;
class SimulationState;  // everything a run is made of, as one copyable value

class Simulation {
  public:
    // rated: what the world takes over from ratings; null: the world is made up.
    Simulation(const Params& params, std::uint64_t seed, int threads,
               const RatedCatalogue* rated = nullptr);
    ~Simulation();

    // Checks a command against the state as it is; changes nothing.
    Status check(const Command& command) const;
    // Whether the next step would have to wait for a training job that is not done yet.
    bool next_step_waits() const;
    // One tick. A command that fails its check is refused and the rest goes on.
    TickReport step(std::span<const Command> commands = {});

    std::uint64_t tick() const;
    Seconds now_s() const;
    const Params& params() const;
    std::uint64_t seed() const;
    Hashes hashes() const;  // all ingredients, taken now

    // A keyframe: the whole state, shared where it does not change. Restoring one goes on exactly
    // as the first time, in this simulation or in another one while this one lives: models under
    // way are still computed here.
    std::shared_ptr<const SimulationState> keyframe() const;
    void restore(const std::shared_ptr<const SimulationState>& keyframe);
    // Rough size of what a keyframe holds that an earlier one of the same run does not.
    static double keyframe_mib(const SimulationState& keyframe, const SimulationState& earlier);

    // Watching changes nothing of the run.
    void set_focus(const Focus& focus);
    // Everything but title, end, planned marks, speeds and keyframes. Commands that wait for the
    // next step are shown as if they were done: parameters as they will be, and as a preview the
    // page that the person in focus would get.
    std::shared_ptr<Snapshot> snapshot(std::span<const Command> pending = {});
    // The request a person would make now, explained (features, SHAP, oracle); nothing is shown to
    // the person.
    std::shared_ptr<const CascadeTrace> explain(PersonId person);
    std::vector<ProfileEntry> profile() const;
    // How often each topic, as cards name it, stood on a page from from_s to before to_s: of the
    // people [first, last), as far back as the log is kept; and how many items of each came out.
    std::array<std::uint64_t, kTopicCount> shown_topics(PersonId first, PersonId last,
                                                        Seconds from_s, Seconds to_s) const;
    std::array<std::uint64_t, kTopicCount> released_topics(Seconds from_s, Seconds to_s) const;

  private:
    std::unique_ptr<Stepper> m_stepper;
};

}  // namespace cascadelab
