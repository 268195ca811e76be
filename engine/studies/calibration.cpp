// Calibrated recommendations (Steck 2018): how much relevance it costs to follow a person's own
// mixture of genres.
#include <array>

#include "engine/cascade/rerank/calibration.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr std::size_t kGenres = 20;
constexpr std::size_t kCandidates = 200;
constexpr std::size_t kPlaces = 10;
constexpr std::size_t kPeople = 1000;

// A person's genres, and candidates whose scores favour the person's main ones.
struct Listener {
    std::vector<float> wanted = std::vector<float>(kGenres);
    std::vector<std::size_t> genre = std::vector<std::size_t>(kCandidates);
    std::vector<double> score = std::vector<double>(kCandidates);

    explicit Listener(Stream stream) {
        std::array<double, kGenres> share;
        stream.dirichlet(0.3, share);
        for (std::size_t g = 0; g < kGenres; ++g) wanted[g] = static_cast<float>(share[g]);
        for (std::size_t i = 0; i < kCandidates; ++i) {
            genre[i] = stream.below(kGenres);
            score[i] = share[genre[i]] * 5 + stream.normal(0, 0.3);
        }
    }
};

struct Outcome {
    double divergence = 0;  // nats
    double score = 0;       // mean of the page
};

Outcome page_of(const Listener& listener, double weight) {
    CalibratedList list(listener.wanted, weight);
    std::vector<bool> taken(kCandidates, false);
    std::vector<float> shown(kGenres, 0.0f);
    Outcome outcome;
    for (std::size_t place = 0; place < kPlaces; ++place) {
        std::size_t best = kCandidates;
        for (std::size_t i = 0; i < kCandidates; ++i) {
            if (taken[i]) continue;
            const auto gain = [&](std::size_t c) {
                return list.gain(listener.genre[c], listener.score[c]);
            };
            if (best == kCandidates || gain(i) > gain(best)) best = i;
        }
        taken[best] = true;
        list.take(listener.genre[best]);
        shown[listener.genre[best]] += 1.0f / kPlaces;
        outcome.score += listener.score[best] / kPlaces;
    }
    outcome.divergence = calibration_kl(listener.wanted, shown);
    return outcome;
}

}  // namespace

StudyResult study_calibration(StudyRun& run) {
    struct Row {
        double weight;
        const char* name;
        double divergence, score;
    };
    const std::array<Row, 4> rows = {{{0, "0", 1.752, 1.607},
                                      {0.5, "0.5", 1.17, 1.581},
                                      {0.9, "0.9", 0.45, 1.358},
                                      {0.99, "0.99", 0.361, 1.204}}};
    StudyResult result;
    StudyCurve own{"this program", {}, {}};
    StudyCurve published{"published", {}, {}};
    double falls = 0;
    for (const auto& [weight, name, divergence, score] : rows) {
        run.part(0.25);
        std::vector<double> divergences(kPeople), scores(kPeople);
        run.replicates(kPeople, [&](std::size_t person) {
            const Outcome outcome = page_of(Listener(run.stream(0, person)), weight);
            divergences[person] = outcome.divergence;
            scores[person] = outcome.score;
        });
        const std::string at = std::string("lambda ") + name + ": ";
        result.checks.push_back({std::string("calibration.kl_") + name,
                                 at + "miscalibration (KL, nats)", divergence, mean_of(divergences),
                                 0.15 * 1.752});
        result.checks.push_back({std::string("calibration.score_") + name, at + "mean score", score,
                                 mean_of(scores), 0.1});
        if (!own.x.empty()) {
            falls += mean_of(divergences) < own.x.back();
            falls += mean_of(scores) < own.y.back();
        }
        own.x.push_back(mean_of(divergences));
        own.y.push_back(mean_of(scores));
        published.x.push_back(divergence);
        published.y.push_back(score);
    }
    result.checks.push_back({"calibration.monotone",
                             "steps of lambda at which miscalibration or score falls, of 6", 6,
                             falls, 0});
    result.plots.push_back({"Relevance against calibration, lambda 0 to 0.99",
                            "miscalibration, nats",
                            "mean score",
                            {own},
                            {published}});
    return result;
}

}  // namespace cascadelab
