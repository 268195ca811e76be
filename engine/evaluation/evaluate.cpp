#include "engine/evaluation/evaluate.h"

#include <chrono>

#include "engine/base/machine.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr double kTrainingShare = 0.9;  // of a model's time, for the progress bar

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Asks a model about everybody. False when stopped.
bool ask_everybody(const HeldOut& held_out, const ScoringModel& model, const Progress& progress,
                   ModelReport& report) {
    const std::size_t asked = held_out.people_asked();
    std::vector<TopKQuality> qualities;
    std::vector<float> scores(held_out.train.items);
    double scoring_s = 0;
    for (std::size_t p = 0; p < held_out.test.size(); ++p) {
        if (held_out.test[p].empty()) continue;
        const std::vector<ItemId> seen = held_out.seen_by(PersonId(p));
        const Clock::time_point begin = Clock::now();
        model.score(PersonId(p), scores);
        const std::vector<ItemId> ranked = best_items(scores, seen);
        scoring_s += seconds_since(begin);
        qualities.push_back(ranking_quality(ranked, held_out.test[p]));
        const double share = static_cast<double>(qualities.size()) / static_cast<double>(asked);
        if (!progress(share)) return false;
    }
    report.quality = mean_quality(qualities);
    report.score_ms = scoring_s * 1000 / static_cast<double>(qualities.size());
    return true;
}

}  // namespace

Result<Evaluation> evaluate(const Ratings& ratings, const EvaluateOptions& options) {
    keep_block_sizes();
    const HeldOut held_out = hold_out(ratings, options.split, options.min_rating);
    Evaluation out;
    out.people = ratings.people.size();
    out.items = ratings.items.size();
    out.train_rows = held_out.train.rows.size();
    out.test_rows = held_out.test_rows();
    out.people_asked = held_out.people_asked();
    if (out.people_asked == 0) {
        return Problem{"--split " + std::string(split_name(options.split)), "",
                       "nobody with events both to learn from and to be asked about",
                       "people with more events, a lower --min-rating or another split"};
    }
    for (std::size_t m = 0; m < options.models.size(); ++m) {
        const EvaluatedModel& entry = options.models[m];
        const auto go_on = [&](double share) {
            const double done =
                (static_cast<double>(m) + share) / static_cast<double>(options.models.size());
            out.complete = out.complete && (!options.go_on || options.go_on(done, entry.name));
            return out.complete;
        };
        if (!go_on(0)) return out;
        const Clock::time_point begin = Clock::now();
        const auto trained = entry.train(
            {held_out, options.seed, [&](double share) { return go_on(share * kTrainingShare); }});
        if (!out.complete) return out;
        if (!trained) {
            out.refused.push_back(trained.problem());
            continue;
        }
        const ScoringModel& model = trained.value();
        CHECK(model.score != nullptr);
        ModelReport report{
            std::string(entry.name), model.settings, {}, seconds_since(begin), 0, model.epochs};
        const bool asked = ask_everybody(
            held_out, model,
            [&](double share) { return go_on(kTrainingShare + share * (1 - kTrainingShare)); },
            report);
        if (!asked) return out;
        out.models.push_back(std::move(report));
        if (!options.model_done) continue;
        Evaluation so_far = out;
        so_far.complete = false;
        options.model_done(so_far);
    }
    return out;
}

}  // namespace cascadelab
