#include "engine/sweep/plan/sweep_cells.h"

#include <algorithm>
#include <filesystem>
#include <numeric>

#include "engine/base/hash.h"

namespace cascadelab {
namespace {

// What all cells have in common, as far as their results follow from it.
std::uint64_t common_hash(const SweepPlan& plan) {
    Scenario scenario = plan.scenario;
    scenario.title = scenario.why = "";
    scenario.look_for.clear();
    scenario.seed = 0;
    for (const PathParameter& parameter : path_parameter_table()) {
        const std::filesystem::path path = parameter.get(scenario.params);
        parameter.set(scenario.params, path.filename().string());
    }
    Hasher hasher;
    hasher.add(scenario_text(scenario));
    for (const Metric metric : plan.keep.metrics) hasher.add(metric_info(metric).name);
    hasher.add_all(std::span(plan.keep.days)).add_all(std::span(plan.keep.groups));
    return hasher.value();
}

std::string id_of(std::uint64_t common, const SweepCell& cell) {
    Hasher hasher;
    hasher.add(common).add(cell.seed);
    for (const auto& [parameter, value] : cell.settings) hasher.add(parameter->key).add(value);
    return hash_text(hasher.value());
}

void find_repeated(std::vector<SweepCell>& cells) {
    std::vector<std::size_t> order(cells.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return cells[a].id != cells[b].id ? cells[a].id < cells[b].id : a < b;
    });
    for (std::size_t k = 0; k < order.size(); ++k) {
        const bool is_repeated = k > 0 && cells[order[k - 1]].id == cells[order[k]].id;
        cells[order[k]].run_as = is_repeated ? cells[order[k - 1]].run_as : order[k];
    }
}

}  // namespace

double cell_count(const SweepPlan& plan) {
    const auto axes = static_cast<double>(plan.axes.size());
    double points = static_cast<double>(plan.count);
    switch (plan.points) {
        case PointKind::grid:
            points = 1;
            for (const SweepAxis& axis : plan.axes)
                points *= static_cast<double>(axis.values.size());
            break;
        case PointKind::latin:
        case PointKind::sobol:
            break;
        case PointKind::saltelli:
            points *= axes + 2;
            break;
        case PointKind::morris:
            points *= axes + 1;
            break;
    }
    return points * static_cast<double>(plan.seeds.size()) *
           (1 + static_cast<double>(plan.twins.size()));
}

// The design is drawn from the scenario's seed, and by a purpose that no run draws from.
Points plan_points(const SweepPlan& plan) {
    const Stream stream(plan.scenario.seed, Purpose::study, index_of(plan.points));
    const std::size_t axes = plan.axes.size();
    std::vector<std::size_t> counts;
    switch (plan.points) {
        case PointKind::grid:
            for (const SweepAxis& axis : plan.axes) counts.push_back(axis.values.size());
            return grid_design(counts);
        case PointKind::latin:
            return latin_design(plan.count, axes, stream);
        case PointKind::sobol:
            return sobol_design(plan.count, axes, stream);
        case PointKind::saltelli:
            return saltelli_design(plan.count, axes, stream);
        case PointKind::morris:
            return morris_design(plan.count, axes, stream);
    }
    CHECK(false);
}

std::vector<SweepCell> sweep_cells(const SweepPlan& plan) {
    const std::uint64_t common = common_hash(plan);
    const Points points = plan_points(plan);
    std::vector<SweepCell> cells;
    cells.reserve(static_cast<std::size_t>(cell_count(plan)));
    for (const std::uint64_t seed : plan.seeds) {
        for (std::size_t point = 0; point < points.size(); ++point) {
            for (std::size_t twin = 0; twin <= plan.twins.size(); ++twin) {
                SweepCell cell{.index = cells.size(),
                               .point = point,
                               .twin = twin,
                               .seed = seed,
                               .settings = {},
                               .id = {},
                               .run_as = 0};
                for (std::size_t axis = 0; axis < plan.axes.size(); ++axis)
                    cell.settings.push_back(
                        {plan.axes[axis].parameter, plan.axes[axis].at(points[point][axis])});
                if (twin > 0) {
                    const Settings& differences = plan.twins[twin - 1];
                    cell.settings.insert(cell.settings.end(), differences.begin(),
                                         differences.end());
                }
                cell.id = id_of(common, cell);
                cells.push_back(std::move(cell));
            }
        }
    }
    find_repeated(cells);
    return cells;
}

Scenario cell_scenario(const SweepPlan& plan, const SweepCell& cell) {
    Scenario scenario = plan.scenario;
    scenario.seed = cell.seed;
    for (const auto& [parameter, value] : cell.settings) parameter->set(scenario.params, value);
    return scenario;
}

}  // namespace cascadelab
