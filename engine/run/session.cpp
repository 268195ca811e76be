#include "engine/run/session.h"

#include "engine/run/session_worker.h"
#include "engine/sim/command_check.h"

namespace cascadelab {

Session::Session(Scenario scenario, SessionOptions options)
    : m_impl(std::make_unique<Impl>(std::move(scenario), std::move(options))) {}

Session::~Session() = default;

void Session::on_change(std::function<void()> notify) {
    const std::scoped_lock lock(m_impl->mutex);
    m_impl->notify = std::move(notify);
}

std::shared_ptr<const Snapshot> Session::snapshot() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->latest;
}

std::optional<Busy> Session::busy() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->busy;
}

std::optional<Problem> Session::take_problem() {
    const std::scoped_lock lock(m_impl->mutex);
    if (m_impl->problems.empty()) return std::nullopt;
    Problem problem = std::move(m_impl->problems.front());
    m_impl->problems.pop_front();
    return problem;
}

void Session::play() {
    m_impl->change([this] {
        if (m_impl->speed == Speed::step) {
            m_impl->steps = 1;
        } else {
            m_impl->playing = true;
        }
    });
}

void Session::pause() {
    m_impl->change([this] {
        m_impl->playing = false;
        m_impl->steps = 0;
        m_impl->until.reset();
    });
}

bool Session::playing() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->playing;
}

void Session::step(int ticks) {
    m_impl->change([this, ticks] {
        m_impl->playing = false;
        m_impl->until.reset();
        m_impl->steps += ticks;
    });
}

void Session::set_speed(Speed speed) {
    m_impl->change([this, speed] {
        m_impl->speed = speed;
        if (speed == Speed::step) m_impl->playing = false;
    });
}

Speed Session::speed() const {
    const std::scoped_lock lock(m_impl->mutex);
    return m_impl->speed;
}

void Session::run_until(Seconds time_s) {
    m_impl->change([this, time_s] {
        m_impl->playing = true;
        m_impl->until = time_s;
    });
}

Status Session::submit(Command command) {
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

void Session::set_focus(Focus focus) {
    m_impl->change([this, focus] { m_impl->focus = focus; });
}

void Session::seek(Seconds time_s) {
    m_impl->change([this, time_s] { m_impl->seek = std::max<Seconds>(0, time_s); });
}

void Session::restart(Params params) {
    m_impl->change([this, &params] { m_impl->restart = params; });
}

void Session::cancel() {
    m_impl->cancelled = true;
    pause();
}

}  // namespace cascadelab
