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
    std::string run_file;          // written while it runs; empty: none, or one in the folder
    std::string run_folder;        // where every run gets a file of its own; empty: none
    double run_folder_mib = 2048;  // of all runs in it: the oldest go
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
    std::optional<Problem> take_problem();     // a refused command or a failed write, once
    std::optional<std::string> take_notice();  // a file that has been saved, once

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
    void seek(Seconds time_s);  // back: keyframe and exact re-execution; ahead: runs there
    // Shows a past moment from the run file's frames, until the next seek() or tick; nothing of the
    // run moves. Where there is no frame, nothing happens.
    void look_at(Seconds time_s);
    // Both are done between two ticks; what went wrong is a problem, what was written a notice.
    void save_run(std::string path);  // a copy of the run file
    // The run as a scenario with this title: what differs from the defaults, and what was done.
    void save_scenario(std::string path, std::string title);
    void restart(Params params);  // a new run of the same scenario and seed with these parameters
    void cancel();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace cascadelab
