// A scenario being played: the simulation, the timeline that feeds it, what was submitted on top,
// keyframes for going back, and the run file. The headless run, verify and the window's worker all
// drive this. One thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/sim/simulation.h"
#include "engine/store/run_file/keyframes.h"
#include "engine/store/run_file/run_file.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

struct PlayerOptions {
    int threads = 2;
    std::string run_file;    // empty: none
    bool keyframes = false;  // whether one can go back
    bool scratch = false;    // a run file that nobody else sees, to compare with another
};

class Player {
  public:
    // Reads ratings from outside if the world begins with some, makes the run file, then the world.
    static Result<std::unique_ptr<Player>> make(Scenario scenario, const PlayerOptions& options);

    // One tick. Commands are applied in this order: the timeline's that fall into the tick, then
    // the submitted ones. A tick that was done before repeats what was submitted then; submitting
    // anew there begins another history: what was submitted later is dropped, and a mark says so.
    TickReport step(std::vector<Command> submitted = {});
    // Restores the nearest keyframe at or before the time; stepping on repeats history exactly.
    void go_back(Seconds time_s);

    const Scenario& scenario() const { return m_scenario; }
    Simulation& simulation() { return *m_simulation; }
    Seconds now_s() const { return m_simulation->now_s(); }
    Seconds end_s() const { return m_scenario.days * kDay; }

    // The run as a scenario of its own: what was set up, and everything that was done or is
    // planned. Where somebody interfered, it promises nothing.
    Scenario as_scenario() const;
    // The run file as it stands, under another name; and a moment of it as a frame to look at.
    Status save_run(const std::string& path);
    Result<std::optional<Frame>> frame_at(Seconds time_s);

    std::vector<Mark> marks() const;  // commands so far, and planned ones ahead
    const Keyframes& keyframes() const { return m_keyframes; }
    RunFile* run_file() { return m_run_file ? &*m_run_file : nullptr; }  // null: none is kept
    std::optional<Problem> take_problem();  // the run file could not be written; it is given up
    void write_profile();
    // The last word on the run file: the profile in it, whole, in one piece, where it should be; or
    // a Problem. Nothing is kept after it.
    Status finish();

  private:
    Player(Scenario scenario, const PlayerOptions& options, std::optional<RunFile> run_file,
           const RatedCatalogue* rated);
    void begin_another_history();
    std::string mark_text(const Command& command) const;
    bool is_incident(Seconds begin, Seconds end, const std::string& text) const;
    void record(const TickReport& report);
    void keep_keyframe();

    struct Submitted {
        std::uint64_t tick = 0;  // the tick before which it is applied
        Command command;
    };
    Scenario m_scenario;
    bool m_keep_keyframes;
    std::optional<RunFile> m_run_file;
    std::unique_ptr<Simulation> m_simulation;
    Keyframes m_keyframes;
    std::vector<Submitted> m_submitted;  // by tick
    std::vector<Mark> m_marks;           // of commands applied, by time
    std::uint64_t m_furthest = 0;        // last tick of the present history
    std::optional<Problem> m_problem;
};

}  // namespace cascadelab
