// Click rates carry the mark of the place they were earned in, and what takes it out again.
#include <algorithm>

#include "engine/cascade/explore/bandit.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr std::size_t kRanked = 20;
constexpr std::size_t kPages = 3000;

struct Ranking {
    double best_first = 0;  // 1 when the truly best item leads
    double ndcg = 0;
};

// Ranks by clicks per impression; `corrected`: per impression that was looked at, as far as the
// place tells. Both start from 0.3 clicks on one impression.
Ranking rank_by_clicks(bool corrected, Stream& stream) {
    std::vector<double> appeal(kRanked);
    for (double& x : appeal) x = stream.uniform(0.1, 0.5);
    std::vector<double> clicks(kRanked, 0.3);
    std::vector<double> shown(kRanked, 1.0);
    std::vector<double> rate(kRanked);
    std::vector<std::size_t> order;
    const auto rank = [&](double noise) {
        for (std::size_t i = 0; i < kRanked; ++i) {
            rate[i] = clicks[i] / shown[i] + noise * stream.uniform();
        }
        best_arms(rate, kRanked, order);
    };
    for (std::size_t page = 0; page < kPages; ++page) {
        rank(1e-9);
        for (std::size_t place = 0; place < kRanked; ++place) {
            const double looked_at = examined_by_position(place, 1);
            clicks[order[place]] += stream.chance(appeal[order[place]] * looked_at);
            shown[order[place]] += corrected ? looked_at : 1;
        }
    }
    rank(0);
    std::vector<double> gains;
    for (const std::size_t item : order) gains.push_back(appeal[item]);
    const bool leads = gains[0] == *std::ranges::max_element(appeal);
    return {leads ? 1.0 : 0.0, graded_ndcg(gains, appeal, 10)};
}

}  // namespace

StudyResult study_position_bias(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"Truly best item in the first place",
                   "",
                   "share of runs",
                   {},
                   {},
                   {"click rate", "click rate of what was looked at"}};
    plot.own = {{"this program", {}, {}}};
    plot.published = {{"published", {0, 1}, {0.175, 0.73}}};
    for (const bool corrected : {false, true}) {
        run.part(0.5);
        std::vector<double> first(1000), ndcg(1000);
        run.replicates(first.size(), [&](std::size_t replicate) {
            Stream stream = run.stream(corrected, replicate);
            const Ranking ranking = rank_by_clicks(corrected, stream);
            first[replicate] = ranking.best_first;
            ndcg[replicate] = ranking.ndcg;
        });
        const std::string name = corrected ? "examined" : "naive";
        const std::string what =
            corrected ? "clicks over examination: " : "clicks over impressions: ";
        result.checks.push_back({"position_bias." + name + "_best_first",
                                 what + "share of runs with the best item first",
                                 corrected ? 0.73 : 0.175, mean_of(first), 0.06});
        result.checks.push_back({"position_bias." + name + "_ndcg", what + "NDCG@10",
                                 corrected ? 0.994 : 0.955, mean_of(ndcg), 0.005});
        plot.own[0].x.push_back(corrected);
        plot.own[0].y.push_back(mean_of(first));
    }
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
