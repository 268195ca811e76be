// Rankers side by side on one log, and how each grows with the rows it learns from. Wall-clock
// figures beside qualities; nothing of it is part of any run. One caller.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/sim/training/ranker_comparison.h"

namespace cascadelab {

struct RankerBenchOptions {
    std::int64_t people = 1000;
    std::int64_t items = 4000;
    std::int64_t days = 4;      // lived through before the log is read; the first has no ranker
    std::int64_t rows = 50000;  // most impressions of the log; the newest fifth is held out
    std::int64_t trees = 100;
    std::uint64_t seed = 20261122;
    int threads = 2;
};

struct RankerBenchPoint {
    std::uint64_t rows = 0;  // learned from: requests spread over all but the held-out time
    RankerTrial trial;
};
struct RankerBenchModel {
    RankingModel model = RankingModel::xgboost;
    std::vector<RankerBenchPoint> curve;  // by rows; the last has all of them
};
struct RankerBenchReport {
    std::uint64_t learned = 0, held_out = 0, requests = 0;  // impressions; requests held out
    float click_share = 0;                                  // of the impressions held out
    double setup_s = 0;                                     // to live through the days
    std::vector<RankerBenchModel> models;                   // by RankingModel
};

// Lives through the days with the default cascade, every request logged, then trains each kind of
// ranker on ever more rows of that log. say(text) tells what is being done.
RankerBenchReport run_ranker_bench(const RankerBenchOptions& options,
                                   const std::function<void(const std::string&)>& say);

}  // namespace cascadelab
