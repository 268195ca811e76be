// One running scenario: a worker thread that steps the simulation, a queue of commands in, a
// latest-wins mailbox of snapshots out. Every method may be called from the window's thread and
// returns at once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/error.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/snapshot/snapshot.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

// step: one tick a press; live: 2 ticks a second; fast: as many as leave the picture smooth;
// express: no pictures between virtual hours.
enum class Speed { step, live, fast, express };

struct SessionOptions {
    int threads = 2;
    std::string run_file;  // written while it runs; empty: none
};

// What the worker is doing beside stepping, e.g. "Going back to day 3"; cancel() ends it.
struct Busy {
    std::string text;
    double progress = 0;
};

class RunSession {
  public:
    // The world is built on the worker thread; the first snapshot arrives when it stands.
    RunSession(Scenario scenario, SessionOptions options);
    ~RunSession();  // stops after the current tick; a run file is closed whole

    // Called on the worker thread after a new snapshot or a change of busy(), at most 60 times a
    // second.
    void on_change(std::function<void()> notify);
    std::shared_ptr<const Snapshot> snapshot() const;  // null until the first
    std::optional<Busy> busy() const;
    std::optional<Problem> take_problem();  // a refused command or a failed write, once

    void play();
    void pause();
    bool playing() const;
    void step(int ticks = 1);  // runs so many ticks, then pauses
    void set_speed(Speed speed);
    Speed speed() const;
    void run_until(Seconds time_s);  // express, then pauses there

    Status submit(
        Command command);  // checked at once as far as possible; applied before the next tick
    void set_focus(Focus focus);
    void seek(Seconds time_s);    // back: keyframe and exact re-execution; ahead: runs there
    void restart(Params params);  // a new run of the same scenario and seed with these parameters
    void cancel();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace cascadelab
