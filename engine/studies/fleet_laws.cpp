// Laws that the modelled fleet must obey: waiting in queues, and the slowest of many leaves.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/serving/fan_out.h"
#include "engine/serving/queueing.h"
#include "engine/serving/station.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- queues
// ---------------------------------------------------------------------------------------

constexpr std::size_t kRuns = 40;
constexpr int kArrivals = 150000;
constexpr int kWarmUp = 20000;

struct Queue {
    const char* name;
    const char* label;
    int servers;
    ServiceTime service;

    double arrival_rate(double load) const { return load * servers / service.mean_s(); }
    double law_s(double load) const {
        return servers == 1 ? mean_wait_mg1(arrival_rate(load), service.mean_s(), service.scv())
                            : mean_wait_mmc(arrival_rate(load), service.mean_s(), servers);
    }
};

// Mean wait of the arrivals after the warm-up, seconds.
double simulated_wait_s(const Queue& queue, double load, Stream& stream) {
    Station station(queue.servers);
    const double mean_gap_s = 1 / queue.arrival_rate(load);
    double now_s = 0;
    double waited_s = 0;
    for (int arrival = 0; arrival < kArrivals; ++arrival) {
        now_s += stream.exponential(mean_gap_s);
        const double service_s = queue.service.draw(stream);
        const Service service = station.arrive(now_s, service_s);
        if (arrival >= kWarmUp) waited_s += service.start_s - now_s;
    }
    return waited_s / (kArrivals - kWarmUp);
}

// --- fan_out
// --------------------------------------------------------------------------------------

constexpr std::size_t kBatches = 20;
constexpr std::size_t kRequestsPerBatch = 2000;
constexpr int kLeaves = 100;
constexpr double kSlow = 0.2;  // seconds, which only stragglers take

struct Tail {
    double slow_share = 0;  // requests that met a straggler
    double p99_s = 0;
    double p999_s = 0;
    double calls_per_leaf = 0;  // hedges included
};

ServiceTime leaf_with(double straggler_share) {
    ServiceTime leaf = lognormal_from(0.005, 0.02);
    leaf.straggler_share = straggler_share;
    return leaf;
}

Tail tail_of(StudyRun& run, const ServiceTime& leaf, int leaves, double hedge_after_s) {
    std::vector<float> latency_s(kBatches * kRequestsPerBatch);
    std::vector<double> calls(kBatches, 0.0);
    run.replicates(kBatches, [&](std::size_t batch) {
        Stream stream = run.stream(100 + static_cast<std::uint64_t>(leaves), batch);
        for (std::size_t i = 0; i < kRequestsPerBatch; ++i) {
            const Answer answer = ask_leaves(leaves, leaf, hedge_after_s, stream);
            latency_s[batch * kRequestsPerBatch + i] = static_cast<float>(answer.latency_s);
            calls[batch] += answer.calls;
        }
    });
    const auto requests = static_cast<double>(latency_s.size());
    const auto slow = std::ranges::count_if(latency_s, [](float s) { return s > kSlow; });
    return {static_cast<double>(slow) / requests, nearest_rank(latency_s, 0.99),
            nearest_rank(latency_s, 0.999),
            mean_of(calls) / (static_cast<double>(kRequestsPerBatch) * leaves)};
}

}  // namespace

StudyResult study_queues(StudyRun& run) {
    using enum ServiceTime::Kind;
    const std::array<Queue, 5> queues = {{
        {"mm1", "M/M/1", 1, {exponential, 1, 0}},
        {"mm8", "M/M/8", 8, {exponential, 1, 0}},
        {"mm64", "M/M/64", 64, {exponential, 1, 0}},
        {"md1", "M/D/1", 1, {constant, 1, 0}},
        {"mg1", "M/G/1, lognormal", 1, lognormal_from(0.8, 4)},
    }};
    StudyResult result;
    StudyPlot plot{"Mean wait in a queue, simulated and by law",
                   "load of a server, share",
                   "mean wait, mean service times",
                   {},
                   {}};
    for (std::size_t q = 0; q < queues.size(); ++q) {
        const Queue& queue = queues[q];
        plot.own.push_back({queue.label, {}, {}});
        plot.published.push_back({queue.label, {}, {}});
        for (const int percent : {50, 80, 90}) {
            run.part(1.0 / 15);
            const double load = percent / 100.0;
            std::vector<double> wait_s(kRuns);
            run.replicates(kRuns, [&](std::size_t replicate) {
                Stream stream = run.stream(q, replicate * 100 + static_cast<std::size_t>(percent));
                wait_s[replicate] = simulated_wait_s(queue, load, stream);
            });
            const double law_s = queue.law_s(load);
            result.checks.push_back(
                {std::string("queues.") + queue.name + "_" + std::to_string(percent),
                 std::string(queue.label) + ": mean wait at load " + std::to_string(percent) +
                     " %, s",
                 law_s, mean_of(wait_s), 0.03 * law_s + 0.0005});
            plot.own.back().x.push_back(load);
            plot.own.back().y.push_back(mean_of(wait_s) / queue.service.mean_s());
            plot.published.back().x.push_back(load);
            plot.published.back().y.push_back(law_s / queue.service.mean_s());
        }
    }
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_fan_out(StudyRun& run) {
    const ServiceTime often = leaf_with(0.01);
    const ServiceTime seldom = leaf_with(0.001);
    StudyCurve own{"this program", {}, {}};
    StudyCurve law{"1 - 0.99^n", {}, {}};
    Tail plain;
    for (const int leaves : {1, 10, 50, kLeaves}) {
        run.part(leaves / 461.0);
        plain = tail_of(run, often, leaves, kNeverHedge);
        own.x.push_back(leaves);
        own.y.push_back(plain.slow_share);
        law.x.push_back(leaves);
        law.y.push_back(any_slow(0.01, leaves));
    }
    const double hedge_after_s = seldom.ordinary_part().quantile_s(0.95);
    run.part(kLeaves / 461.0);
    const Tail hedged = tail_of(run, often, kLeaves, hedge_after_s);
    run.part(kLeaves / 461.0);
    const Tail rare = tail_of(run, seldom, kLeaves, kNeverHedge);
    run.part(kLeaves / 461.0);
    const Tail rare_hedged = tail_of(run, seldom, kLeaves, hedge_after_s);
    return {
        {{"fan_out.slow_share", "share of requests over 100 leaves that meet a straggler of 1 %",
          any_slow(0.01, kLeaves), plain.slow_share, 0.01},
         {"fan_out.slow_share_hedged", "the same with a second call after a leaf's p95",
          any_slow(0.0001, kLeaves), hedged.slow_share, 0.002},
         {"fan_out.p99_ms", "99th percentile without, ms", 1785, plain.p99_s * 1000, 178},
         {"fan_out.rare", "share that meet a straggler of 0.1 %", any_slow(0.001, kLeaves),
          rare.slow_share, 0.01},
         {"fan_out.rare_hedged", "the same with a second call", any_slow(1e-6, kLeaves),
          rare_hedged.slow_share, 0.002},
         {"fan_out.p999_ms", "its 99.9th percentile without, ms", 1784, rare.p999_s * 1000, 178},
         {"fan_out.p999_hedged_ms", "and with a second call, ms", 36, rare_hedged.p999_s * 1000,
          3.6},
         {"fan_out.extra_calls", "more calls by it, share", 0.05, rare_hedged.calls_per_leaf - 1,
          0.005}},
        {{"Requests that meet a straggler", "leaves asked", "share of requests", {own}, {law}}}};
}

}  // namespace cascadelab
