// Residual quantisation of clustered vectors: where the codes start decides how many of them live.
#include <array>

#include "engine/models/numeric/kmeans.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr Eigen::Index kItems = 5000;
constexpr Eigen::Index kDims = 128;
constexpr std::size_t kTopics = 16;
constexpr std::size_t kAuthors = 500;
constexpr std::size_t kLevels = 3;

Matrix normal_rows(std::size_t rows, Stream& stream) {
    Matrix matrix(static_cast<Eigen::Index>(rows), kDims);
    for (float& x : matrix.reshaped<Eigen::RowMajor>()) x = static_cast<float>(stream.normal());
    matrix.rowwise().normalize();
    return matrix;
}

// Items near one of 16 topics, with the style of one of 500 authors and a little of their own; an
// author keeps to one topic four times out of five.
Matrix make_items(Stream stream) {
    const Matrix topics = normal_rows(kTopics, stream);
    const Matrix styles = normal_rows(kAuthors, stream);
    std::array<std::size_t, kAuthors> home, second;
    for (std::size_t a = 0; a < kAuthors; ++a) {
        home[a] = stream.below(kTopics);
        const std::uint64_t other = 1 + stream.below(kTopics - 1);
        second[a] = (home[a] + other) % kTopics;
    }
    Matrix items = normal_rows(kItems, stream) * 0.15f;
    for (Eigen::Index i = 0; i < kItems; ++i) {
        const std::size_t author = stream.below(kAuthors);
        const std::size_t topic = stream.chance(0.2) ? second[author] : home[author];
        items.row(i) += topics.row(static_cast<Eigen::Index>(topic)) +
                        0.35f * styles.row(static_cast<Eigen::Index>(author));
    }
    items.rowwise().normalize();
    return items;
}

struct Level {
    double error = 0;  // squared length of what is left over that of the items
    double dead = 0;
    double perplexity = 0;
};

std::vector<Level> quantise(Matrix rest, KmeansStart start, std::uint64_t seed) {
    const double base = static_cast<double>(rest.squaredNorm());
    std::vector<Level> levels;
    for (std::size_t level = 0; level < kLevels; ++level) {
        const Kmeans codes = train_kmeans(
            rest, {.clusters = 256, .rounds = 15, .start = start, .seed = seed + level});
        for (Eigen::Index i = 0; i < rest.rows(); ++i) {
            rest.row(i) -= codes.centres.row(codes.assignment.cluster[static_cast<std::size_t>(i)]);
        }
        const std::vector<double> uses(codes.size.begin(), codes.size.end());
        levels.push_back({static_cast<double>(rest.squaredNorm()) / base,
                          static_cast<double>(codes.dead_count()), effective_size(uses)});
    }
    return levels;
}

}  // namespace

StudyResult study_codebook(StudyRun& run) {
    constexpr std::size_t kReplicates = 4;
    using Levels = std::vector<Level>;
    std::vector<Levels> normal(kReplicates), sample(kReplicates);
    run.replicates(2 * kReplicates, [&](std::size_t task) {
        const std::size_t replicate = task / 2;
        const Matrix items = make_items(run.stream(0, replicate));
        const std::uint64_t seed = run.seed() * 1000 + replicate * kLevels;
        const bool from_rows = task % 2 == 0;
        (from_rows ? sample : normal)[replicate] =
            quantise(items, from_rows ? KmeansStart::sample : KmeansStart::random_normal, seed);
    });
    StudyResult result;
    if (run.cancelled()) return result;
    const auto mean = [](const std::vector<Levels>& all, std::size_t level, double Level::*what) {
        std::vector<double> values;
        for (const Levels& levels : all) values.push_back(levels[level].*what);
        return mean_of(values);
    };
    result.checks = {
        {"codebook.normal_dead", "dead codes of 256 from a random-normal start", 253,
         mean(normal, 0, &Level::dead), 2},
        {"codebook.normal_perplexity", "perplexity of the codes from a random-normal start", 1.6,
         mean(normal, 0, &Level::perplexity), 0.8},
        {"codebook.sample_dead", "dead codes of 256 that start at sampled items", 0,
         mean(sample, 0, &Level::dead), 0}};
    const std::array<double, kLevels> published = {0.079, 0.049, 0.029};
    StudyPlot plot{"Error left after each level of 256 codes",
                   "level",
                   "squared error relative to the items",
                   {},
                   {}};
    plot.own = {{"start at sampled items", {}, {}}, {"random-normal start", {}, {}}};
    plot.published = {{"start at sampled items", {1, 2, 3}, {0.079, 0.049, 0.029}},
                      {"random-normal start", {1, 2, 3}, {0.816, 0.5, 0.446}}};
    for (std::size_t level = 0; level < kLevels; ++level) {
        const std::string number = std::to_string(level + 1);
        result.checks.push_back({"codebook.error_" + number,
                                 "relative squared error after level " + number, published[level],
                                 mean(sample, level, &Level::error), 0.008});
        for (StudyCurve& curve : plot.own) {
            const bool from_rows = &curve == plot.own.data();
            curve.x.push_back(static_cast<double>(level + 1));
            curve.y.push_back(mean(from_rows ? sample : normal, level, &Level::error));
        }
    }
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
