// The inside of a RunSession: what the window's thread leaves for the worker, what the worker
// leaves for the window, and the worker's loop. Included by session*.cpp only.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/run/player.h"
#include "engine/run/session.h"

namespace cascadelab {

using WallClock = std::chrono::steady_clock;

// Ticks and requests in a second of wall time, over the last half second or more.
class RateMeter {
  public:
    void count(std::uint64_t requests);
    void stand_still();  // paused: nothing a second
    double ticks_per_s() const { return m_ticks_per_s; }
    double requests_per_s() const { return m_requests_per_s; }

  private:
    WallClock::time_point m_since = WallClock::now();
    std::uint64_t m_ticks = 0, m_requests = 0;
    double m_ticks_per_s = 0, m_requests_per_s = 0;
};

struct RunSession::Impl {
    Impl(Scenario wanted, SessionOptions how);

    // --- shared, under the mutex, which is held for copying only
    mutable std::mutex mutex;
    std::condition_variable_any wake;
    bool woken = false;  // the window's thread left something
    bool playing = false;
    Speed speed = Speed::live;
    int steps = 0;                 // ticks still to run before pausing
    std::optional<Seconds> until;  // run there, then pause
    std::optional<Seconds> seek;
    std::optional<Seconds> look;
    std::optional<Params> restart;
    std::vector<std::string> run_copies;  // paths that the run file is wanted at
    struct ScenarioCopy {
        std::string path, title;
    };
    std::vector<ScenarioCopy> scenarios;
    std::optional<Focus> focus;
    std::vector<Command> commands;
    Params params;  // as of the last tick, for checking commands
    std::shared_ptr<const Snapshot> latest;
    std::shared_ptr<const Snapshot> before_looking;  // of now, while a frame is shown
    std::optional<Busy> busy;
    std::deque<Problem> problems;
    std::deque<std::string> notices;
    std::function<void()> notify;
    std::atomic<bool> cancelled = false;

    // --- of the worker's thread alone
    const SessionOptions options;
    Scenario scenario;
    std::unique_ptr<Player> player;
    std::vector<Command> pending;  // for the next tick
    Focus watched;                 // kept over a restart
    RateMeter rate;
    WallClock::time_point pictured;  // when the last snapshot was taken
    WallClock::time_point next_tick;
    std::jthread worker;  // last: it starts when all else stands

    enum class Pace { wait, tick, hurry };  // hurry: pictures only between virtual hours

    void change(const std::function<void()>& edit);  // under the mutex, then wakes the worker
    void work(const std::stop_token& stop);
    void build(Params wanted);
    Result<std::string> run_file_for(const Scenario& next) const;
    void take_wishes();
    void save_what_is_wanted();
    void show_frame(Seconds time_s);
    void go_to(Seconds target, const std::stop_token& stop);
    Pace pace(const std::stop_token& stop);
    void tick_once();
    void pause_if_arrived(Seconds before);
    bool disturbed(const std::stop_token& stop);
    void publish();
    bool picture_due() const;
    void say_busy(std::optional<Busy> what);
    void complain(Problem problem);
    void notify_of(std::string path);
    void call_notify();
};

}  // namespace cascadelab
