// Degenerate feedback loops: policies that show what is liked move what is liked.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/cascade/explore/bandit.h"
#include "engine/studies/registry.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr std::size_t kItems = 100;
constexpr std::size_t kPage = 5;
constexpr std::size_t kSteps = 5000;
constexpr std::size_t kDriftStep = 100;
constexpr double kLargestPull = 0.01;

double distance(std::span<const double> a, std::span<const double> b) {
    double squares = 0;
    for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(squares);
}

// One person whose interest in an item grows by a click on it and falls by a refusal: how far all
// interests have moved by every kDriftStep-th step. oracle: the page holds the highest interests.
std::vector<double> drift_path(const BanditSettings* policy, Stream& stream) {
    std::vector<double> interest(kItems);
    for (double& x : interest) x = stream.uniform(-1, 1);
    const std::vector<double> innate = interest;
    std::vector<ArmTally> arms(kItems);
    std::vector<double> scores(kItems);
    std::vector<std::size_t> page;
    std::vector<double> path;
    for (std::size_t step = 1; step <= kSteps; ++step) {
        if (policy != nullptr) score_arms(*policy, arms, step + 1, stream, scores);
        best_arms(policy != nullptr ? scores : interest, kPage, page);
        for (const std::size_t item : page) {
            const bool clicked = stream.chance(logistic(interest[item]));
            const double pull = stream.uniform(0, kLargestPull);
            interest[item] += clicked ? pull : -pull;
            (clicked ? arms[item].successes : arms[item].failures) += 1;
        }
        if (step % kDriftStep == 0) path.push_back(distance(interest, innate));
    }
    return path;
}

struct Row {
    const char* name;
    const char* label;
    BanditSettings settings;  // of the oracle: none
    double share;             // of the study's time
    double tolerance;
    std::vector<double> published;  // at 100, 500, 1000, 2000, 5000 steps
};
constexpr double kPrior = 1;
const std::array<Row, 6> kRows = {{
    {"oracle", "oracle", {}, 0.06, 1, {0.552, 3.715, 8.981, 20.132, 53.655}},
    {"greedy",
     "greedy",
     {.policy = BanditPolicy::greedy, .prior = kPrior},
     0.07,
     1,
     {0.384, 2.85, 7.564, 18.461, 51.918}},
    {"thompson",
     "Thompson",
     {.policy = BanditPolicy::thompson, .prior = kPrior},
     0.66,
     1,
     {0.189, 1.298, 4.492, 14.236, 47.284}},
    {"epsilon_greedy",
     "epsilon-greedy (0.1)",
     {.policy = BanditPolicy::epsilon_greedy, .epsilon = 0.1, .prior = kPrior},
     0.07,
     1,
     {0.34, 2.526, 6.75, 16.678, 46.985}},
    {"ucb", "UCB", {.policy = BanditPolicy::ucb1}, 0.08, 1, {0.147, 0.561, 1.268, 5.493, 35.917}},
    {"random",
     "random",
     {.policy = BanditPolicy::random},
     0.06,
     0.3,
     {0.146, 0.46, 0.846, 1.666, 4.641}},
}};
constexpr std::size_t kOracle = 0;
constexpr std::array<std::size_t, 5> kPublishedSteps = {100, 500, 1000, 2000, 5000};

std::vector<double> mean_drift(StudyRun& run, std::size_t row) {
    constexpr std::size_t kPeople = 200;
    run.part(kRows[row].share);
    std::vector<std::vector<double>> paths(kPeople);
    run.replicates(kPeople, [&](std::size_t person) {
        Stream stream = run.stream(row, person);
        paths[person] = drift_path(row == kOracle ? nullptr : &kRows[row].settings, stream);
    });
    return mean_path(paths);
}

// Thompson and epsilon-greedy are as good as equal; all others have an order, of 4 neighbours.
double neighbours_in_order(const std::vector<StudyCheck>& checks) {
    const auto falls = [&](std::size_t from, std::size_t to) {
        return checks[to].own < checks[from].own ? 1.0 : 0.0;
    };
    return falls(0, 1) + std::min(falls(1, 2), falls(1, 3)) + std::min(falls(2, 4), falls(3, 4)) +
           falls(4, 5);
}

}  // namespace

StudyResult study_jiang(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"How far five policies and an oracle move people's interests",
                   "step",
                   "mean distance of interests from where they began",
                   {},
                   {}};
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        const Row& row = kRows[i];
        const std::vector<double> mean = mean_drift(run, i);
        if (run.cancelled()) return {};
        result.checks.push_back({std::string("jiang.") + row.name,
                                 std::string(row.label) + ": drift after 5000 steps",
                                 row.published.back(), mean.back(), row.tolerance});
        plot.own.push_back(even_curve(row.label, kDriftStep, kDriftStep, mean));
        plot.published.push_back(
            {row.label, {kPublishedSteps.begin(), kPublishedSteps.end()}, row.published});
    }
    result.checks.push_back({"jiang.order",
                             "neighbours in the published order (oracle, greedy, Thompson or "
                             "epsilon-greedy, UCB, random), of 4",
                             4, neighbours_in_order(result.checks), 0});
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
