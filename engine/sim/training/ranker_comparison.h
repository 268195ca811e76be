// Every kind of ranker on the same rows: learned from the older requests, measured on the newer
// ones. Quality is part of the run; times are measured here and never are. Pure functions; any
// thread.
#pragma once

#include <array>
#include <optional>

#include "engine/cascade/rank/ranking_quality.h"
#include "engine/sim/training/training.h"

namespace cascadelab {

inline constexpr double kHeldOutShare = 0.2;  // newest requests, nobody learns from them
inline constexpr std::size_t kTimedRows = 300;

// What one kind of ranker came to.
struct RankerTiming {
    float train_s = 0;   // wall clock, one thread
    float score_us = 0;  // wall clock to score kTimedRows rows: the median of repeated calls
};
struct RankerTrial {
    RankingQuality quality;
    RankerTiming timing;
};

// Both parts of a log; its requests split by time.
struct RankerSplit {
    ShownRows learned, held_out;
};
RankerSplit split_by_time(const ShownRows& rows);

// Trains params.model on the one part and measures it on the other. Nothing when cancelled.
std::optional<RankerTrial> try_ranker(const RankerSplit& split, const RankingParams& params,
                                      std::uint64_t seed, const Progress& progress = {});

struct RankerRound {
    Seconds time_s = 0;                                 // when its training began
    std::uint64_t learned = 0, held_out = 0;            // impressions
    EnumArray<RankingModel, RankingQuality> quality{};  // by RankingModel
};
struct RankerComparison {
    RankerRound round;
    EnumArray<RankingModel, RankerTiming> timing{};
};

// Nothing when cancelled, or when there are too few rows to say anything.
std::optional<RankerComparison> compare_rankers(const ShownRows& rows, const RankingParams& params,
                                                std::uint64_t seed, const Progress& progress = {});
// The same on the rows that a ranker would learn from now. Null for nothing.
std::shared_ptr<const RankerComparison> compare_rankers_on_log(const FrozenLog& view,
                                                               const Progress& progress);

}  // namespace cascadelab
