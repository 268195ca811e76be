#include "engine/sweep/plan/plan_checks.h"

#include <algorithm>

#include "engine/base/text.h"
#include "engine/sweep/plan/plan_fields.h"
#include "engine/sweep/plan/sweep_cells.h"

namespace cascadelab {
namespace {

// A value that the timeline sets later would be the axis' no more.
void check_timeline(const SweepPlan& plan, Trouble& trouble) {
    const auto check = [&](const Parameter& parameter, const std::string& path) {
        for (const TimelineEntry& entry : plan.scenario.timeline) {
            const auto* set = std::get_if<SetParameter>(&entry.command);
            if (set == nullptr || set->key != parameter.key) continue;
            trouble.report(path,
                           std::string(parameter.key) + ", which the timeline sets on day " +
                               std::to_string(day_of(entry.time_s)),
                           "a parameter that it leaves alone, or fewer days");
        }
    };
    for (std::size_t i = 0; i < plan.axes.size(); ++i)
        check(*plan.axes[i].parameter, entry_path("axes", i) + ".key");
    for (std::size_t i = 0; i < plan.twins.size(); ++i) {
        for (const Setting& setting : plan.twins[i])
            check(*setting.parameter, join_path(entry_path("twins", i), setting.parameter->key));
    }
}

void check_twins(const SweepPlan& plan, Trouble& trouble) {
    for (std::size_t i = 0; i < plan.twins.size(); ++i) {
        if (plan.twins[i].empty())
            trouble.report(entry_path("twins", i), "no difference", "at least one parameter");
        for (const Setting& setting : plan.twins[i]) {
            if (std::ranges::find(plan.axes, setting.parameter, &SweepAxis::parameter) !=
                plan.axes.end())
                trouble.report(join_path(entry_path("twins", i), setting.parameter->key),
                               "the parameter of an axis", "a parameter of no axis");
        }
    }
}

std::string count_text(double count) {
    return count < 1e18 ? grouped_text(static_cast<std::int64_t>(count)) : number_text(count);
}

// Before anything is expanded.
void check_size(const SweepPlan& plan, const Json* budget_json, Trouble& trouble) {
    const double cells = cell_count(plan);
    if (cells > static_cast<double>(kMostCells))
        trouble.report("axes", count_text(cells) + " cells",
                       "at most " + count_text(static_cast<double>(kMostCells)));
    if (budget_json == nullptr) return;
    ObjectReader budget(*budget_json, "budget", trouble, keys_of(kBudgetFields));
    const auto runs = budget.integer("runs", 1, static_cast<std::int64_t>(kMostCells));
    if (runs && cells > static_cast<double>(*runs))
        budget.report("runs", "a budget of " + grouped_text(*runs) + " for " + count_text(cells),
                      "fewer cells or a higher budget");
}

// Who lives in the world decides whether a timeline fits it.
bool varies_the_world(const SweepCell& cell) {
    return std::ranges::any_of(cell.settings, [](const Setting& setting) {
        return setting.parameter->key.starts_with("world.");
    });
}

// Cell by cell: sizes that go together and into this machine, and a timeline that still fits.
void check_cells(const SweepPlan& plan, Trouble& trouble) {
    for (const SweepCell& cell : sweep_cells(plan)) {
        // Cells of further seeds have the same settings once more.
        if (trouble.first || cell.seed != plan.seeds.front()) return;
        const Scenario scenario = cell_scenario(plan, cell);
        const std::string place = "cell " + settings_text(cell.settings) + ": ";
        if (const Status fits = check_params(scenario.params, trouble.file); !fits) {
            trouble.report(fits.problem(), place + fits.problem().path);
        } else if (!scenario.timeline.empty() && varies_the_world(cell)) {
            const auto again = parse_scenario(scenario_text(scenario), trouble.file);
            if (!again) trouble.report(again.problem(), place + again.problem().path);
        }
    }
}

}  // namespace

std::string entry_path(std::string_view list, std::size_t place) {
    return std::string(list) + "[" + std::to_string(place) + "]";
}

void check_plan(const SweepPlan& plan, const Json* budget, Trouble& trouble) {
    check_twins(plan, trouble);
    check_timeline(plan, trouble);
    check_size(plan, budget, trouble);
    if (!trouble.first) check_cells(plan, trouble);
}

}  // namespace cascadelab
