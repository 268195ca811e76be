// Long-term satisfaction (RecSim): clickbait pays now, and is paid for later by what people have
// come to think of the service.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/studies/registry.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr std::size_t kPeople = 4000;
constexpr int kPages = 60;
constexpr double kMemory = 0.7;   // share of net positive exposure kept from page to page
constexpr double kWobble = 0.05;  // deviation of what a page adds to it
constexpr double kLongest = 100;  // engagement with one page at most
struct Content {
    double mean, deviation;  // of the log of engagement, at full satisfaction
};
constexpr Content kClickbait = {5, 1};
constexpr Content kKale = {4, 1};

// Engagement of one person in a session of constant clickbait share.
double session(double clickbait, double sensitivity, Stream& stream) {
    double exposure = (stream.uniform() - 0.5) / (1 - kMemory);
    double total = 0;
    for (int page = 0; page < kPages; ++page) {
        const double satisfaction = logistic(sensitivity * exposure);
        const double mean = clickbait * kClickbait.mean + (1 - clickbait) * kKale.mean;
        const double deviation =
            clickbait * kClickbait.deviation + (1 - clickbait) * kKale.deviation;
        total += std::min(std::exp(stream.normal(mean * satisfaction, deviation)), kLongest);
        const double wobble = stream.normal(0, kWobble);
        exposure = kMemory * exposure - 2 * (clickbait - 0.5) + wobble;
    }
    return total;
}

double mean_session(StudyRun& run, double clickbait, double sensitivity) {
    std::vector<double> total(kPeople);
    // The same random numbers for every policy: what differs is the policy.
    run.replicates(kPeople, [&](std::size_t person) {
        Stream stream = run.stream(0, person);
        total[person] = session(clickbait, sensitivity, stream);
    });
    return mean_of(total);
}

// Where the second curve overtakes the first, by linear interpolation; NaN when it never does.
double crossing(const StudyCurve& first, const StudyCurve& second) {
    for (std::size_t i = 1; i < first.x.size(); ++i) {
        const double before = second.y[i - 1] - first.y[i - 1];
        const double after = second.y[i] - first.y[i];
        if (before < 0 && after >= 0) {
            return first.x[i - 1] + (first.x[i] - first.x[i - 1]) * before / (before - after);
        }
    }
    return std::nan("");
}

}  // namespace

StudyResult study_clickbait(StudyRun& run) {
    const std::array<double, 9> sensitivities = {0.01, 0.03, 0.05, 0.06, 0.065,
                                                 0.07, 0.08, 0.1,  0.12};
    StudyCurve clickbait{"clickbait only", {}, {}};
    StudyCurve kale{"kale only", {}, {}};
    for (const double sensitivity : sensitivities) {
        for (StudyCurve* curve : {&clickbait, &kale}) {
            run.part(0.5 / static_cast<double>(sensitivities.size()));
            curve->x.push_back(sensitivity);
            curve->y.push_back(mean_session(run, curve == &clickbait ? 1 : 0, sensitivity));
        }
    }
    constexpr std::size_t kTenth = 7;  // place of 0.1
    const double law = std::log(kClickbait.mean / kKale.mean) * (1 - kMemory);
    StudyPlot plot{"What a session is worth under two constant policies",
                   "sensitivity to what was shown before",
                   "engagement a session",
                   {clickbait, kale},
                   {{"clickbait only", {0.01, 0.05, 0.0669, 0.08, 0.1}, {1110, 961, 904, 862, 802}},
                    {"kale only", {0.01, 0.05, 0.0669, 0.08, 0.1}, {742, 837, 880, 914, 969}}}};
    return {{{"clickbait.flip", "sensitivity at which kale begins to pay more than clickbait", law,
              crossing(clickbait, kale), 0.005},
             {"clickbait.kale", "engagement a session with kale, sensitivity 0.1", 969,
              kale.y[kTenth], 15},
             {"clickbait.clickbait", "engagement a session with clickbait, sensitivity 0.1", 802,
              clickbait.y[kTenth], 15}},
            {plot}};
}

}  // namespace cascadelab
