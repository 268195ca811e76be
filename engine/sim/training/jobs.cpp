#include "engine/sim/training/jobs.h"

#include <chrono>

namespace cascadelab {

JobRunner::JobRunner() : m_thread([this](std::stop_token stop) { work(stop); }) {}

JobRunner::~JobRunner() {
    m_thread.request_stop();
    m_wake.notify_all();
}

PendingJob JobRunner::start(std::string label, Stage stage, Seconds deploy_s, Compute compute) {
    PendingJob job;
    job.label = std::move(label);
    job.stage = stage;
    job.deploy_s = deploy_s;
    job.progress = std::make_shared<std::atomic<double>>(0.0);
    Task task{{}, job.progress, std::move(compute)};
    job.result = task.promise.get_future().share();
    {
        std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
    return job;
}

void JobRunner::work(std::stop_token stop) {
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_tasks.empty(); })) return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        const auto begin = std::chrono::steady_clock::now();
        // Nobody can ask for the result of a job whose handles are gone.
        const auto report = [&](double share) {
            const auto progress = task.progress.lock();
            if (progress) progress->store(share);
            return progress != nullptr && !stop.stop_requested();
        };
        task.promise.set_value(task.progress.expired() ? JobResult{} : task.compute(report));
        m_seconds +=
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
}

}  // namespace cascadelab
