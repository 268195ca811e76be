#include "engine/run/session.h"

#include "engine/run/session_worker.h"
#include "engine/sim/commands/command.h"

namespace cascadelab {

RunSession::RunSession(Scenario scenario, SessionOptions options)
    : m_impl(std::make_unique<Impl>(std::move(scenario), std::move(options))) {}

RunSession::~RunSession() = default;

void RunSession::on_change(std::function<void()> notify) {
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->notify = std::move(notify);
}

std::shared_ptr<const Snapshot> RunSession::snapshot() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->latest;
}

std::optional<Busy> RunSession::busy() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->busy;
}

std::optional<Problem> RunSession::take_problem() {
    const std::scoped_lock lock(m_impl->mutex);
    if (m_impl->problems.empty()) return std::nullopt;
    Problem problem = std::move(m_impl->problems.front());
    m_impl->problems.pop_front();
    return problem;
}

std::optional<std::string> RunSession::take_notice() {
    const std::scoped_lock lock(m_impl->mutex);
    if (m_impl->notices.empty()) return std::nullopt;
    std::string notice = std::move(m_impl->notices.front());
    m_impl->notices.pop_front();
    return notice;
}

void RunSession::play() {
    m_impl->change([this] {
        if (m_impl->speed == Speed::step) {
            m_impl->steps = 1;
        } else {
            m_impl->playing = true;
        }
    });
}

void RunSession::pause() {
    m_impl->change([this] {
        m_impl->playing = false;
        m_impl->steps = 0;
        m_impl->until.reset();
    });
}

bool RunSession::playing() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->playing;
}

void RunSession::step(int ticks) {
    m_impl->change([this, ticks] {
        m_impl->playing = false;
        m_impl->until.reset();
        m_impl->steps += ticks;
    });
}

void RunSession::set_speed(Speed speed) {
    m_impl->change([this, speed] {
        m_impl->speed = speed;
        if (speed == Speed::step) m_impl->playing = false;
    });
}

Speed RunSession::speed() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->speed;
}

void RunSession::run_until(Seconds time_s) {
    m_impl->change([this, time_s] {
        m_impl->playing = true;
        m_impl->until = time_s;
    });
}

Status RunSession::submit(Command command) {
    Status status = Done{};
    m_impl->change([&] {
        const auto& latest = m_impl->latest;
        const auto founders = static_cast<std::size_t>(m_impl->params.world.people);
        const std::size_t people = latest ? latest->people : founders;
        status = check_command(command, m_impl->params, people);
        if (status) m_impl->commands.push_back(std::move(command));
    });
    return status;
}

void RunSession::set_focus(Focus focus) {
    m_impl->change([this, focus] { m_impl->focus = focus; });
}

void RunSession::seek(Seconds time_s) {
    m_impl->change([this, time_s] { m_impl->seek = std::max<Seconds>(0, time_s); });
}

void RunSession::look_at(Seconds time_s) {
    m_impl->change([this, time_s] { m_impl->look = time_s; });
}

void RunSession::save_run(std::string path) {
    m_impl->change([&] { m_impl->run_copies.push_back(std::move(path)); });
}

void RunSession::save_scenario(std::string path, std::string title) {
    m_impl->change([&] { m_impl->scenarios.push_back({std::move(path), std::move(title)}); });
}

void RunSession::restart(Params params) {
    m_impl->change([this, &params] { m_impl->restart = params; });
}

void RunSession::cancel() {
    m_impl->cancelled = true;
    pause();
}

}  // namespace cascadelab
