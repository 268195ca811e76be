// Laws that a loop feeding on itself must obey: model collapse and the rich getting richer.
#include <array>
#include <cmath>

#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- self_training
// --------------------------------------------------------------------------------

constexpr std::size_t kKinds = 20;
constexpr double kStartVariety = 1 - 1.0 / kKinds;

using Shares = std::array<double, kKinds>;

// 1 - sum p^2: the probability that two draws differ (heterozygosity, Gini-Simpson).
double variety(const Shares& share) {
    double same = 0;
    for (const double p : share) same += p * p;
    return 1 - same;
}

// Variety by generation of a source that is refitted to `samples` of its own output, of which a
// share `fresh` still comes from the world.
std::vector<double> refit_kinds(std::size_t samples, double fresh, std::size_t generations,
                                Stream& stream) {
    Shares share;
    share.fill(1.0 / kKinds);
    std::vector<double> path = {variety(share)};
    for (std::size_t generation = 0; generation < generations; ++generation) {
        for (double& p : share) p = (1 - fresh) * p + fresh / kKinds;
        Shares drawn{};
        for (std::size_t i = 0; i < samples; ++i) {
            drawn[stream.choice(share)] += 1 / static_cast<double>(samples);
        }
        share = drawn;
        path.push_back(variety(share));
    }
    return path;
}

// Where variety settles with a share of fresh data: the fixed point of
// E sum p'^2 = 1/M + (1 - 1/M) sum ((1 - f) p + f / K)^2.
double settled_variety(std::size_t samples, double fresh) {
    const double m = 1 / static_cast<double>(samples);
    const double kept = (1 - fresh) * (1 - fresh);
    return 1 - (m + (1 - m) * (1 - kept) / kKinds) / (1 - (1 - m) * kept);
}

// Variance of a normal that is refitted by maximum likelihood to its own samples.
double refit_normal(std::size_t samples, std::size_t generations, Stream& stream) {
    double mean = 0;
    double deviation = 1;
    for (std::size_t generation = 0; generation < generations; ++generation) {
        double sum = 0;
        double squares = 0;
        for (std::size_t i = 0; i < samples; ++i) {
            const double x = stream.normal();
            sum += x;
            squares += x * x;
        }
        const double shift = sum / static_cast<double>(samples);
        mean += deviation * shift;
        deviation *= std::sqrt(squares / static_cast<double>(samples) - shift * shift);
    }
    return deviation * deviation;
}

// The mean path of variety over replicates.
std::vector<double> mean_variety(StudyRun& run, std::uint64_t part, std::size_t replicates,
                                 std::size_t samples, double fresh, std::size_t generations) {
    std::vector<std::vector<double>> paths(replicates);
    run.replicates(replicates, [&](std::size_t replicate) {
        Stream stream = run.stream(part, replicate);
        paths[replicate] = refit_kinds(samples, fresh, generations, stream);
    });
    return mean_path(paths);
}

double mean_variance(StudyRun& run, std::size_t samples, std::size_t generations) {
    std::vector<double> variance(20000);
    run.replicates(variance.size(), [&](std::size_t replicate) {
        Stream stream = run.stream(10 + samples, replicate);
        variance[replicate] = refit_normal(samples, generations, stream);
    });
    return mean_of(variance);
}

StudyCurve law_points(const std::string& name, std::size_t samples, std::size_t generations) {
    StudyCurve curve{name, {}, {}};
    for (std::size_t g = 0; g <= generations; g += 10) {
        curve.x.push_back(static_cast<double>(g));
        curve.y.push_back(kStartVariety *
                          std::pow(1 - 1 / static_cast<double>(samples), static_cast<double>(g)));
    }
    return curve;
}

// --- polya
// ----------------------------------------------------------------------------------------

constexpr std::size_t kColours = 10;
constexpr std::size_t kUrnDraws = 2000;

// Share of the first colour after so many draws, each adding one of the colour drawn.
double share_after_draws(double start, Stream& stream) {
    std::array<double, kColours> count;
    count.fill(start);
    for (std::size_t draw = 0; draw < kUrnDraws; ++draw) count[stream.choice(count)] += 1;
    return count[0] / (start * kColours + kUrnDraws);
}

double variance_of(std::span<const double> values) {
    const double mean = mean_of(values);
    double squares = 0;
    for (const double x : values) squares += (x - mean) * (x - mean);
    return squares / static_cast<double>(values.size());
}

// p (1 - p) N / ((T0 + 1) (N + T0)) with T0 balls at the start.
double urn_variance_law(double start) {
    constexpr double kShare = 1.0 / kColours;
    constexpr double kDraws = kUrnDraws;
    const double balls = start * kColours;
    return kShare * (1 - kShare) * kDraws / ((balls + 1) * (kDraws + balls));
}

// Density of shares in twenty bins up to 0.5, so that the two starts can be told apart.
StudyCurve share_histogram(const std::string& name, std::span<const double> shares) {
    constexpr std::size_t kBins = 25;
    constexpr double kHighest = 0.5;
    StudyCurve curve{name, {}, std::vector<double>(kBins, 0.0)};
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        curve.x.push_back((static_cast<double>(bin) + 0.5) * kHighest / kBins);
    }
    for (const double share : shares) {
        const auto bin = static_cast<std::size_t>(share / kHighest * kBins);
        if (bin < kBins) curve.y[bin] += kBins / kHighest / static_cast<double>(shares.size());
    }
    return curve;
}

// Beta(c, (K - 1) c): what the share of a colour tends to.
StudyCurve beta_points(const std::string& name, double start, const std::vector<double>& x) {
    const double a = start;
    const double b = (kColours - 1) * start;
    const double log_scale = std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b);
    StudyCurve curve{name, x, {}};
    for (const double share : x) {
        curve.y.push_back(
            std::exp(log_scale + (a - 1) * std::log(share) + (b - 1) * std::log(1 - share)));
    }
    return curve;
}

}  // namespace

StudyResult study_self_training(StudyRun& run) {
    constexpr std::size_t kGenerations = 100;
    constexpr std::size_t kLong = 400;
    constexpr std::size_t kNormalGenerations = 20;
    run.part(0.1);
    const std::vector<double> small = mean_variety(run, 0, 4000, 50, 0, kGenerations);
    run.part(0.25);
    const std::vector<double> large = mean_variety(run, 1, 2000, 200, 0, kGenerations);
    run.part(0.45);
    const std::vector<double> fresh = mean_variety(run, 2, 500, 200, 0.1, kLong);
    run.part(0.2);
    const double variance = mean_variance(run, 100, kNormalGenerations);
    if (run.cancelled()) return {};

    StudyPlot plot{
        "Variety of a source that learns from its own output",
        "generation",
        "probability that two draws differ",
        {even_curve("50 samples", 0, 1, small), even_curve("200 samples", 0, 1, large),
         even_curve("200 samples, 10 % fresh", 0, 1,
                    {fresh.begin(), fresh.begin() + kGenerations + 1})},
        {law_points("50 samples", 50, kGenerations), law_points("200 samples", 200, kGenerations)}};
    plot.published.push_back(
        {"200 samples, 10 % fresh", {kGenerations}, {settled_variety(200, 0.1)}});
    return {{{"self_training.samples_50", "variety after 100 generations of 50 samples",
              plot.published[0].y.back(), small.back(), 0.006},
             {"self_training.samples_200", "variety after 100 generations of 200 samples",
              plot.published[1].y.back(), large.back(), 0.01},
             {"self_training.fresh_tenth", "variety after 400 generations with a tenth fresh data",
              settled_variety(200, 0.1), fresh.back(), 0.002},
             {"self_training.normal_variance",
              "variance of a normal refitted 20 times to 100 of its samples",
              std::pow(1 - 0.01, kNormalGenerations), variance, 0.015}},
            {plot}};
}

StudyResult study_polya(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"Share of one of ten items when success breeds success",
                   "share of all choices",
                   "density",
                   {},
                   {}};
    for (const double start : {1.0, 10.0}) {
        run.part(0.5);
        std::vector<double> shares(10000);
        run.replicates(shares.size(), [&](std::size_t replicate) {
            Stream stream = run.stream(static_cast<std::uint64_t>(start), replicate);
            shares[replicate] = share_after_draws(start, stream);
        });
        const std::string balls = start == 1 ? "1" : "10";
        const std::string kind = start == 1 ? "one choice each at the start" : "ten choices each";
        result.checks.push_back(
            {"polya.mean_" + balls, "mean share, " + kind, 1.0 / kColours, mean_of(shares), 0.005});
        const double law = urn_variance_law(start);
        result.checks.push_back({"polya.variance_" + balls, "variance of the share, " + kind, law,
                                 variance_of(shares), 0.07 * law});
        plot.own.push_back(share_histogram(kind, shares));
        plot.published.push_back(beta_points(kind, start, plot.own.back().x));
    }
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
