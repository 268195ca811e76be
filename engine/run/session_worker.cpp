#include "engine/run/session_worker.h"

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/store/run_file/run_shelf.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

constexpr auto kBetweenPictures = std::chrono::microseconds(16667);  // 60 a second
constexpr auto kBetweenLiveTicks = std::chrono::milliseconds(500);

std::uint64_t hash_of(const Params& params) {
    Hasher hasher;
    hash_params(params, hasher);
    return hasher.value();
}

}  // namespace

void RateMeter::count(std::uint64_t requests) {
    ++m_ticks;
    m_requests += requests;
    const double elapsed = std::chrono::duration<double>(WallClock::now() - m_since).count();
    if (elapsed < 0.5) return;
    m_ticks_per_s = static_cast<double>(m_ticks) / elapsed;
    m_requests_per_s = static_cast<double>(m_requests) / elapsed;
    m_since = WallClock::now();
    m_ticks = m_requests = 0;
}

void RateMeter::stand_still() {
    *this = RateMeter();
}

RunSession::Impl::Impl(Scenario wanted, SessionOptions how)
    : params(wanted.params), options(std::move(how)), scenario(std::move(wanted)) {
    worker = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void RunSession::Impl::change(const std::function<void()>& edit) {
    {
        const std::scoped_lock lock(mutex);
        edit();
        woken = true;
    }
    wake.notify_all();
}

// Wishes first, then one tick, then the picture; the window is never waited for.
void RunSession::Impl::work(const std::stop_token& stop) {
    build(scenario.params);
    while (!stop.stop_requested()) {
        take_wishes();
        std::optional<Seconds> target;
        std::optional<Params> anew;
        std::optional<Seconds> looked;
        {
            const std::scoped_lock lock(mutex);
            looked = std::exchange(look, std::nullopt);
            target = std::exchange(seek, std::nullopt);
            anew = std::exchange(restart, std::nullopt);
        }
        if (anew) build(*anew);
        if (target) go_to(*target, stop);
        if (looked && !target) show_frame(*looked);
        save_what_is_wanted();
        const Pace next = pace(stop);
        if (next == Pace::wait) continue;
        const Seconds before = player->now_s();
        tick_once();
        const bool new_hour = before / kHour != player->now_s() / kHour;
        pause_if_arrived(before);
        if (picture_due() && (next == Pace::tick || new_hour)) publish();
    }
    if (const Status whole = player->finish(); !whole) complain(whole.problem());
}

// A new world from these parameters; sizes that do not fit leave the running one untouched.
void RunSession::Impl::build(Params wanted) {
    if (const Status fits = check_params(wanted, "restart"); !fits && player) {
        return complain(fits.problem());
    }
    say_busy(Busy{"Building the world", 0});
    Scenario next = scenario;
    if (player && hash_of(wanted) != hash_of(scenario.params)) {
        // What was promised was promised of other parameters.
        next.expect.clear();
        next.expected_hash.clear();
    }
    next.params = wanted;
    if (player) {
        if (const Status whole = player->finish(); !whole) complain(whole.problem());
        player.reset();  // two worlds may not fit
    }
    const auto run_file = run_file_for(next);
    if (!run_file) complain(run_file.problem());
    PlayerOptions how{options.threads, run_file ? run_file.value() : std::string(), true};
    auto made = Player::make(next, how);
    // Better a run without ratings from outside, or without its run file, than none.
    while (!made) {
        complain(made.problem());
        std::string& ratings = next.params.world.ratings_file;
        const bool about_ratings = !ratings.empty() && made.problem().file.starts_with(ratings);
        CHECK(about_ratings || !how.run_file.empty());
        (about_ratings ? ratings : how.run_file).clear();
        made = Player::make(next, how);
    }
    player = std::move(made.value());
    scenario = std::move(next);
    pending.clear();
    player->simulation().set_focus(watched);
    {
        const std::scoped_lock lock(mutex);
        params = scenario.params;
        commands.clear();
    }
    say_busy(std::nullopt);
    publish();
}

// A run in a folder of runs is never replaced by the next one.
Result<std::string> RunSession::Impl::run_file_for(const Scenario& next) const {
    if (options.run_folder.empty() || !options.run_file.empty()) return options.run_file;
    return RunShelf(options.run_folder, options.run_folder_mib).new_path(next);
}

void RunSession::Impl::save_what_is_wanted() {
    std::vector<std::string> copies;
    std::vector<ScenarioCopy> wanted;
    {
        const std::scoped_lock lock(mutex);
        copies = std::exchange(run_copies, {});
        wanted = std::exchange(scenarios, {});
    }
    for (std::string& path : copies) {
        say_busy(Busy{"Saving the run", 0});
        const Status saved = player->save_run(path);
        say_busy(std::nullopt);
        saved ? notify_of(std::move(path)) : complain(saved.problem());
    }
    for (ScenarioCopy& copy : wanted) {
        Scenario mine = player->as_scenario();
        if (!copy.title.empty()) mine.title = copy.title;
        const Status saved = write_scenario(mine, copy.path);
        saved ? notify_of(std::move(copy.path)) : complain(saved.problem());
    }
}

void RunSession::Impl::show_frame(Seconds time_s) {
    auto frame = player->frame_at(time_s);
    if (!frame) return complain(frame.problem());
    if (!frame.value()) return;
    {
        const std::scoped_lock lock(mutex);
        if (!latest) return;
        if (!latest->is_frame) before_looking = latest;
        latest = snapshot_of_frame(*frame.value(), *before_looking);
    }
    call_notify();
}

void RunSession::Impl::take_wishes() {
    std::optional<Focus> looked_at;
    bool asked = false;
    {
        const std::scoped_lock lock(mutex);
        woken = false;
        cancelled = false;
        looked_at = std::exchange(focus, std::nullopt);
        asked = !commands.empty();
        for (Command& command : commands) pending.push_back(std::move(command));
        commands.clear();
    }
    if (looked_at) {
        watched = *looked_at;
        player->simulation().set_focus(watched);
    }
    // What has been asked for is seen at once, though it is done only with the next tick.
    if (looked_at || asked) publish();
}

// Waits as the speed asks; wait: look at the wishes again.
RunSession::Impl::Pace RunSession::Impl::pace(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    // While virtual time must wait for a training, the window does not.
    if ((steps > 0 || playing) && player->simulation().next_step_waits()) {
        wake.wait_for(lock, stop, kBetweenPictures, [this] { return woken; });
        lock.unlock();
        if (picture_due()) publish();
        return Pace::wait;
    }
    if (steps > 0) {
        --steps;
        return Pace::tick;
    }
    if (!playing) {
        rate.stand_still();
        wake.wait(lock, stop, [this] { return woken; });
        return Pace::wait;
    }
    if (until) return Pace::hurry;
    switch (speed) {
        case Speed::step:
            playing = false;
            return Pace::wait;
        case Speed::live:
            // Something left on the desk is looked at first; the tick keeps its time.
            if (wake.wait_until(lock, stop, next_tick, [this] { return woken; })) return Pace::wait;
            next_tick =
                std::max(next_tick, WallClock::now() - kBetweenLiveTicks / 2) + kBetweenLiveTicks;
            return stop.stop_requested() ? Pace::wait : Pace::tick;
        case Speed::fast:
            return Pace::tick;
        case Speed::express:
            return Pace::hurry;
    }
    CHECK(false);
}

void RunSession::Impl::tick_once() {
    const TickReport report = player->step(std::exchange(pending, {}));
    rate.count(report.requests);
    for (const Problem& problem : report.refused) complain(problem);
    if (auto problem = player->take_problem()) complain(*problem);
    if (report.applied.empty()) return;
    const std::scoped_lock lock(mutex);
    params = player->simulation().params();
}

// Pauses where it was told to, and once at the end of the timeline.
void RunSession::Impl::pause_if_arrived(Seconds before) {
    const Seconds now = player->now_s();
    bool paused = false;
    {
        const std::scoped_lock lock(mutex);
        const Seconds goal = until.value_or(player->end_s());
        if (playing && now >= goal && (until || before < goal)) {
            playing = false;
            until.reset();
        }
        paused = !playing && steps == 0;
    }
    if (paused) {
        rate.stand_still();
        publish();
    }
}

bool RunSession::Impl::disturbed(const std::stop_token& stop) {
    const std::scoped_lock lock(mutex);
    return stop.stop_requested() || cancelled || seek || restart;
}

// Back: the keyframe before, then exactly the same ticks again. Ahead: runs there.
void RunSession::Impl::go_to(Seconds target, const std::stop_token& stop) {
    const bool back = target < player->now_s();
    if (back) player->go_back(target);
    const Seconds begin = player->now_s();
    const std::string words = (back ? "Going back to " : "Going to ") + moment_text(target);
    while (player->now_s() < target && !disturbed(stop)) {
        const double share =
            static_cast<double>(player->now_s() - begin) / static_cast<double>(target - begin);
        if (picture_due()) {
            pictured = WallClock::now();
            say_busy(Busy{words, share});
        }
        tick_once();
    }
    {
        const std::scoped_lock lock(mutex);
        params = player->simulation().params();
    }
    say_busy(std::nullopt);
    publish();
}

bool RunSession::Impl::picture_due() const {
    return WallClock::now() - pictured >= kBetweenPictures;
}

void RunSession::Impl::publish() {
    std::shared_ptr<Snapshot> picture = player->simulation().snapshot(pending);
    picture->title = scenario.title;
    picture->end_s = player->end_s();
    picture->marks = player->marks();
    picture->keyframes = player->keyframes().times();
    picture->ticks_per_s = rate.ticks_per_s();
    picture->requests_per_s = rate.requests_per_s();
    pictured = WallClock::now();
    {
        const std::scoped_lock lock(mutex);
        latest = std::move(picture);
    }
    call_notify();
}

void RunSession::Impl::say_busy(std::optional<Busy> what) {
    {
        const std::scoped_lock lock(mutex);
        if (!busy && !what) return;
        busy = std::move(what);
    }
    call_notify();
}

void RunSession::Impl::complain(Problem problem) {
    {
        const std::scoped_lock lock(mutex);
        problems.push_back(std::move(problem));
    }
    call_notify();
}

void RunSession::Impl::notify_of(std::string path) {
    {
        const std::scoped_lock lock(mutex);
        notices.push_back(std::move(path));
    }
    call_notify();
}

void RunSession::Impl::call_notify() {
    std::function<void()> call;
    {
        const std::scoped_lock lock(mutex);
        call = notify;
    }
    if (call) call();
}

}  // namespace cascadelab
