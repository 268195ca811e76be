// Training and batch jobs: computed on one background thread, deployed at a virtual time fixed when
// they start. If the deploy tick comes first, the step waits: asynchronous as in production, and
// still exact. A pending job is a copyable handle, so a keyframe taken meanwhile shares the
// computation.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>

#include "engine/params/table.h"
#include "engine/sim/training/ranker_comparison.h"
#include "engine/sim/training/training.h"

namespace cascadelab {

// What a training of an era publishes.
struct EraResult {
    Era era;
    PublishedEra published;
};

using JobResult =
    std::variant<std::shared_ptr<const CoVisitation>, EraResult, RankerResult, GenerativeResult,
                 std::shared_ptr<const BatchTables>, std::shared_ptr<const RankerComparison>>;

struct PendingJob {
    std::string label;              // "two-tower"
    Stage stage = Stage::training;  // whose models it renews
    Seconds deploy_s = 0;
    std::shared_future<JobResult> result;
    std::shared_ptr<std::atomic<double>> progress;  // 0..1, for the window only
};

// One thread that computes jobs in the order of their start. A job nobody holds any more is skipped
// or cancelled.
class JobRunner {
  public:
    JobRunner();
    ~JobRunner();  // cancels what is under way

    using Compute = std::function<JobResult(const Progress&)>;
    PendingJob start(std::string label, Stage stage, Seconds deploy_s, Compute compute);

    double seconds_spent() const { return m_seconds.load(); }  // wall clock, for the profile

  private:
    struct Task {
        std::promise<JobResult> promise;
        std::weak_ptr<std::atomic<double>> progress;  // expires with the last holder of the job
        Compute compute;
    };
    void work(std::stop_token stop);

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Task> m_tasks;
    std::atomic<double> m_seconds = 0;
    std::jthread m_thread;  // last: it uses everything above
};

}  // namespace cascadelab
