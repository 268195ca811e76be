// What a recommendation is worth when the taste it was made for has wandered on (RecoGym).
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/matrix.h"
#include "engine/cascade/explore/bandit.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr std::size_t kProducts = 1000;
constexpr int kDims = 5;
constexpr double kStepDeviation = 0.1;
constexpr std::size_t kTop = 10;
constexpr std::array<int, 6> kSteps = {1, 10, 25, 50, 100, 400};

using VectorD = VectorOf<double>;
using MatrixD = MatrixOf<double>;

// The products of the highest scores, in order of their numbers.
std::vector<std::size_t> top_products(const MatrixD& products, const VectorD& taste) {
    const VectorD score = products * taste;
    std::vector<std::size_t> best;
    best_arms({score.data(), kProducts}, kTop, best);
    std::ranges::sort(best);
    return best;
}

// Share of today's best ten that were already best so many steps ago, for one person.
std::vector<double> overlaps(const MatrixD& products, Stream& stream) {
    VectorD taste(kDims);
    for (double& x : taste) x = stream.normal();
    const std::vector<std::size_t> before = top_products(products, taste);
    std::vector<double> share;
    int walked = 0;
    for (const int step : kSteps) {
        for (; walked < step; ++walked) {
            for (double& x : taste) x += stream.normal(0, kStepDeviation);
        }
        std::vector<std::size_t> common;
        std::ranges::set_intersection(before, top_products(products, taste),
                                      std::back_inserter(common));
        share.push_back(static_cast<double>(common.size()) / kTop);
    }
    return share;
}

}  // namespace

StudyResult study_staleness(StudyRun& run) {
    constexpr std::size_t kCatalogues = 10;
    constexpr std::size_t kPeople = 200;
    std::vector<MatrixD> products(kCatalogues, MatrixD(kProducts, kDims));
    for (std::size_t c = 0; c < kCatalogues; ++c) {
        Stream stream = run.stream(1, c);
        for (double& x : products[c].reshaped()) x = stream.normal();
    }
    std::vector<std::vector<double>> shares(kCatalogues * kPeople, std::vector<double>(1, 0.0));
    run.replicates(shares.size(), [&](std::size_t person) {
        Stream stream = run.stream(0, person);
        shares[person] = overlaps(products[person % kCatalogues], stream);
    });
    const std::vector<double> mean = mean_path(shares);
    StudyResult result;
    if (run.cancelled()) return result;

    StudyCurve own{"this program", {}, mean};
    StudyCurve published{"published", {}, {}};
    const std::array<double, 6> stated = {0.88, 0.67, 0.54, 0.43, 0.31, 0.18};
    for (std::size_t i = 0; i < kSteps.size(); ++i) {
        own.x.push_back(kSteps[i]);
        published.x.push_back(kSteps[i]);
        published.y.push_back(stated[i]);
        const std::string steps = std::to_string(kSteps[i]);
        result.checks.push_back({"staleness.after_" + steps,
                                 steps + (kSteps[i] == 1 ? " step" : " steps") +
                                     " old: share of the best ten still right",
                                 stated[i], mean[i], 0.03});
    }
    result.plots.push_back({"Best ten products of a taste that wanders",
                            "age of the recommendation, steps",
                            "share still right",
                            {own},
                            {published},
                            {},
                            true});
    return result;
}

}  // namespace cascadelab
