// People who know their taste only in part and dislike risk (Aridor et al. 2020): without help they
// consume near what they know, recommendation widens each of them and makes them more alike.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <Eigen/Cholesky>

#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"
#include "engine/world/people/beliefs.h"

namespace cascadelab {
namespace {

constexpr std::size_t kItems = 200;  // on a ring
constexpr std::size_t kPeriods = 20;
constexpr std::size_t kPeople = 30;  // of a population with the same common values
constexpr std::size_t kPopulations = 40;
constexpr double kTasteVariance = 0.1;  // of where a person's own values are centred
constexpr double kCommonWeight = 1;     // beta
constexpr double kRiskAversion = 1;     // alpha
constexpr std::size_t kEnds = 5;        // distances averaged at either end

using VectorD = VectorOf<double>;
using MatrixD = MatrixOf<double>;

// none: learns by trying; recommended: is told the common part of every value; oracle: knows all.
enum Regime { kNone, kRecommended, kOracle, kRegimes };
constexpr std::array<const char*, kRegimes> kNames = {"none", "recommended", "oracle"};
constexpr std::array<const char*, kRegimes> kLabels = {"no recommendation", "recommendation",
                                                       "oracle"};

double ring_distance(std::size_t a, std::size_t b) {
    const std::size_t apart = a > b ? a - b : b - a;
    return static_cast<double>(std::min(apart, kItems - apart));
}

// Covariance correlation^distance: a hill of values rather than a rugged land.
struct Ring {
    MatrixD covariance{kItems, kItems};
    MatrixD root;  // lower Cholesky factor

    explicit Ring(double correlation) {
        for (std::size_t a = 0; a < kItems; ++a) {
            for (std::size_t b = 0; b < kItems; ++b) {
                covariance(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) =
                    std::pow(correlation, ring_distance(a, b));
            }
        }
        const MatrixD lifted = covariance + 1e-9 * MatrixD::Identity(kItems, kItems);
        root = lifted.llt().matrixL();
    }
    VectorD draw(Stream& stream) const {
        VectorD noise(kItems);
        for (double& x : noise) x = stream.normal();
        return root * noise;
    }
};

// Consumes one untried item a period, the one of highest certainty equivalent plus what is known of
// it for sure, and learns its value.
std::vector<std::size_t> consume(Beliefs beliefs, const VectorD& values, const VectorD& sure) {
    std::vector<bool> tried(kItems, false);
    std::vector<std::size_t> path;
    while (path.size() < kPeriods) {
        std::size_t best = kItems;
        double most = 0;
        for (std::size_t i = 0; i < kItems; ++i) {
            if (tried[i]) continue;
            const double worth =
                beliefs.certainty_equivalent(i, kRiskAversion) + sure[static_cast<Eigen::Index>(i)];
            if (best < kItems && worth <= most) continue;
            best = i;
            most = worth;
        }
        tried[best] = true;
        path.push_back(best);
        beliefs.learn(best, values[static_cast<Eigen::Index>(best)]);
    }
    return path;
}

std::vector<std::size_t> best_first(const VectorD& values) {
    std::vector<std::size_t> order(kItems);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto value = [&](std::size_t i) { return values[static_cast<Eigen::Index>(i)]; };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return value(a) != value(b) ? value(a) > value(b) : a < b;
    });
    order.resize(kPeriods);
    return order;
}

struct Outcome {
    std::vector<double> step = std::vector<double>(kPeriods - 1, 0.0);  // distance to the next item
    double diversity = 0;  // mean distance of two items of a person, of the ring's length
    double jaccard = 0;    // mean over pairs of people
};

double spread(std::span<const std::size_t> path) {
    double sum = 0;
    for (const std::size_t a : path) {
        for (const std::size_t b : path) sum += ring_distance(a, b);
    }
    const auto count = static_cast<double>(path.size());
    return sum / (count * (count - 1)) / kItems;
}

Outcome outcome_of(const std::vector<std::vector<std::size_t>>& paths) {
    Outcome outcome;
    std::vector<std::vector<ItemId>> sets;
    const auto people = static_cast<double>(paths.size());
    for (const std::vector<std::size_t>& path : paths) {
        for (std::size_t t = 0; t + 1 < kPeriods; ++t) {
            outcome.step[t] += ring_distance(path[t], path[t + 1]) / people;
        }
        outcome.diversity += spread(path) / people;
        std::vector<ItemId>& items = sets.emplace_back();
        for (const std::size_t i : path) items.push_back(ItemId(i));
        std::ranges::sort(items);
    }
    for (std::size_t a = 0; a < sets.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) outcome.jaccard += jaccard(sets[a], sets[b]);
    }
    outcome.jaccard /= people * (people - 1) / 2;
    return outcome;
}

std::array<Outcome, kRegimes> population_of(const Ring& ring, Stream stream) {
    std::array<std::vector<std::vector<std::size_t>>, kRegimes> paths;
    const VectorD common = kCommonWeight * ring.draw(stream);
    const MatrixD wide = ring.covariance * (1 + kCommonWeight * kCommonWeight);
    for (std::size_t person = 0; person < kPeople; ++person) {
        VectorD centre(kItems);
        for (double& x : centre) x = stream.normal(0, std::sqrt(kTasteVariance));
        const VectorD own = centre + ring.draw(stream);
        const VectorD total = own + common;
        paths[kNone].push_back(consume(Beliefs(centre, wide), total, VectorD::Zero(kItems)));
        paths[kRecommended].push_back(consume(Beliefs(centre, ring.covariance), own, common));
        paths[kOracle].push_back(best_first(total));
    }
    std::array<Outcome, kRegimes> outcomes;
    for (std::size_t regime = 0; regime < kRegimes; ++regime) {
        outcomes[regime] = outcome_of(paths[regime]);
    }
    return outcomes;
}

// Means over populations, in their order.
std::array<Outcome, kRegimes> mean_outcomes(StudyRun& run, std::uint64_t part, double correlation) {
    run.part(0.5);
    const Ring ring(correlation);
    std::vector<std::array<Outcome, kRegimes>> all(kPopulations);
    run.replicates(kPopulations, [&](std::size_t population) {
        all[population] = population_of(ring, run.stream(part, population));
    });
    std::array<Outcome, kRegimes> mean;
    for (std::size_t regime = 0; regime < kRegimes; ++regime) {
        for (const auto& outcomes : all) {
            const Outcome& one = outcomes[regime];
            for (std::size_t t = 0; t < one.step.size(); ++t) {
                mean[regime].step[t] += one.step[t] / kPopulations;
            }
            mean[regime].diversity += one.diversity / kPopulations;
            mean[regime].jaccard += one.jaccard / kPopulations;
        }
    }
    return mean;
}

struct Published {
    double first, last;  // mean distance of the first and of the last five steps
    double jaccard, diversity;
    double rugged_jaccard;
};
constexpr std::array<Published, kRegimes> kPublished = {{{13.8, 7.9, 0.09, 0.108, 0.053},
                                                         {12.2, 15.6, 0.324, 0.14, 0.532},
                                                         {27.0, 40.6, 0.175, 0.185, 0.181}}};
// The published means are over six populations; twice their standard errors.
constexpr Published kTolerance = {4, 3.2, 0.05, 0.026, 0.035};

void add_checks(std::size_t regime, const Outcome& smooth, const Outcome& rugged,
                StudyResult& result) {
    const std::string name = std::string("aridor.") + kNames[regime];
    const std::string label = std::string(kLabels[regime]) + ": ";
    const double first = mean_of(std::span(smooth.step).first(kEnds));
    const double last = mean_of(std::span(smooth.step).last(kEnds));
    const Published& stated = kPublished[regime];
    result.checks.push_back({name + "_first", label + "mean of the first five distances",
                             stated.first, first, kTolerance.first});
    result.checks.push_back({name + "_last", label + "mean of the last five distances", stated.last,
                             last, kTolerance.last});
    result.checks.push_back({name + "_jaccard", label + "overlap of two people (Jaccard)",
                             stated.jaccard, smooth.jaccard, kTolerance.jaccard});
    result.checks.push_back({name + "_diversity", label + "diversity of a person", stated.diversity,
                             smooth.diversity, kTolerance.diversity});
    result.checks.push_back({name + "_rugged_jaccard",
                             label + "overlap of two people, values uncorrelated",
                             stated.rugged_jaccard, rugged.jaccard, kTolerance.rugged_jaccard});
    result.checks.push_back({name + "_rugged_diversity",
                             label + "diversity of a person, values uncorrelated", 0.25,
                             rugged.diversity, 0.005});
    result.plots[0].own.push_back(even_curve(kLabels[regime], 2, 1, smooth.step));
    result.plots[0].published.push_back({kLabels[regime], {4, 18}, {stated.first, stated.last}});
}

// What the paper concludes, as statements that hold or not.
double statements_that_hold(const std::array<Outcome, kRegimes>& own) {
    const auto widens = [&](Regime regime) {
        return mean_of(std::span(own[regime].step).last(kEnds)) >
               mean_of(std::span(own[regime].step).first(kEnds));
    };
    double holding = 0;
    holding += !widens(kNone);
    holding += widens(kRecommended);
    holding += widens(kOracle);
    holding += own[kNone].jaccard < own[kOracle].jaccard;
    holding += own[kOracle].jaccard < own[kRecommended].jaccard;
    holding += own[kNone].diversity < own[kRecommended].diversity;
    holding += own[kRecommended].diversity < own[kOracle].diversity;
    return holding;
}

}  // namespace

StudyResult study_aridor(StudyRun& run) {
    const std::array<Outcome, kRegimes> smooth = mean_outcomes(run, 0, 0.9);
    const std::array<Outcome, kRegimes> rugged = mean_outcomes(run, 1, 0);
    StudyResult result;
    result.plots = {{"Distance between what is consumed and what comes next",
                     "period",
                     "distance on a ring of 200 items",
                     {},
                     {}}};
    for (std::size_t regime = 0; regime < kRegimes; ++regime) {
        add_checks(regime, smooth[regime], rugged[regime], result);
    }
    result.checks.push_back(
        {"aridor.order",
         "published statements that hold, of 7: people alone narrow, help and "
         "oracle widen; overlap alone < oracle < help; diversity alone < help < "
         "oracle",
         7, statements_that_hold(smooth), 0});
    return result;
}

}  // namespace cascadelab
