// Chaney et al.: does learning from one's own recommendations make people more alike?
#include "engine/studies/chaney.h"

#include <algorithm>
#include <cmath>

#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

using chaney::History;
using chaney::Method;
using Worlds = std::vector<chaney::World>;

constexpr std::size_t kSeeds = 20;
constexpr double kAttention = -0.8;
constexpr std::array<std::size_t, 8> kCheckpoints = {15, 20, 30, 40, 50, 65, 80, 99};

struct Row {
    Method method;
    const char* name;
    const char* label;
    double share;              // of the study's time
    double published;          // change of overlap at the end
    double utility;            // over the ideal's
    std::vector<double> path;  // at steps 16, 21, 51, 100
};
const std::array<Row, chaney::kMethods - 1> kRows = {{
    {Method::popularity,
     "popularity",
     "popularity",
     0.06,
     0.22,
     0.833,
     {0.122, 0.156, 0.206, 0.22}},
    {Method::content, "content", "content", 0.15, 0.152, 0.975, {0.163, 0.167, 0.16, 0.152}},
    {Method::social, "social", "social", 0.06, 0.086, 0.924, {0.046, 0.059, 0.081, 0.086}},
    {Method::factorization,
     "factorization",
     "matrix factorization",
     0.5,
     0.071,
     0.931,
     {0.12, 0.094, 0.068, 0.071}},
    {Method::random, "random", "random", 0.06, -0.007, 0.74, {-0.011, -0.012, -0.008, -0.007}},
}};

std::vector<ItemId> chosen_until(const History& history, PersonId person, std::size_t step) {
    const auto& chosen = history.chosen[person.index()];
    std::vector<ItemId> items(chosen.begin(),
                              chosen.begin() + static_cast<std::ptrdiff_t>(step) + 1);
    std::ranges::sort(items);
    return items;
}

// How much more the nearest people of a recommender overlap under it than under the ideal, by
// checkpoint.
std::vector<double> excess_overlap(const History& history, const History& ideal) {
    std::vector<double> excess(kCheckpoints.size(), 0.0);
    for (std::size_t c = 0; c < kCheckpoints.size(); ++c) {
        for (std::size_t person = 0; person < chaney::kPeople; ++person) {
            const PersonId nearest = history.nearest[c][person];
            const auto overlap = [&](const History& of) {
                return jaccard(chosen_until(of, PersonId(person), kCheckpoints[c]),
                               chosen_until(of, nearest, kCheckpoints[c]));
            };
            excess[c] += (overlap(history) - overlap(ideal)) / chaney::kPeople;
        }
    }
    return excess;
}

std::vector<History> histories(StudyRun& run, Method method, const Worlds& worlds,
                               double attention) {
    std::vector<History> all(worlds.size());
    run.replicates(worlds.size(), [&](std::size_t seed) {
        all[seed] = chaney::run_history(worlds[seed], method, attention, kCheckpoints,
                                        run.stream(1 + static_cast<std::uint64_t>(method), seed));
    });
    return all;
}

// With every item shown and read, lists make no difference: choices that differ from the ideal's.
double differences_without_attention(StudyRun& run, const Worlds& worlds) {
    const Worlds first(worlds.begin(), worlds.begin() + 1);
    const std::vector<History> ideal = histories(run, Method::ideal, first, 0);
    double differences = 0;
    for (const Row& row : kRows) {
        const std::vector<History> other = histories(run, row.method, first, 0);
        for (std::size_t person = 0; person < chaney::kPeople; ++person) {
            for (std::size_t step = 0; step < chaney::kSteps; ++step) {
                differences += other[0].chosen[person][step] != ideal[0].chosen[person][step];
            }
        }
    }
    return differences;
}

double mean_utility(const std::vector<History>& all) {
    std::vector<double> utility;
    for (const History& history : all) utility.push_back(history.utility);
    return mean_of(utility);
}

void add_row(const Row& row, const std::vector<History>& all, const std::vector<History>& ideal,
             StudyResult& result) {
    std::vector<std::vector<double>> paths;
    for (std::size_t seed = 0; seed < kSeeds; ++seed) {
        paths.push_back(excess_overlap(all[seed], ideal[seed]));
    }
    const std::vector<double> path = mean_path(paths);
    result.checks.push_back(
        {std::string("chaney.") + row.name,
         std::string(row.label) + ": change of overlap (Jaccard) of similar people", row.published,
         path.back(), 0.03});
    result.checks.push_back({std::string("chaney.") + row.name + "_utility",
                             std::string(row.label) + ": utility over the ideal's", row.utility,
                             mean_utility(all) / mean_utility(ideal), 0.03});
    StudyCurve curve{row.label, {}, path};
    for (const std::size_t step : kCheckpoints) curve.x.push_back(static_cast<double>(step + 1));
    result.plots[0].own.push_back(std::move(curve));
    result.plots[0].published.push_back({row.label, {16, 21, 51, 100}, row.path});
}

}  // namespace

StudyResult study_chaney(StudyRun& run) {
    StudyResult result;
    result.plots = {{"Overlap of similar people beyond what is ideal for them",
                     "step",
                     "change of overlap (Jaccard)",
                     {},
                     {}}};
    Worlds worlds(kSeeds);
    run.part(0.07);
    run.replicates(
        kSeeds, [&](std::size_t seed) { worlds[seed] = chaney::make_world(run.stream(0, seed)); });
    if (run.cancelled()) return result;
    run.part(0.06);
    const std::vector<History> ideal = histories(run, Method::ideal, worlds, kAttention);
    for (const Row& row : kRows) {
        run.part(row.share);
        const std::vector<History> all = histories(run, row.method, worlds, kAttention);
        if (run.cancelled()) return result;
        add_row(row, all, ideal, result);
    }
    double in_order = 0;
    for (std::size_t i = 1; i < kRows.size(); ++i) {
        in_order += result.checks[2 * i].own < result.checks[2 * i - 2].own;
    }
    result.checks.push_back({"chaney.order",
                             "neighbours in the published order (popularity, content, social, "
                             "factorization, random), of 4",
                             4, in_order, 0});
    run.part(0.04);
    result.checks.push_back({"chaney.no_attention",
                             "choices that differ between recommenders when all of a list is read",
                             0, differences_without_attention(run, worlds), 0});
    return result;
}

}  // namespace cascadelab
