// What the fleet's steps take, what its waiting costs in visits, and what it costs in dollars.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/text.h"
#include "engine/serving/bill.h"
#include "engine/serving/gpu_step.h"
#include "engine/serving/patience.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- gpu_step ----------------------------------------------------------------------------------

constexpr std::array kTokens = {1, 32, 64, 128, 256, 512, 1024, 4096};

// Kernels as measured by Vidur, summed over layers, without attention, ms.
struct MeasuredSteps {
    const char* name;
    ServedModel model;
    GpuKind gpu;
    std::array<double, 8> ms;
};
constexpr std::array<MeasuredSteps, 8> kMeasured = {{
    {"7b_a100",
     ServedModel::llama_2_7b,
     GpuKind::a100,
     {9.3, 9.5, 9.7, 12.2, 17.8, 33.4, 67.9, 260}},
    {"7b_h100", ServedModel::llama_2_7b, GpuKind::h100, {5.6, 5.8, 5.9, 6.4, 9.2, 12.0, 21.0, 83}},
    {"8b_a100",
     ServedModel::llama_3_8b,
     GpuKind::a100,
     {9.7, 10.9, 11.2, 13.2, 19.5, 34.6, 75, 273}},
    {"phi2_a40", ServedModel::phi_2, GpuKind::a40, {9.9, 10.7, 11.2, 12.6, 16.6, 26, 54, 206}},
    {"phi2_a100", ServedModel::phi_2, GpuKind::a100, {4.4, 4.8, 5.0, 6.0, 8.9, 13.9, 27.5, 93}},
    {"phi2_h100", ServedModel::phi_2, GpuKind::h100, {2.6, 3.0, 3.1, 3.3, 4.1, 6.3, 12.4, 36}},
    {"70b_8a100",
     ServedModel::llama_2_70b,
     GpuKind::a100,
     {14.2, 14.6, 15.2, 18.6, 30, 52, 92, 342}},
    {"70b_8h100",
     ServedModel::llama_2_70b,
     GpuKind::h100,
     {8.4, 9.3, 9.0, 10.0, 11.5, 17.7, 32.6, 122}},
}};

double own_ms(const MeasuredSteps& steps, double tokens) {
    return 1000 * kernel_s(gpu_of(steps.gpu), shape_of(steps.model), tokens);
}

// --- latency_engagement ------------------------------------------------------------------------

constexpr int kDelayedDays = 42;
constexpr int kDays = 84;

// Searches lost, in percent, on every day; in expectation, against a twin without delay.
std::vector<double> lost_percent(double delay_ms) {
    std::vector<double> lost;
    Patience patience;
    for (int day = 0; day < kDays; ++day) {
        const double felt_ms = day < kDelayedDays ? felt_delay_ms(300 + delay_ms, 300) : 0;
        patience.live(felt_ms, 0.5);  // as they are at noon
        lost.push_back(100 * (1 - pages_kept(PatienceLaw::google_2009, felt_ms, patience)));
        patience.live(felt_ms, 0.5);
    }
    return lost;
}

double mean_of_weeks(const std::vector<double>& days, std::size_t first, std::size_t last) {
    return mean_of(std::span(days).subspan(7 * (first - 1), 7 * (last - first + 1)));
}

// --- streampulse_bill --------------------------------------------------------------------------

struct GpuMoney {
    double usd_per_hour;
    double gpus;
};
constexpr std::array<GpuMoney, 6> kGpuMoney = {
    {{0.86, 1561}, {1.10, 1220}, {1.49, 901}, {2.06, 652}, {2.49, 539}, {3.00, 447}}};

void check_streampulse(StudyResult& result) {
    const StreamPulse streampulse;
    const Bill bill = streampulse_bill(streampulse, 1.49);
    const auto check = [&](const char* name, const char* what, double published, double own,
                           double tolerance) {
        result.checks.push_back(
            {std::string("streampulse_bill.") + name, what, published, own, tolerance});
    };
    check("month", "bill of a month, $", 1.12e6, bill.month_usd(), 0);
    check("per_thousand", "per thousand refreshes, $", 0.00933, bill.per_thousand_usd(), 1e-5);
    check("per_person", "per person and month, $", 0.0056, bill.per_person_usd(), 1e-5);
    check("slip", "published $0.28 a thousand over that: days of a month", 30,
          streampulse.published_per_thousand_usd / bill.per_thousand_usd(), 0.01);
    for (const auto& [usd, gpus] : kGpuMoney) {
        check(("gpus_at_" + std::to_string(std::lround(100 * usd))).c_str(),
              "A100s that $980k a month buy at so many cents an hour", gpus,
              streampulse.gpus_at(usd), 1);
    }
    check("metadata", "feed metadata of a refresh that explains the $140k, KB", 45,
          streampulse.metadata_bytes() / 1000, 15);
    const Gpu& a100 = gpu_of(GpuKind::a100);
    const double refresh_s = request_gpu_s(a100, shape_of(ServedModel::decoder_1b), {});
    check("refresh", "GPU time of a refresh: 512 tokens, beam of 50, 3 steps, ms", 11.5,
          1000 * refresh_s, 1.5);
    const double rerank_s =
        request_gpu_s(a100, shape_of(ServedModel::llama_2_7b), {3500, 50, 1, 32});
    check("rerank", "A100s if a 7B model re-ranked every refresh", 11000,
          rerank_s * streampulse.refreshes_per_s(), 1100);
}

// --- video_start -------------------------------------------------------------------------------

constexpr std::size_t kAudiences = 100;
constexpr std::size_t kViewers = 2000;
constexpr int kMostSeconds = 20;

// The share of an audience that has left by every second.
std::vector<double> left_by(Stream& stream) {
    std::vector<double> left(kMostSeconds + 1, 0.0);
    for (std::size_t viewer = 0; viewer < kViewers; ++viewer) {
        const double patience_s = start_patience_s(PatienceLaw::video_2012, stream.uniform());
        for (int second = 0; second <= kMostSeconds; ++second) {
            left[static_cast<std::size_t>(second)] += (patience_s < second) / double{kViewers};
        }
    }
    return left;
}

}  // namespace

StudyResult study_gpu_step(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"A step of a model on GPUs, by formula and as measured",
                   "tokens in the step",
                   "ms",
                   {},
                   {},
                   {},
                   true};
    run.once([&] {
        std::vector<double> misses;  // relative, of models on one GPU
        for (const MeasuredSteps& steps : kMeasured) {
            StudyCurve own{steps.name, {}, {}};
            StudyCurve measured{steps.name, {}, {}};
            for (std::size_t i = 0; i < kTokens.size(); ++i) {
                const double ms = own_ms(steps, kTokens[i]);
                own.x.push_back(kTokens[i]);
                own.y.push_back(ms);
                measured.x.push_back(kTokens[i]);
                measured.y.push_back(steps.ms[i]);
                if (shape_of(steps.model).gpus == 1) {
                    misses.push_back(std::abs(ms / steps.ms[i] - 1));
                }
                const bool is_named = kTokens[i] == 1 || kTokens[i] == 512 || kTokens[i] == 4096;
                if (!is_named) continue;
                const std::string tokens = std::to_string(kTokens[i]);
                result.checks.push_back(
                    {std::string("gpu_step.") + steps.name + "_" + tokens,
                     "step of " + tokens + (i == 0 ? " token" : " tokens") + ", ms", steps.ms[i],
                     ms, 0.25 * steps.ms[i]});
            }
            plot.own.push_back(std::move(own));
            plot.published.push_back(std::move(measured));
        }
        std::ranges::sort(misses);
        result.checks.push_back({"gpu_step.median", "median error on one GPU, share", 0.06,
                                 misses[misses.size() / 2], 0.05});
        const auto far = std::ranges::count_if(misses, [](double miss) { return miss > 0.25; });
        result.checks.push_back({"gpu_step.far", "steps on one GPU that are off by more than 25 %",
                                 0.05,
                                 static_cast<double>(far) / static_cast<double>(misses.size()), 0,
                                 Comparison::at_most});
    });
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_latency_engagement(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{
        "Searches lost to pages that are late for six weeks", "day", "searches lost, %", {}, {}};
    run.once([&] {
        const auto check = [&](const std::string& name, const std::string& what, double published,
                               double own) {
            result.checks.push_back(
                {"latency_engagement." + name, "searches, %, " + what, published, own, 0.05});
        };
        struct Experiment {
            int delay_ms;
            double at_first, later;
        };
        for (const auto& [delay_ms, at_first, later] :
             {Experiment{200, -0.22, -0.36}, Experiment{400, -0.44, -0.76}}) {
            const std::vector<double> lost = lost_percent(delay_ms);
            const std::string ms = std::to_string(delay_ms);
            check(ms + "_weeks_1_3", "weeks 1-3 of +" + ms + " ms", at_first,
                  -mean_of_weeks(lost, 1, 3));
            check(ms + "_weeks_4_6", "weeks 4-6 of +" + ms + " ms", later,
                  -mean_of_weeks(lost, 4, 6));
            if (delay_ms == 400) {
                check("after", "five weeks after +400 ms were taken away", -0.21,
                      -mean_of_weeks(lost, 7, 11));
            }
            plot.own.push_back(even_curve("+" + ms + " ms", 1, 1, lost));
            plot.published.push_back({"+" + ms + " ms", {11, 32}, {-at_first, -later}});
        }
    });
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_streampulse_bill(StudyRun& run) {
    StudyResult result;
    run.once([&] { check_streampulse(result); });
    StudyCurve own{"A100s", {}, {}};
    StudyCurve published{"A100s", {}, {}};
    for (const auto& [usd, gpus] : kGpuMoney) {
        published.x.push_back(usd);
        published.y.push_back(gpus);
        own.x.push_back(usd);
        own.y.push_back(StreamPulse{}.gpus_at(usd));
    }
    result.plots.push_back({"GPUs that the case's $980k a month buy",
                            "price, $ a GPU-hour",
                            "A100s",
                            {own},
                            {published}});
    return result;
}

StudyResult study_video_start(StudyRun& run) {
    std::vector<std::vector<double>> left(kAudiences, std::vector<double>(kMostSeconds + 1, 0.0));
    run.replicates(kAudiences, [&](std::size_t audience) {
        Stream stream = run.stream(0, audience);
        left[audience] = left_by(stream);
    });
    const std::vector<double> mean = mean_path(left);
    return {{{"video_start.after_5", "viewers that have left after 5 s", 0.17, mean[5], 0.02},
             {"video_start.after_10", "viewers that have left after 10 s", 0.46, mean[10], 0.02}},
            {{"Viewers who leave before a video starts",
              "seconds until it starts",
              "share that has left",
              {even_curve("video-2012", 0, 1, mean)},
              {{"video-2012", {5, 10}, {0.17, 0.46}}}}}};
}

}  // namespace cascadelab
