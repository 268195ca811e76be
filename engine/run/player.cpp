#include "engine/run/player.h"

#include <algorithm>

#include "engine/run/rated_world.h"

namespace cascadelab {
namespace {

Seconds whole_seconds(double hours) {
    return static_cast<Seconds>(hours * static_cast<double>(kHour));
}

}  // namespace

Result<std::unique_ptr<Player>> Player::make(Scenario scenario, const PlayerOptions& options) {
    const auto rated = read_rated_catalogue(scenario.params);
    if (!rated) return rated.problem();
    std::optional<RunFile> run_file;
    if (options.scratch || !options.run_file.empty()) {
        auto made = options.scratch ? RunFile::scratch(scenario)
                                    : RunFile::create(options.run_file, scenario);
        if (!made) return made.problem();
        run_file.emplace(std::move(made.value()));
    }
    return std::unique_ptr<Player>(
        new Player(std::move(scenario), options, std::move(run_file), rated.value().get()));
}

Player::Player(Scenario scenario, const PlayerOptions& options, std::optional<RunFile> run_file,
               const RatedCatalogue* rated)
    : m_scenario(std::move(scenario)),
      m_keep_keyframes(options.keyframes),
      m_run_file(std::move(run_file)),
      m_simulation(
          std::make_unique<Simulation>(m_scenario.params, m_scenario.seed, options.threads, rated)),
      m_keyframes(whole_seconds(m_scenario.params.run.keyframe_every_h),
                  m_scenario.params.run.keyframe_memory_mib, Simulation::keyframe_mib) {
    keep_keyframe();
}

TickReport Player::step(std::vector<Command> submitted) {
    const std::uint64_t tick = m_simulation->tick() + 1;
    if (!submitted.empty() && tick <= m_furthest) begin_another_history();
    for (Command& command : submitted) m_submitted.push_back({tick, std::move(command)});

    // The timeline's commands fall into the tick that contains their time.
    const Seconds begin = now_s();
    const Seconds end = begin + m_scenario.params.clock.tick_s;
    std::vector<Command> commands;
    const auto& timeline = m_scenario.timeline;
    auto entry = std::ranges::lower_bound(timeline, begin, {}, &TimelineEntry::time_s);
    for (; entry != timeline.end() && entry->time_s < end; ++entry) {
        commands.push_back(entry->command);
    }
    auto mine = std::ranges::lower_bound(m_submitted, tick, {}, &Submitted::tick);
    for (; mine != m_submitted.end() && mine->tick == tick; ++mine) {
        commands.push_back(mine->command);
    }

    TickReport report = m_simulation->step(commands);
    if (report.tick > m_furthest) {
        record(report);
    } else {
        report.refused.clear();  // said when it happened first
    }
    keep_keyframe();
    return report;
}

void Player::go_back(Seconds time_s) {
    const Keyframe* keyframe = m_keyframes.nearest(time_s);
    CHECK(keyframe != nullptr);
    m_simulation->restore(keyframe->state);
}

void Player::begin_another_history() {
    const std::uint64_t tick = m_simulation->tick();
    const auto later = std::ranges::upper_bound(m_submitted, tick, {}, &Submitted::tick);
    const auto dropped = m_submitted.end() - later;
    m_submitted.erase(later, m_submitted.end());
    std::erase_if(m_marks, [&](const Mark& mark) { return mark.time_s >= now_s(); });
    if (dropped > 0) {
        const std::string words =
            dropped == 1 ? " later command dropped" : " later commands dropped";
        m_marks.push_back({now_s(), std::to_string(dropped) + words, false, false});
    }
    m_keyframes.forget_after(now_s());
    m_furthest = tick;
    if (!m_run_file) return;
    if (const Status status = m_run_file->forget_after(tick); !status) {
        m_problem = status.problem();
        m_run_file.reset();
    }
}

std::string Player::mark_text(const Command& command) const {
    return command_text(command, m_scenario.params.world.pack);
}

bool Player::is_incident(Seconds begin, Seconds end, const std::string& text) const {
    return std::ranges::any_of(m_scenario.timeline, [&](const TimelineEntry& entry) {
        return entry.incident && entry.time_s >= begin && entry.time_s < end &&
               mark_text(entry.command) == text;
    });
}

void Player::record(const TickReport& report) {
    m_furthest = report.tick;
    const Seconds begin = report.now_s - m_scenario.params.clock.tick_s;
    for (const Command& command : report.applied) {
        const std::string text = mark_text(command);
        m_marks.push_back({begin, text, false, is_incident(begin, report.now_s, text)});
    }
    if (!m_run_file) return;
    const Seconds spacing = whole_seconds(m_scenario.params.run.frame_every_h);
    std::optional<Frame> frame;
    if (report.now_s / spacing != begin / spacing) {
        frame = m_run_file->frame_of(*m_simulation->snapshot());
    }
    if (const Status status = m_run_file->write(report, frame ? &*frame : nullptr); !status) {
        m_problem = status.problem();
        m_run_file.reset();
    }
}

void Player::keep_keyframe() {
    if (!m_keep_keyframes || !m_keyframes.due(now_s())) return;
    m_keyframes.add(now_s(), m_simulation->keyframe());
}

std::vector<Mark> Player::marks() const {
    std::vector<Mark> marks = m_marks;
    const Seconds done_s =
        static_cast<Seconds>(m_furthest) * m_scenario.params.clock.tick_s;  // end of history
    for (const TimelineEntry& entry : m_scenario.timeline) {
        if (entry.time_s < done_s) continue;
        marks.push_back({entry.time_s, mark_text(entry.command), true, entry.incident});
    }
    const Seconds now = now_s();
    for (Mark& mark : marks) mark.planned = mark.time_s >= now;
    return marks;
}

std::optional<Problem> Player::take_problem() {
    return std::exchange(m_problem, std::nullopt);
}

Scenario Player::as_scenario() const {
    Scenario scenario = m_scenario;
    if (m_submitted.empty()) return scenario;
    scenario.expect.clear();
    scenario.expected_hash.clear();
    const Seconds tick_s = scenario.params.clock.tick_s;
    for (const auto& [tick, command] : m_submitted) {
        // Behind what the timeline does in the same tick, as it was applied.
        const Seconds begin = static_cast<Seconds>(tick - 1) * tick_s;
        const auto after =
            std::ranges::lower_bound(scenario.timeline, begin + tick_s, {}, &TimelineEntry::time_s);
        const bool alone = after == scenario.timeline.begin();
        const Seconds time_s = alone ? begin : std::max(begin, std::prev(after)->time_s);
        scenario.timeline.insert(after, {time_s, command, false});
    }
    return scenario;
}

Status Player::save_run(const std::string& path) {
    if (!m_run_file) {
        return Problem{path, "", "a run that is not being kept",
                       "a run file to copy: turn on \"Keep runs\" and start the run again",
                       ExitCode::input_output};
    }
    write_profile();
    return m_run_file->save_copy(path);
}

Result<std::optional<Frame>> Player::frame_at(Seconds time_s) {
    if (!m_run_file) return std::optional<Frame>();
    return m_run_file->frame_at(time_s);
}

void Player::write_profile() {
    if (!m_run_file) return;
    const Status status = m_run_file->write_profile(m_simulation->profile());
    if (!status) m_problem = status.problem();
}

Status Player::finish() {
    write_profile();
    if (auto problem = take_problem()) return *problem;
    if (!m_run_file) return Done{};
    RunFile run_file = std::move(*m_run_file);
    m_run_file.reset();
    return run_file.finish();
}

}  // namespace cascadelab
