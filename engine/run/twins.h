// Twins: the same world and the same random numbers twice, with one difference between them. What
// differs in the end is what the difference caused. Over several seeds the pairs give a confidence
// band. One thread, which may use workers.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/sim/metrics/metric_names.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

// A mean and its 95 % confidence interval; the bounds are NaN for fewer than two values.
struct ConfidenceInterval {
    double mean = 0, low = 0, high = 0;
};
// Of paired differences: mean +- t s / sqrt(n), t the .975 quantile of Student's distribution with
// n - 1 degrees of freedom (Student 1908). values: n finite numbers, at least one.
ConfidenceInterval paired_interval(std::span<const double> values);
// The .975 quantile of Student's distribution with so many degrees of freedom, at least 1.
double student_quantile(std::size_t freedom);

struct TwinValue {
    double base = 0, twin = 0;  // means over the seeds in which both could be measured; NaN in none
    ConfidenceInterval difference;  // twin less base, in the metric's unit
};
struct TwinDay {
    std::int64_t day = 1;
    EnumArray<Metric, std::array<TwinValue, kGroupCount>> value;  // by Metric and group
};
struct TwinPair {
    std::uint64_t seed = 0;
    std::uint64_t base_hash = 0, twin_hash = 0;  // of the last tick, all ingredients
};
struct TwinReport {
    std::vector<TwinPair> pairs;
    std::vector<TwinDay> days;
    bool complete = false;  // false when go_on ended it; then only whole pairs count
};

struct TwinOptions {
    std::int64_t seeds = 1;  // the scenario's and those after it
    int threads = 2;
    // Called after every tick with the share of all that is done and what runs ("seed 5, twin, day
    // 3"); false ends it there.
    std::function<bool(double share, const std::string& now)> go_on;
};

// Runs both for every seed; they must be equally long. Errors: those of a run that cannot begin.
Result<TwinReport> run_twins(Scenario base, Scenario twin, const TwinOptions& options);

}  // namespace cascadelab
