#include "engine/bench/ranker_bench.h"

#include <chrono>

#include "engine/sim/simulation.h"
#include "engine/sim/state/state.h"
#include "engine/sim/training/ranker_rows.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFewestRequests = 50;  // a learning curve begins with no fewer

ShownRows live_through(const RankerBenchOptions& options) {
    Params params;
    params.world.people = options.people;
    params.world.items = options.items;
    params.world.creators = std::max<std::int64_t>(1, options.items / 20);
    params.features.log_share = 1;
    params.metrics.oracle_share = 0;
    params.ranking.trees = options.trees;
    params.ranking.training_rows = options.rows;
    Simulation simulation(params, options.seed, options.threads);
    while (simulation.now_s() < options.days * kDay) simulation.step();
    return ranker_rows(frozen_log(*simulation.keyframe())).shown;
}

// So many requests, spread evenly over the whole time.
ShownRows thinned(const ShownRows& all, std::size_t requests) {
    std::vector<Eigen::Index> chosen;
    for (std::size_t i = 0; i < requests; ++i) {
        const std::size_t request = i * all.requests.size() / requests;
        const Eigen::Index end =
            request + 1 < all.requests.size() ? all.requests[request + 1] : all.rows.rows();
        for (Eigen::Index row = all.requests[request]; row < end; ++row) chosen.push_back(row);
    }
    return {all.rows(chosen, Eigen::all), all.labels(chosen, Eigen::all), {}};
}

// How many requests each point of a curve learns from: doubling up to all.
std::vector<std::size_t> curve_of(std::size_t all) {
    std::vector<std::size_t> requests;
    for (std::size_t part = 64; part >= 1; part /= 2) {
        if (all / part >= kFewestRequests) requests.push_back(all / part);
    }
    return requests;
}

}  // namespace

RankerBenchReport run_ranker_bench(const RankerBenchOptions& options,
                                   const std::function<void(const std::string&)>& say) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point begin = Clock::now();
    say("living through " + std::to_string(options.days) + " days");
    const RankerSplit split = split_by_time(live_through(options));
    RankerBenchReport report;
    report.setup_s = std::chrono::duration<double>(Clock::now() - begin).count();
    report.learned = static_cast<std::uint64_t>(split.learned.rows.rows());
    report.held_out = static_cast<std::uint64_t>(split.held_out.rows.rows());
    report.requests = split.held_out.requests.size();
    report.click_share = split.held_out.labels.col(0).mean();
    RankingParams params;
    params.trees = options.trees;
    for (const RankingModel kind : every<RankingModel>) {
        params.model = kind;
        RankerBenchModel& model = report.models.emplace_back();
        model.model = params.model;
        for (const std::size_t requests : curve_of(split.learned.requests.size())) {
            const RankerSplit part{thinned(split.learned, requests), split.held_out};
            const auto rows = static_cast<std::uint64_t>(part.learned.rows.rows());
            say("training " + std::string(kRankingModels[kind].label) + " on " +
                std::to_string(rows) + " rows");
            model.curve.push_back({rows, *try_ranker(part, params, options.seed)});
        }
    }
    return report;
}

}  // namespace cascadelab
