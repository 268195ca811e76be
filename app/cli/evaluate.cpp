// evaluate: models against each other on ratings from outside.
#include "engine/evaluation/evaluate.h"

#include <array>
#include <cmath>
#include <mutex>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/base/foreign_text.h"
#include "engine/base/text.h"
#include "engine/store/json/json.h"

namespace cascadelab {
namespace {

struct Measure {
    const char* name;     // in JSON
    const char* heading;  // in the table
    double TopKQuality::*value;
};
constexpr std::array kMeasures = {
    Measure{"ndcg_at_10", "NDCG@10", &TopKQuality::ndcg_at_10},
    Measure{"p_at_10", "P@10", &TopKQuality::p_at_10},
    Measure{"r_at_10", "R@10", &TopKQuality::r_at_10},
    Measure{"hr_at_10", "HR@10", &TopKQuality::hr_at_10},
    Measure{"r_at_20", "R@20", &TopKQuality::r_at_20},
    Measure{"r_at_50", "R@50", &TopKQuality::r_at_50},
    Measure{"ndcg_at_100", "NDCG@100", &TopKQuality::ndcg_at_100},
};

std::string right(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}
std::string left(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

Json curve_json(const std::vector<EpochLoss>& epochs) {
    Json out(Json::List{});
    for (const EpochLoss& epoch : epochs) {
        Json losses(Json::Object{});
        losses.add("training_loss", epoch.training);
        out.append(losses.add("validation_loss", epoch.validation));
    }
    return out;
}

Json report_json(const Evaluation& evaluation, const std::string& taken_for) {
    Json models(Json::List{});
    for (const ModelReport& report : evaluation.models) {
        Json row(Json::Object{});
        row.add("model", report.model);
        for (const Measure& measure : kMeasures)
            row.add(measure.name, report.quality.*measure.value);
        row.add("train_s", report.train_s).add("score_ms", report.score_ms);
        if (!report.epochs.empty()) row.add("epochs", curve_json(report.epochs));
        models.append(row.add("settings", report.settings));
    }
    Json out(Json::Object{});
    return out.add("taken_for", taken_for).add("models", std::move(models));
}

void print_curves(const Evaluation& evaluation) {
    for (const ModelReport& report : evaluation.models) {
        if (report.epochs.empty()) continue;
        answer("\nlearning curve of " + report.model + " (nats): epoch, training, validation\n");
        for (std::size_t e = 0; e < report.epochs.size(); ++e) {
            const EpochLoss& loss = report.epochs[e];
            answer(right(std::to_string(e + 1), 4) + right(fixed_text(loss.training, 4), 10) +
                   right(std::isnan(loss.validation) ? "-" : fixed_text(loss.validation, 4), 10) +
                   "\n");
        }
    }
}

void print_table(const Evaluation& evaluation, const EvaluateRequest& request,
                 const std::string& taken_for) {
    const auto count = [](std::size_t n) { return grouped_text(static_cast<std::int64_t>(n)); };
    constexpr std::size_t kName = 12, kCell = 9;
    std::string heading = left("model", kName);
    for (const Measure& measure : kMeasures) heading += right(measure.heading, kCell);
    answer(heading + right("train s", kCell) + right("score ms", kCell + 1) + "\n");
    for (const ModelReport& report : evaluation.models) {
        std::string line = left(report.model, kName);
        for (const Measure& measure : kMeasures) {
            line += right(fixed_text(report.quality.*measure.value, 4), kCell);
        }
        answer(line + right(fixed_text(report.train_s, 2), kCell) +
               right(fixed_text(report.score_ms, 3), kCell + 1) + "\n");
    }
    answer("\n" + count(evaluation.people) + " people, " + count(evaluation.items) + " items; " +
           count(evaluation.train_rows) + " events to learn from, " + count(evaluation.test_rows) +
           " held out, " + count(evaluation.people_asked) + " people asked\nsplit " +
           request.split +
           (request.min_rating ? ", ratings of " + number_text(*request.min_rating) + " and more"
                               : ", every rating an event") +
           ", seed " + std::to_string(request.seed) + "\n" + shown_text(taken_for) +
           "\nR@20, R@50: hits / min(k, held out); R@10: hits / held out\n");
    for (const ModelReport& report : evaluation.models) {
        answer(left(report.model, kName) + report.settings + "\n");
    }
    if (request.curve) print_curves(evaluation);
}

void print(const Evaluation& evaluation, const EvaluateRequest& request,
           const std::string& taken_for) {
    if (!evaluation.complete && evaluation.models.empty()) return;
    if (request.json) {
        answer(json_pages(report_json(evaluation, taken_for)));
    } else {
        print_table(evaluation, request, taken_for);
    }
}

Result<Duplicates> parse_duplicates(const std::string& word) {
    constexpr std::array kWords = {"refuse", "first", "last", "count"};
    constexpr std::array kChoices = {Duplicates::refuse, Duplicates::first, Duplicates::last,
                                     Duplicates::count};
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (word == kWords[i]) return kChoices[i];
    return Problem{"--duplicates", "", quoted(word), "one of refuse, first, last, count",
                   ExitCode::usage};
}

std::string interrupted_text(const Evaluation& evaluation) {
    return "interrupted after " + std::to_string(evaluation.models.size()) + " whole models";
}

}  // namespace

ExitCode evaluate_command(const EvaluateRequest& request) {
    const auto models = choose_models(request.models);
    if (!models) return complain(models.problem());
    const auto duplicates = parse_duplicates(request.duplicates);
    if (!duplicates) return complain(duplicates.problem());
    const auto split = parse_split(request.split);
    if (!split) return complain(split.problem());
    // What was finished is told, wherever the work is cut off.
    std::mutex mutex;
    Evaluation finished;
    finished.complete = false;
    std::string taken_for;
    const LastWords last_words([&] {
        const std::scoped_lock lock(mutex);
        print(finished, request, taken_for);
        return interrupted_text(finished);
    });
    Result<Evaluation> evaluated = Evaluation{};
    {
        ProgressBar bar(request.progress);
        bar.show(0, "reading " + request.path);
        const auto part = split.value() == Split::u1 ? RatingsPart::u1 : RatingsPart::whole;
        const auto ratings = read_ratings(request.path, part, request.hints, duplicates.value());
        if (!ratings) return complain(ratings.problem());
        taken_for = ratings.value().taken_for;
        const EvaluateOptions options{models.value(),
                                      split.value(),
                                      request.min_rating,
                                      request.seed,
                                      [&](double share, std::string_view model) {
                                          bar.show(share, std::string(model));
                                          return !interrupted();
                                      },
                                      [&](const Evaluation& now) {
                                          const std::scoped_lock lock(mutex);
                                          finished = now;
                                      }};
        evaluated = evaluate(ratings.value(), options);
    }
    if (!evaluated) return complain(evaluated.problem());
    const Evaluation& evaluation = evaluated.value();
    if (!evaluation.complete) claim_last_words();
    for (const Problem& refused : evaluation.refused) complain(refused);
    print(evaluation, request, taken_for);
    if (!evaluation.complete) return leave_interrupted(interrupted_text(evaluation));
    return evaluation.refused.empty() ? ExitCode::ok : ExitCode::failed;
}

}  // namespace cascadelab
