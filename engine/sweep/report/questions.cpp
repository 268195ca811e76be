#include "engine/sweep/report/questions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/text.h"
#include "engine/sweep/analysis/morris_effects.h"
#include "engine/sweep/analysis/sequential_test.h"
#include "engine/sweep/analysis/sobol_indices.h"
#include "engine/sweep/analysis/variance_shares.h"
#include "engine/sweep/report/svg_plot.h"

namespace cascadelab {
namespace {

std::string label_of(const SweepAxis& axis) {
    return std::string(axis.parameter->key);
}

// Means over the seeds at the points themselves, in the order of the design.
std::vector<double> outcomes_of(const Observations& observations, const Measure& measure) {
    std::vector<double> out;
    for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
        if (observations.twin_of(choice) == 0)
            out.push_back(observations.mean(choice, measure).mean);
    }
    return out;
}

std::vector<std::string> index_cells(const SobolIndex& index) {
    return {figure_text(index.value), figure_text(index.low), figure_text(index.high)};
}

// --- movers, by the kind of design

void answer_by_indices(const Observations& observations, const Measure& measure,
                       ReportSection& section) {
    const SweepPlan& plan = observations.plan();
    const SobolIndices indices =
        sobol_indices(outcomes_of(observations, measure), plan.axes.size(),
                      Stream(plan.scenario.seed, Purpose::study, index_of(plan.points), 1));
    section.sentences.push_back("Sobol' indices from " + std::to_string(indices.blocks) +
                                " whole blocks: the share of the variance that a parameter "
                                "explains alone, and with all it interacts with.");
    if (indices.first.empty()) return;
    section.headings = {"parameter", "alone", "from", "to", "in all", "from", "to"};
    std::vector<Bar> bars;
    for (std::size_t axis = 0; axis < plan.axes.size(); ++axis) {
        std::vector<std::string> row = {label_of(plan.axes[axis])};
        for (const SobolIndex& index : {indices.first[axis], indices.total[axis]}) {
            const auto cells = index_cells(index);
            row.insert(row.end(), cells.begin(), cells.end());
        }
        section.rows.push_back(std::move(row));
        const SobolIndex& total = indices.total[axis];
        bars.push_back({label_of(plan.axes[axis]), total.value, total.low, total.high});
    }
    section.plots.push_back(bar_plot("share of the variance, in all", bars));
}

void answer_by_screening(const Observations& observations, const Measure& measure,
                         ReportSection& section) {
    const SweepPlan& plan = observations.plan();
    const auto effects = morris_effects(plan_points(plan), outcomes_of(observations, measure));
    section.sentences.push_back(
        "Morris' elementary effects: by how much the metric changes over a parameter's whole range "
        "(mu*), in which direction (mu), and how differently from place to place (sigma).");
    section.headings = {"parameter", "mu*", "from", "to", "mu", "sigma", "effects"};
    std::vector<Bar> bars;
    for (std::size_t axis = 0; axis < plan.axes.size(); ++axis) {
        const MorrisEffect& effect = effects[axis];
        section.rows.push_back({label_of(plan.axes[axis]), figure_text(effect.size),
                                figure_text(effect.low), figure_text(effect.high),
                                figure_text(effect.mean), figure_text(effect.deviation),
                                std::to_string(effect.count)});
        bars.push_back({label_of(plan.axes[axis]), effect.size, effect.low, effect.high});
    }
    section.plots.push_back(
        bar_plot(std::string(metric_info(measure.metric).unit) + " over the range (mu*)", bars));
}

// Every cell of the points themselves, seed by seed, with the levels of its axes.
struct LevelledCells {
    std::vector<Levels> axes;
    std::vector<double> outcomes;
};
LevelledCells levelled(const Observations& observations, const Measure& measure) {
    const std::size_t axes = observations.plan().axes.size();
    std::vector<std::vector<double>> values(axes);
    LevelledCells out;
    for (std::size_t seed = 0; seed < observations.seeds(); ++seed) {
        for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
            if (observations.twin_of(choice) != 0) continue;
            for (std::size_t axis = 0; axis < axes; ++axis)
                values[axis].push_back(observations.settings(choice)[axis].value);
            out.outcomes.push_back(observations.value(choice, seed, measure));
        }
    }
    for (const std::vector<double>& of_axis : values) out.axes.push_back(levels_of(of_axis));
    return out;
}

void answer_by_variance(const Observations& observations, const LevelledCells& cells,
                        ReportSection& section) {
    const SweepPlan& plan = observations.plan();
    const VarianceShares shares = variance_shares(cells.axes, cells.outcomes);
    section.sentences.push_back(
        "Share of the variance over points and seeds that the levels of a parameter explain, and "
        "that a pair explains beyond both (epsilon squared: what noise would explain is taken "
        "off).");
    section.headings = {"parameter", "share"};
    std::vector<Bar> bars;
    const auto add = [&](const std::string& label, double share) {
        constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
        section.rows.push_back({label, figure_text(share)});
        bars.push_back({label, share, kNone, kNone});
    };
    for (std::size_t axis = 0; axis < plan.axes.size(); ++axis)
        add(label_of(plan.axes[axis]), shares.main[axis]);
    for (const PairShare& pair : shares.pairs)
        add(label_of(plan.axes[pair.a]) + " with " + label_of(plan.axes[pair.b]), pair.share);
    section.plots.push_back(bar_plot("share of the variance", bars));
}

// Mean of the metric at each level of an axis; the interval is of the distance from the seed's own
// mean, so that what seeds differ in as a whole is no part of it.
std::string response_curve(const Observations& observations, const LevelledCells& cells,
                           std::size_t axis, const Measure& measure) {
    const std::size_t points = cells.outcomes.size() / observations.seeds();
    const Levels& levels = cells.axes[axis];
    std::vector<std::vector<double>> distances(levels.value.size());  // a level, a seed
    double sum = 0, count = 0;
    for (std::size_t seed = 0; seed < observations.seeds(); ++seed) {
        std::vector<double> level_sum(levels.value.size()), level_count(levels.value.size());
        double seed_sum = 0, seed_count = 0;
        for (std::size_t i = seed * points; i < (seed + 1) * points; ++i) {
            if (std::isnan(cells.outcomes[i])) continue;
            level_sum[levels.of[i]] += cells.outcomes[i];
            level_count[levels.of[i]] += 1;
            seed_sum += cells.outcomes[i];
            seed_count += 1;
        }
        for (std::size_t level = 0; level < levels.value.size(); ++level) {
            if (level_count[level] > 0)
                distances[level].push_back(level_sum[level] / level_count[level] -
                                           seed_sum / seed_count);
        }
        sum += seed_sum;
        count += seed_count;
    }
    std::vector<CurvePoint> curve;
    for (std::size_t level = 0; level < levels.value.size(); ++level) {
        if (distances[level].empty()) continue;
        const ConfidenceInterval distance = paired_interval(distances[level]);
        const double mean = sum / count;
        curve.push_back(
            {levels.value[level], mean + distance.mean, mean + distance.low, mean + distance.high});
    }
    const SweepAxis& of = observations.plan().axes[axis];
    const bool is_log = of.parameter->scale == Scale::logarithmic && levels.value.front() > 0;
    return curve_plot(label_of(of), measure_text(measure), curve, is_log);
}

// --- choices that keep bounds, and goals

double mean_of(const Observations& observations, std::size_t choice, Metric metric,
               const ReportQuestions& questions) {
    return observations.mean(choice, {metric, questions.day, questions.group}).mean;
}

std::string goal_text(const Goal& goal) {
    return std::string(goal.direction == Direction::least ? "least " : "most ") +
           std::string(metric_info(goal.metric).label);
}

std::vector<std::vector<double>> means_of(const Observations& observations,
                                          std::span<const Goal> goals,
                                          const ReportQuestions& questions) {
    std::vector<std::vector<double>> out;
    for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
        auto& means = out.emplace_back();
        for (const Goal& goal : goals)
            means.push_back(mean_of(observations, choice, goal.metric, questions));
    }
    return out;
}

void add_goal_rows(const Observations& observations, std::span<const Goal> goals,
                   std::span<const std::size_t> choices, const ReportQuestions& questions,
                   ReportSection& section) {
    section.headings = {"choice", "settings"};
    for (const Goal& goal : goals) section.headings.emplace_back(metric_info(goal.metric).name);
    for (const std::size_t choice : choices) {
        std::vector<std::string> row = {std::to_string(choice), choice_text(observations, choice)};
        for (const Goal& goal : goals)
            row.push_back(interval_text(
                observations.mean(choice, {goal.metric, questions.day, questions.group})));
        section.rows.push_back(std::move(row));
    }
}

// All choices over axes and goals.
std::string choices_plot(const Observations& observations, std::span<const Goal> goals,
                         const std::vector<std::vector<double>>& means,
                         std::span<const std::size_t> marked) {
    const std::size_t axes = observations.plan().axes.size();
    std::vector<std::string> labels;
    for (const SweepAxis& axis : observations.plan().axes) labels.push_back(label_of(axis));
    for (const Goal& goal : goals) labels.emplace_back(metric_info(goal.metric).name);
    std::vector<ParallelRow> rows;
    for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
        ParallelRow row{
            {}, std::ranges::binary_search(marked, choice), choice_text(observations, choice)};
        for (std::size_t axis = 0; axis < axes; ++axis)
            row.values.push_back(observations.settings(choice)[axis].value);
        row.values.insert(row.values.end(), means[choice].begin(), means[choice].end());
        rows.push_back(std::move(row));
    }
    return parallel_plot(labels, rows);
}

}  // namespace

std::string figure_text(double value) {
    if (std::isnan(value)) return "-";
    if (std::isinf(value)) return value > 0 ? "unbounded" : "-unbounded";
    return fixed_text(value, std::abs(value) >= 100 ? 1 : 4);
}

std::string interval_text(const ConfidenceInterval& interval) {
    if (std::isnan(interval.low)) return figure_text(interval.mean);
    return figure_text(interval.mean) + " (" + figure_text(interval.low) + " to " +
           figure_text(interval.high) + ")";
}

std::string choice_text(const Observations& observations, std::size_t choice) {
    return settings_text(observations.settings(choice));
}

ReportSection choices_section(const Observations& observations, const ReportQuestions& questions) {
    ReportSection section{"All choices", {}, {"choice", "settings"}, {}, {}};
    section.sentences.push_back(
        "Means over the seeds with their 95 % intervals; only what differs is named. Day " +
        std::to_string(questions.day) + ", " + std::string(group_name(questions.group)) + ".");
    const auto& metrics = observations.plan().keep.metrics;
    std::vector<Metric> shown;  // those with a value anywhere
    for (const Metric metric : metrics) {
        const Measure measure{metric, questions.day, questions.group};
        for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
            if (std::isnan(observations.mean(choice, measure).mean)) continue;
            shown.push_back(metric);
            break;
        }
    }
    for (const Metric metric : shown) section.headings.emplace_back(metric_info(metric).name);
    for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
        std::vector<std::string> row = {std::to_string(choice), choice_text(observations, choice)};
        for (const Metric metric : shown)
            row.push_back(
                interval_text(observations.mean(choice, {metric, questions.day, questions.group})));
        section.rows.push_back(std::move(row));
    }
    return section;
}

ReportSection movers_section(const Observations& observations, const Measure& measure) {
    ReportSection section{
        "Which parameter moves it most: " + measure_text(measure), {}, {}, {}, {}};
    const PointKind kind = observations.plan().points;
    const LevelledCells cells = levelled(observations, measure);
    if (kind == PointKind::saltelli) {
        answer_by_indices(observations, measure, section);
    } else if (kind == PointKind::morris) {
        answer_by_screening(observations, measure, section);
    } else {
        answer_by_variance(observations, cells, section);
    }
    for (std::size_t axis = 0; axis < observations.plan().axes.size(); ++axis)
        section.plots.push_back(response_curve(observations, cells, axis, measure));
    return section;
}

ReportSection frontier_section(const Observations& observations, const ReportQuestions& questions) {
    const std::vector<Goal>& goals = questions.frontier;
    std::vector<std::string> texts;
    std::vector<Direction> directions;
    for (const Goal& goal : goals) {
        texts.push_back(goal_text(goal));
        directions.push_back(goal.direction);
    }
    ReportSection section{"The frontier: " + join(texts, ", "), {}, {}, {}, {}};
    const auto means = means_of(observations, goals, questions);
    const auto frontier = pareto_frontier(means, directions);
    section.sentences.push_back(
        std::to_string(frontier.size()) + " of " + std::to_string(means.size()) +
        " choices cannot be bettered in one goal without giving way in another, by their means.");
    add_goal_rows(observations, goals, frontier, questions, section);
    for (std::size_t goal = 1; goal < goals.size(); ++goal) {
        std::vector<ScatterPoint> points;
        for (std::size_t choice = 0; choice < means.size(); ++choice)
            points.push_back({means[choice][0], means[choice][goal],
                              std::ranges::binary_search(frontier, choice),
                              choice_text(observations, choice)});
        section.plots.push_back(scatter_plot(metric_info(goals[0].metric).label,
                                             metric_info(goals[goal].metric).label, points));
    }
    section.plots.push_back(choices_plot(observations, goals, means, frontier));
    return section;
}

ReportSection best_section(const Observations& observations, const ReportQuestions& questions) {
    const Goal& goal = *questions.best;
    std::vector<std::string> bounds;
    std::vector<Goal> shown = {goal};
    for (const Bound& bound : questions.under) {
        bounds.push_back(std::string(metric_info(bound.metric).label) + " at most " +
                         number_text(bound.most));
        shown.push_back({bound.metric, Direction::least});
    }
    ReportSection section{"The best settings: " + goal_text(goal) +
                              (bounds.empty() ? "" : " with " + join(bounds, ", ")),
                          {},
                          {},
                          {},
                          {}};
    std::vector<std::pair<double, std::size_t>> keeping;  // cost, choice
    for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
        const double value = mean_of(observations, choice, goal.metric, questions);
        // A bound that was not measured is not kept.
        const bool keeps = std::ranges::all_of(questions.under, [&](const Bound& bound) {
            return mean_of(observations, choice, bound.metric, questions) <= bound.most;
        });
        if (keeps && !std::isnan(value))
            keeping.emplace_back(goal.direction == Direction::most ? -value : value, choice);
    }
    std::ranges::sort(keeping);
    section.sentences.push_back(std::to_string(keeping.size()) + " of " +
                                std::to_string(observations.choices()) +
                                " choices keep the bounds; the ten best of them:");
    constexpr std::size_t kShown = 10;
    std::vector<std::size_t> choices;
    for (const auto& [cost, choice] : keeping) {
        if (choices.size() < kShown) choices.push_back(choice);
    }
    add_goal_rows(observations, shown, choices, questions, section);
    return section;
}

ReportSection better_section(const Observations& observations, const Measure& measure,
                             const ReportQuestions& questions) {
    const auto [a, b] = *questions.better;
    ReportSection section{"Is A more than B: " + measure_text(measure), {}, {}, {}, {}};
    const auto differences = observations.differences(a, b, measure);
    const SequentialAnswer answer = sequential_test(
        differences, {.error_rate = questions.error_rate, .matters = questions.matters});
    std::string verdict;
    switch (answer.answer) {
        case Verdict::better:
            verdict = "A is more than B";
            break;
        case Verdict::worse:
            verdict = "A is less than B";
            break;
        case Verdict::alike:
            verdict = "A and B are alike, as far as it matters";
            break;
        case Verdict::open:
            verdict = "It is open";
            break;
    }
    section.sentences = {
        "A: " + choice_text(observations, a) + ".", "B: " + choice_text(observations, b) + ".",
        verdict + ", after " + std::to_string(answer.pairs) + " of " +
            std::to_string(differences.size()) + " pairs on the same seeds: A less B is " +
            figure_text(answer.mean) + ", between " + figure_text(answer.bounds.low) + " and " +
            figure_text(answer.bounds.high) + ".",
        "Asked after every pair; wrong with a probability of at most " +
            number_text(questions.error_rate) + " (always-valid t-test on a normal mixture)."};
    return section;
}

ReportSection seeds_section(const Observations& observations, const Measure& measure,
                            double difference) {
    ReportSection section{"How many seeds it takes: " + measure_text(measure), {}, {}, {}, {}};
    // Spread of the paired differences from the first choice, over all others.
    double squares = 0, freedom = 0;
    for (std::size_t choice = 1; choice < observations.choices(); ++choice) {
        const auto differences = observations.differences(choice, 0, measure);
        if (differences.size() < 2) continue;
        const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) /
                            static_cast<double>(differences.size());
        for (const double one : differences) squares += (one - mean) * (one - mean);
        freedom += static_cast<double>(differences.size()) - 1;
    }
    if (freedom == 0) {
        section.sentences.push_back("Nothing can be said from fewer than two seeds.");
        return section;
    }
    const double deviation = std::sqrt(squares / freedom);
    const std::size_t needed = pairs_needed(deviation, difference);
    section.sentences.push_back(
        "Differences between choices on the same seed have a standard deviation of " +
        figure_text(deviation) + ". To see one of " + number_text(difference) +
        " with a chance of .8 at 95 %: " +
        (needed == 0 ? "more than a million seeds." : std::to_string(needed) + " seeds."));
    return section;
}

}  // namespace cascadelab
