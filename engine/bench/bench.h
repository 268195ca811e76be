// The serving path alone, measured against the floor that its libraries set on the same data in the
// same run. Wall-clock figures; nothing of it is part of any run. One caller; uses its own workers.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace cascadelab {

struct BenchOptions {
    std::int64_t people = 10000;
    std::int64_t items = 100000;
    std::int64_t candidates = 500;
    std::int64_t trees = 100;
    std::int64_t requests = 20000;
    int threads = 2;
};

struct BenchStage {
    std::string name;
    double mean_us = 0;  // a request
};

struct BenchReport {
    double requests_per_s = 0;      // full cascade, all threads
    double cpu_ms_per_request = 0;  // user + system time of the process
    double floor_ms = 0;  // CPU: raw hnswlib search for `candidates` + raw XGBoost prediction of
                          // `candidates` rows
    double overhead_ratio =
        0;  // cpu_ms_per_request / floor_ms; median over rounds that alternate the two
    double peak_rss_mib = 0;     // of the whole process, building included
    double mean_candidates = 0;  // distinct candidates a request
    double mean_ranked = 0;      // rows the ranker scored a request
    double setup_s = 0;          // world, models and indexes
    std::vector<BenchStage> stages;
};

// Builds a world, trains all models on its organic history and on answered pages, and serves every
// person in turn. say(text) tells what is being done.
BenchReport run_bench(const BenchOptions& options,
                      const std::function<void(const std::string&)>& say);

}  // namespace cascadelab
