// Regret of bandit policies: what it costs to learn only by showing.
#include <algorithm>
#include <array>

#include "engine/cascade/explore/bandit.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr std::size_t kArms = 10;
constexpr std::size_t kRounds = 20000;
constexpr std::size_t kRegretStep = 500;

double success_rate(std::size_t arm) {
    return 0.05 + 0.05 * static_cast<double>(arm);
}

// Expected reward given away up to every kRegretStep-th round.
std::vector<double> regret_path(const BanditSettings& settings, Stream& stream) {
    std::array<ArmTally, kArms> arms{};
    std::array<double, kArms> scores;
    std::vector<double> path;
    double regret = 0;
    for (std::size_t round = 1; round <= kRounds; ++round) {
        score_arms(settings, arms, round, stream, scores);
        const auto arm =
            static_cast<std::size_t>(std::ranges::max_element(scores) - scores.begin());
        (stream.chance(success_rate(arm)) ? arms[arm].successes : arms[arm].failures) += 1;
        regret += success_rate(kArms - 1) - success_rate(arm);
        if (round % kRegretStep == 0) path.push_back(regret);
    }
    return path;
}

struct Row {
    const char* name;
    const char* label;
    BanditSettings settings;
    double share;                   // of the study's time
    double tolerance;               // twice the standard error of the published 40 runs
    std::vector<double> published;  // after 1000, 5000, 10,000 and 20,000 rounds
};
const std::array<Row, 3> kRows = {{
    {"epsilon_greedy",
     "epsilon-greedy (0.1)",
     {.policy = BanditPolicy::epsilon_greedy, .epsilon = 0.1, .prior = 0},
     0.1,
     70,
     {60.1, 209.1, 351.4, 621.1}},
    {"ucb1", "UCB1", {.policy = BanditPolicy::ucb1}, 0.1, 20, {126.8, 343.7, 478.2, 614.6}},
    {"thompson",
     "Thompson sampling",
     {.policy = BanditPolicy::thompson, .prior = 1},
     0.8,
     15,
     {61.1, 95.1, 109.4, 124.0}},
}};

}  // namespace

StudyResult study_bandits(StudyRun& run) {
    constexpr std::size_t kRuns = 200;
    StudyResult result;
    StudyPlot plot{
        "Regret of three bandit policies", "round", "regret, successes given away", {}, {}};
    for (std::size_t i = 0; i < kRows.size(); ++i) {
        const Row& row = kRows[i];
        run.part(row.share);
        std::vector<std::vector<double>> paths(kRuns);
        run.replicates(kRuns, [&](std::size_t replicate) {
            Stream stream = run.stream(i, replicate);
            paths[replicate] = regret_path(row.settings, stream);
        });
        if (run.cancelled()) return {};
        const std::vector<double> mean = mean_path(paths);
        result.checks.push_back({std::string("bandits.") + row.name,
                                 std::string(row.label) + ": regret after 20,000 rounds",
                                 row.published.back(), mean.back(), row.tolerance});
        plot.own.push_back(even_curve(row.label, kRegretStep, kRegretStep, mean));
        plot.published.push_back({row.label, {1000, 5000, 10000, 20000}, row.published});
    }
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
