// Asking people what they like: which question is worth most, and when one more question costs more
// people than it helps.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/models/elicitation/gaussian_belief.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

constexpr Eigen::Index kItems = 200, kDims = 8;
constexpr double kMeanTaste = 0.6, kAnswerDeviation = 0.5;
constexpr std::size_t kCatalogues = 200, kPeople = 10;  // people of each
constexpr std::size_t kShown = 10;
constexpr std::size_t kQuestions = 15;
using Path = std::array<double, kQuestions + 1>;  // mean utility of the slate after q questions

Eigen::MatrixXd draw_catalogue(Stream stream) {
    Eigen::MatrixXd items(kItems, kDims);
    for (Eigen::Index i = 0; i < kItems; ++i)
        for (Eigen::Index d = 0; d < kDims; ++d)
            items(i, d) = stream.normal() / std::sqrt(static_cast<double>(kDims));
    return items;
}

// True utility of the ten items that are believed best.
double slate_utility(const GaussianBelief& belief, const Eigen::MatrixXd& items,
                     const Eigen::VectorXd& utility) {
    const Eigen::VectorXd believed = items * belief.mean();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(kItems));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<Eigen::Index>(i);
    std::ranges::partial_sort(order, order.begin() + kShown, [&](Eigen::Index a, Eigen::Index b) {
        return believed[a] != believed[b] ? believed[a] > believed[b] : a < b;
    });
    double sum = 0;
    for (std::size_t i = 0; i < kShown; ++i) sum += utility[order[i]];
    return sum / kShown;
}

Path ask(QuestionChoice choice, std::size_t questions, const Eigen::MatrixXd& items, Stream person,
         Stream choices) {
    Eigen::VectorXd taste(kDims);
    for (double& x : taste) x = kMeanTaste + person.normal();
    const Eigen::VectorXd utility = items * taste;
    std::vector<double> errors(static_cast<std::size_t>(kItems));
    for (double& error : errors) error = kAnswerDeviation * person.normal();
    GaussianBelief belief(Eigen::VectorXd::Constant(kDims, kMeanTaste), 1);
    std::array<bool, static_cast<std::size_t>(kItems)> asked{};
    Path path{};
    for (std::size_t q = 0;; ++q) {
        path[q] = slate_utility(belief, items, utility);
        if (q == questions) return path;
        const std::size_t item = choose_question(choice, belief, items, asked, choices);
        asked[item] = true;
        const auto row = static_cast<Eigen::Index>(item);
        belief.take_answer(items.row(row).transpose(), utility[row] + errors[item],
                           kAnswerDeviation * kAnswerDeviation);
    }
}

// Mean over catalogues and their people, who are the same for every way of asking. One catalogue
// gives anything between half and twice the gain of another: what the best ten of it are worth to
// somebody unknown is what gains are shares of.
Path mean_path(StudyRun& run, QuestionChoice choice, std::size_t questions) {
    std::vector<Path> catalogues(kCatalogues);
    run.replicates(kCatalogues, [&](std::size_t catalogue) {
        const Eigen::MatrixXd items = draw_catalogue(run.stream(0, catalogue));
        for (std::size_t person = 0; person < kPeople; ++person) {
            const std::size_t who = catalogue * kPeople + person;
            const Path path = ask(choice, questions, items, run.stream(1, who),
                                  run.stream(2 + index_of(choice), who));
            for (std::size_t q = 0; q <= questions; ++q) catalogues[catalogue][q] += path[q];
        }
    });
    Path mean{};
    for (const Path& catalogue : catalogues)
        for (std::size_t q = 0; q <= questions; ++q)
            mean[q] += catalogue[q] / (kCatalogues * kPeople);
    return mean;
}

double gain(const Path& path, std::size_t questions) {
    return 100 * (path[questions] / path[0] - 1);
}

// Gains in percent after 1, 2, 3, 5 and 8 questions, computed apart from this program over 160
// catalogues of other random numbers.
constexpr std::array<std::size_t, 5> kCounted = {1, 2, 3, 5, 8};
constexpr EnumArray<QuestionChoice, std::array<double, 5>> kGains = {{
    {10.7, 21.2, 29.5, 43.9, 59.0},  // random
    {9.8, 20.6, 30.4, 46.9, 63.5},   // greedy
    {13.2, 26.7, 38.0, 57.6, 78.7},  // uncertain
    {11.4, 23.2, 35.0, 52.0, 69.0},  // ucb
    {13.5, 24.9, 35.2, 51.6, 68.4},  // thompson
}};

// The number of questions with which people are served best when each question loses a share of
// those who are left: they get nothing, or the page without questions.
std::size_t best_count(const Path& path, double lost, bool has_fallback) {
    std::size_t best = 0;
    double most = 0;
    for (std::size_t q = 0; q < path.size(); ++q) {
        const double stay = std::pow(1 - lost, static_cast<double>(q));
        const double value = stay * path[q] + (has_fallback ? (1 - stay) * path[0] : 0);
        if (q > 0 && value <= most) continue;
        best = q;
        most = value;
    }
    return best;
}

}  // namespace

StudyResult study_elicitation(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"What answers are worth", "questions", "gain of the slate, %", {}, {}};
    EnumArray<QuestionChoice, Path> paths;
    for (const QuestionChoice choice : every<QuestionChoice>) {
        run.part(1.0 / enum_count<QuestionChoice>);
        paths[choice] = mean_path(run, choice, kCounted.back());
        const std::string name(question_choice_name(choice));
        StudyCurve own{name, {}, {}}, computed{name, {}, {}};
        for (std::size_t i = 0; i < kCounted.size(); ++i) {
            const auto asked = static_cast<double>(kCounted[i]);
            result.checks.push_back(
                {"elicitation." + name + "_" + std::to_string(kCounted[i]),
                 name + ", " + std::to_string(kCounted[i]) +
                     (kCounted[i] == 1 ? " question: gain, %" : " questions: gain, %"),
                 kGains[choice][i], gain(paths[choice], kCounted[i]), 4});
            own.x.push_back(asked);
            own.y.push_back(gain(paths[choice], kCounted[i]));
            computed.x.push_back(asked);
            computed.y.push_back(kGains[choice][i]);
        }
        plot.own.push_back(std::move(own));
        plot.published.push_back(std::move(computed));
    }
    const auto at_five = [&](QuestionChoice choice) { return gain(paths[choice], 5); };
    result.checks.push_back({"elicitation.order", "greedy less UCB after five questions, points", 0,
                             at_five(QuestionChoice::greedy) - at_five(QuestionChoice::ucb), 0,
                             Comparison::at_most});
    result.checks.push_back({"elicitation.order_first",
                             "UCB less the least known after five questions, points", 0,
                             at_five(QuestionChoice::ucb) - at_five(QuestionChoice::uncertain), 0,
                             Comparison::at_most});
    result.plots.push_back(std::move(plot));
    return result;
}

StudyResult study_questions_or_feed(StudyRun& run) {
    struct Case {
        double lost;
        bool has_fallback;
        double best;
    };
    constexpr std::array<Case, 7> kCases = {{{0.02, false, 8},
                                             {0.05, false, 5},
                                             {0.10, false, 2},
                                             {0.02, true, 9},
                                             {0.05, true, 8},
                                             {0.10, true, 6},
                                             {0.20, true, 4}}};
    StudyResult result;
    const Path path = mean_path(run, QuestionChoice::uncertain, kQuestions);
    StudyCurve alone{"who leaves gets nothing", {}, {}}, feed{"who leaves gets the feed", {}, {}};
    StudyCurve computed_alone = alone, computed_feed = feed;
    for (const Case& one : kCases) {
        const auto own = static_cast<double>(best_count(path, one.lost, one.has_fallback));
        const std::string percent = std::to_string(static_cast<int>(100 * one.lost + 0.5));
        result.checks.push_back({std::string("questions_or_feed.") +
                                     (one.has_fallback ? "feed_" : "nothing_") + percent,
                                 "best number of questions when each loses " + percent + " %" +
                                     (one.has_fallback ? ", who get the feed" : ""),
                                 one.best, own, 1});
        StudyCurve& curve = one.has_fallback ? feed : alone;
        StudyCurve& computed = one.has_fallback ? computed_feed : computed_alone;
        curve.x.push_back(100 * one.lost);
        curve.y.push_back(own);
        computed.x.push_back(100 * one.lost);
        computed.y.push_back(one.best);
    }
    result.plots.push_back({"How many questions to ask",
                            "people lost by a question, %",
                            "best number of questions",
                            {alone, feed},
                            {computed_alone, computed_feed}});
    return result;
}

}  // namespace cascadelab
