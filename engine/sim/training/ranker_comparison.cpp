#include "engine/sim/training/ranker_comparison.h"

#include <algorithm>
#include <chrono>

#include "engine/sim/training/ranker_rows.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kFewestRequests = 50;
constexpr int kTimedCalls = 21;

float seconds_since(Clock::time_point begin) {
    return std::chrono::duration<float>(Clock::now() - begin).count();
}

float score_us(const Ranker& ranker, const Matrix& rows) {
    Matrix timed(kTimedRows, rows.cols());
    for (Eigen::Index i = 0; i < timed.rows(); ++i) timed.row(i) = rows.row(i % rows.rows());
    std::vector<float> scratch(kOutcomeCount * kTimedRows);
    std::vector<OutcomeScores> out(kTimedRows);
    std::array<float, kTimedCalls> calls{};
    for (float& call : calls) {
        const Clock::time_point begin = Clock::now();
        predict_outcomes(ranker, timed.data(), kTimedRows, scratch, out);
        call = 1e6f * seconds_since(begin);
    }
    std::ranges::nth_element(calls, calls.begin() + kTimedCalls / 2);
    return calls[kTimedCalls / 2];
}

}  // namespace

RankerSplit split_by_time(const ShownRows& rows) {
    const std::size_t requests = rows.requests.size();
    const auto held_out = static_cast<std::size_t>(kHeldOutShare * static_cast<double>(requests));
    return {part_of(rows, 0, requests - held_out), part_of(rows, requests - held_out, requests)};
}

std::optional<RankerTrial> try_ranker(const RankerSplit& split, const RankingParams& params,
                                      std::uint64_t seed, const Progress& progress) {
    const Clock::time_point begin = Clock::now();
    const auto ranker = train_ranker(split.learned, params, seed, progress);
    if (!ranker) return std::nullopt;
    RankerTrial trial;
    trial.timing.train_s = seconds_since(begin);
    trial.quality = measure_quality(*ranker, params, split.held_out);
    trial.timing.score_us = score_us(*ranker, split.held_out.rows);
    return trial;
}

std::optional<RankerComparison> compare_rankers(const ShownRows& rows, const RankingParams& params,
                                                std::uint64_t seed, const Progress& progress) {
    if (rows.requests.size() < kFewestRequests) return std::nullopt;
    const RankerSplit split = split_by_time(rows);
    RankerComparison comparison;
    comparison.round.learned = static_cast<std::uint64_t>(split.learned.rows.rows());
    comparison.round.held_out = static_cast<std::uint64_t>(split.held_out.rows.rows());
    for (const RankingModel kind : every<RankingModel>) {
        RankingParams own = params;
        own.model = kind;
        const auto trial = try_ranker(split, own, seed, [&](double share) {
            return !progress || progress((static_cast<double>(index_of(kind)) + share) /
                                         enum_count<RankingModel>);
        });
        if (!trial) return std::nullopt;
        comparison.round.quality[kind] = trial->quality;
        comparison.timing[kind] = trial->timing;
    }
    return comparison;
}

std::shared_ptr<const RankerComparison> compare_rankers_on_log(const FrozenLog& view,
                                                               const Progress& progress) {
    auto comparison = compare_rankers(ranker_rows(view).shown, view.params.ranking,
                                      mix_bits(view.seed ^ view.tick), progress);
    if (!comparison) return nullptr;
    comparison->round.time_s = view.now_s;
    return std::make_shared<const RankerComparison>(std::move(*comparison));
}

}  // namespace cascadelab
