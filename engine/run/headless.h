// Running a scenario to its end without a window, and what came out. Calls back for progress and
// asks whether to go on. One thread, which may use workers.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/sim/simulation.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

struct DayMetrics {
    std::int64_t day = 1;
    std::shared_ptr<const MetricPoint> metrics;  // the last of that day
};

// The share of a topic on a day, for each that is asked for; NaN: nothing was shown or released.
struct DayShare {
    std::int64_t day = 1;
    TopicShare of;
    double value = 0;
};

struct HeadlessOptions {
    int threads = 2;
    std::string run_file;  // written while it runs; empty: none
    // Called after every tick with what was done; false ends the run there.
    std::function<bool(const TickReport& report, Seconds end_s)> go_on;
};

struct RunReport {
    std::uint64_t ticks = 0;
    bool complete = false;  // false when go_on ended it
    Hashes hashes;          // of the last tick, every ingredient taken then
    std::vector<DayMetrics> days;
    std::vector<DayShare> shares;  // that something is expected of
    std::vector<Problem> refused;  // commands of the timeline that could not be applied
    std::vector<ProfileEntry> profile;
};

Result<RunReport> run_headless(const Scenario& scenario, const HeadlessOptions& options);

// The value of a metric on a day, NaN when that day has none.
float day_value(const RunReport& report, std::int64_t day, Metric metric, std::size_t group);

// The share of a topic on a day, NaN when that day has none.
double day_share(const RunReport& report, std::int64_t day, const TopicShare& of);

// What a scenario promises, held against what came out.
struct ExpectationResult {
    std::string statement;  // "day 14: topic_entropy_bits (all) 1.21, expected at most 1.4"
    bool held = false;
};
std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunReport& report);

}  // namespace cascadelab
