#include "engine/sweep/plan/sweep_plan.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/store/json/object_reader.h"
#include "engine/store/scenario/command_json.h"
#include "engine/store/scenario/library.h"
#include "engine/sweep/design/sobol_sequence.h"
#include "engine/sweep/plan/plan_checks.h"
#include "engine/sweep/plan/plan_fields.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;

constexpr auto kPointKinds = enum_names<PointKind>({{PointKind::grid, "grid"},
                                                    {PointKind::latin, "latin"},
                                                    {PointKind::sobol, "sobol"},
                                                    {PointKind::saltelli, "saltelli"},
                                                    {PointKind::morris, "morris"}});

// --- parameters

const Parameter* read_parameter(std::string_view key, const std::string& path, Trouble& trouble) {
    const auto parameter = require_parameter(key);
    if (parameter) return parameter.value();
    trouble.report(parameter.problem(), path);
    return nullptr;
}

// A value at a place of the plan; the parameter's default where it is wrong.
double read_setting(const Parameter& parameter, const Json& json, const std::string& path,
                    Trouble& trouble) {
    const auto value = read_value(parameter, json);
    if (value) return value.value();
    trouble.report(value.problem(), path);
    return parameter.initial();
}

// {"rerank.diversity": 0.5, ...}
Settings read_settings(const Json& json, const std::string& path, Trouble& trouble) {
    Settings settings;
    if (json.object() == nullptr) {
        trouble.report(path, json.found_text(), "an object of parameters");
        return settings;
    }
    for (const auto& [key, value] : *json.object()) {
        const std::string place = join_path(path, key);
        if (const Parameter* parameter = read_parameter(key, place, trouble))
            settings.push_back({parameter, read_setting(*parameter, value, place, trouble)});
    }
    return settings;
}

// --- axes

void read_list(ObjectReader& reader, SweepAxis& axis, Trouble& trouble) {
    for (const Json& json : reader.list("values")) {
        const std::string path = entry_path(reader.path("values"), axis.values.size());
        const double value = read_setting(*axis.parameter, json, path, trouble);
        if (std::ranges::find(axis.values, value) != axis.values.end())
            trouble.report(path, "a value for the second time", "each value once");
        axis.values.push_back(value);
    }
    if (axis.values.empty()) reader.report("values", "an empty axis", "at least one value");
}

void read_range(ObjectReader& reader, SweepAxis& axis, Trouble& trouble) {
    const Parameter& parameter = *axis.parameter;
    const Json::List& ends = reader.list("range");
    if (parameter.kind == Kind::boolean || parameter.kind == Kind::choice)
        return reader.report("range", "a range of " + std::string(parameter.key),
                             "its values in a list");
    if (ends.size() != 2)
        return reader.report("range", "a list of " + std::to_string(ends.size()),
                             "the lowest and the highest value");
    axis.low = read_setting(parameter, ends[0], entry_path(reader.path("range"), 0), trouble);
    axis.high = read_setting(parameter, ends[1], entry_path(reader.path("range"), 1), trouble);
    axis.is_log = reader.flag("log");
    if (axis.low >= axis.high)
        reader.report("range", number_text(axis.low) + " to " + number_text(axis.high),
                      "a lowest value below the highest");
    if (axis.is_log && axis.low <= 0)
        reader.report("range", "a logarithmic range from " + number_text(axis.low),
                      "a lowest value above 0");
}

// In a grid: the values of a range, both ends among them; whole numbers that fall together once.
void take_steps(ObjectReader& reader, SweepAxis& axis) {
    reader.require("steps", "how many values of the range");
    const auto steps = reader.integer("steps", 2, static_cast<std::int64_t>(kMostSteps));
    if (!steps) return;
    std::vector<double> values;  // apart: an axis that has some is asked for one of them
    for (std::int64_t step = 0; step < *steps; ++step) {
        const double value = axis.at(static_cast<double>(step) / static_cast<double>(*steps - 1));
        if (values.empty() || values.back() != value) values.push_back(value);
    }
    axis.values = std::move(values);
}

SweepAxis read_axis(const Json& json, const std::string& path, PointKind points, Trouble& trouble) {
    ObjectReader reader(json, path, trouble, keys_of(kAxisFields));
    reader.require("key", "a parameter");
    SweepAxis axis;
    axis.parameter = read_parameter(reader.text("key"), reader.path("key"), trouble);
    if (axis.parameter == nullptr || trouble.first) return axis;
    if (reader.has("values") == reader.has("range")) {
        trouble.report(path, reader.has("values") ? "values and a range" : "an empty axis",
                       "one of values, range");
    } else if (reader.has("values")) {
        read_list(reader, axis, trouble);
    } else {
        read_range(reader, axis, trouble);
        if (points == PointKind::grid && !trouble.first) take_steps(reader, axis);
    }
    if (!reader.has("range") && (reader.has("log") || reader.has("steps")))
        trouble.report(path, "log or steps beside values", "them with a range only");
    return axis;
}

void read_axes(ObjectReader& reader, SweepPlan& plan, Trouble& trouble) {
    reader.require("axes", "a list of axes");
    for (const Json& json : reader.list("axes")) {
        const std::string path = entry_path("axes", plan.axes.size());
        SweepAxis axis = read_axis(json, path, plan.points, trouble);
        if (trouble.first) return;
        if (std::ranges::find(plan.axes, axis.parameter, &SweepAxis::parameter) != plan.axes.end())
            trouble.report(path + ".key", "the parameter of another axis", "one axis a parameter");
        plan.axes.push_back(std::move(axis));
    }
    if (plan.axes.empty()) reader.report("axes", "no axis", "at least one axis");
    const std::size_t most =
        SobolSequence::kMostAxes / (plan.points == PointKind::saltelli ? 2 : 1);
    if (plan.points != PointKind::grid && plan.axes.size() > most)
        reader.report("axes", std::to_string(plan.axes.size()) + " axes",
                      "at most " + std::to_string(most));
}

// --- the rest

void read_points(ObjectReader& reader, SweepPlan& plan) {
    if (reader.has("points")) {
        const std::string name = reader.text("points");
        const auto found = std::ranges::find(kPointKinds, name);
        if (found == kPointKinds.end()) {
            reader.report("points", reader.found_text("points"),
                          expected_word(name, {kPointKinds.data(), kPointKinds.size()}));
        } else {
            plan.points = static_cast<PointKind>(found - kPointKinds.begin());
        }
    }
    const bool is_grid = plan.points == PointKind::grid;
    if (is_grid && reader.has("count"))
        return reader.report("count", "a count of a grid", "count with other points only");
    if (!is_grid) reader.require("count", "how many points");
    const auto count = reader.integer("count", 1, static_cast<std::int64_t>(kMostPoints));
    plan.count = static_cast<std::size_t>(count.value_or(0));
}

void read_seeds(ObjectReader& reader, SweepPlan& plan, Trouble& trouble) {
    const Json* json = reader.find("seeds");
    if (json != nullptr && json->list() != nullptr) {
        for (const Json& entry : *json->list()) {
            const std::string path = entry_path("seeds", plan.seeds.size());
            const auto whole = entry.integer();
            const auto large = entry.text() ? parse_seed(*entry.text()) : std::nullopt;
            if (!large && (!whole || *whole < 0))
                trouble.report(path, entry.found_text(), "a whole number, large ones in quotes");
            const std::uint64_t seed =
                large ? *large : static_cast<std::uint64_t>(whole.value_or(0));
            if (std::ranges::find(plan.seeds, seed) != plan.seeds.end())
                trouble.report(path, "a seed for the second time", "each seed once");
            plan.seeds.push_back(seed);
        }
        if (plan.seeds.empty()) reader.report("seeds", "no seed", "at least one");
        return;
    }
    const auto count =
        reader.integer("seeds", 1, static_cast<std::int64_t>(kMostSeeds)).value_or(1);
    for (std::int64_t k = 0; k < count; ++k)
        plan.seeds.push_back(plan.scenario.seed + static_cast<std::uint64_t>(k));
}

// Known names in a list, as their places in the order of name_of.
template <class NameOf>
std::vector<std::size_t> read_names(ObjectReader& reader, std::string_view key, std::size_t count,
                                    NameOf&& name_of, Trouble& trouble) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < count; ++i) known.push_back(name_of(i));
    std::vector<std::size_t> out;
    for (const std::string& name : reader.texts(key)) {
        const auto found = std::ranges::find(known, name);
        const std::string path = entry_path(reader.path(key), out.size());
        const auto place = static_cast<std::size_t>(found - known.begin());
        if (found == known.end()) {
            trouble.report(path, Json(name).found_text(), expected_word(name, known));
        } else if (std::ranges::find(out, place) != out.end()) {
            trouble.report(path, "a name for the second time", "each once");
        }
        out.push_back(place);
    }
    if (reader.has(key) && out.empty()) reader.report(key, "an empty list", "at least one name");
    return out;
}

void read_keep(const Json& json, SweepPlan& plan, Trouble& trouble) {
    ObjectReader reader(json, "keep", trouble, keys_of(kKeepFields));
    const auto metrics = read_names(
        reader, "metrics", enum_count<Metric>,
        [](std::size_t i) { return metric_info(static_cast<Metric>(i)).name; }, trouble);
    for (const std::size_t metric : metrics)
        plan.keep.metrics.push_back(static_cast<Metric>(metric));
    plan.keep.groups = read_names(reader, "groups", kGroupCount, group_name, trouble);
    for (const Json& entry : reader.list("days")) {
        const auto day = entry.integer();
        if (!day || *day < 1 || *day > plan.scenario.days)
            trouble.report(entry_path("keep.days", plan.keep.days.size()), entry.found_text(),
                           "a day of the run, 1 to " + std::to_string(plan.scenario.days));
        plan.keep.days.push_back(day.value_or(1));
    }
    std::ranges::sort(plan.keep.days);
    plan.keep.days.erase(std::ranges::unique(plan.keep.days).begin(), plan.keep.days.end());
}

void fill_keep(SweepPlan& plan) {
    if (plan.keep.metrics.empty())
        plan.keep.metrics.assign(every<Metric>.begin(), every<Metric>.end());
    if (plan.keep.groups.empty()) plan.keep.groups = {0};
    if (plan.keep.days.empty()) plan.keep.days = {plan.scenario.days};
}

// What would happen later than the last day is no part of a run; what is promised is not of the
// varied ones.
void shorten(Scenario& scenario, std::int64_t days) {
    scenario.days = days;
    std::erase_if(scenario.timeline,
                  [&](const TimelineEntry& entry) { return entry.time_s >= scenario.days * kDay; });
    scenario.expect.clear();
    scenario.expected_hash.clear();
}

Result<Scenario> find_and_read(const std::string& name, const std::string& file) {
    if (name.find_first_of("/.") != std::string::npos)
        return read_scenario((fs::path(file).parent_path() / name).lexically_normal().string());
    const auto path = find_scenario(name);
    if (!path) {
        return Problem{file, "scenario", Json(name).found_text() + ", no such file or scenario",
                       path.problem().expected, path.problem().code};
    }
    return read_scenario(path.value());
}

void read_heading(const Json& json, Trouble& trouble) {
    const Json* format = json.find("format");
    if (format == nullptr || format->text() == nullptr || *format->text() != kSweepFormat) {
        trouble.report(json.object() ? "format" : "",
                       format          ? format->found_text()
                       : json.object() ? "nothing"
                                       : json.found_text(),
                       Json(kSweepFormat).found_text());
    }
    const Json* version = json.find("version");
    const auto number = version ? version->integer() : std::nullopt;
    if (number && *number > kSweepVersion) {
        trouble.report("version", std::to_string(*number) + " of a newer CascadeLab",
                       "at most " + std::to_string(kSweepVersion));
    } else if (number != kSweepVersion) {
        trouble.report("version", version ? version->found_text() : "nothing",
                       std::to_string(kSweepVersion));
    }
}

// Everything but the scenario itself, which stands in the plan already.
void read_fields(ObjectReader& reader, SweepPlan& plan, Trouble& trouble) {
    reader.require("title", "a title");
    plan.title = reader.text("title");
    plan.why = reader.text("why");
    const auto days = reader.integer("days", 1, static_cast<std::int64_t>(kMostDays));
    shorten(plan.scenario, days.value_or(plan.scenario.days));
    if (const Json* set = reader.find("set")) {
        for (const Setting& setting : read_settings(*set, "set", trouble))
            setting.parameter->set(plan.scenario.params, setting.value);
    }
    read_points(reader, plan);
    read_axes(reader, plan, trouble);
    read_seeds(reader, plan, trouble);
    for (const Json& twin : reader.list("twins"))
        plan.twins.push_back(read_settings(twin, entry_path("twins", plan.twins.size()), trouble));
    if (const Json* keep = reader.find("keep")) read_keep(*keep, plan, trouble);
    fill_keep(plan);
    if (const Json* budget = reader.find("budget"); budget != nullptr && budget->object())
        plan.budget_minutes = ObjectReader(*budget, "budget", trouble, keys_of(kBudgetFields))
                                  .number("minutes", 0, kMostMinutes);
    if (trouble.first) return;
    check_plan(plan, reader.find("budget"), trouble);
}

}  // namespace

std::string_view point_kind_name(PointKind kind) {
    return kPointKinds[kind];
}

std::string settings_text(const Settings& settings) {
    std::vector<std::string> parts;
    for (const auto& [parameter, value] : settings)
        parts.push_back(std::string(parameter->key) + "=" + value_text(*parameter, value));
    return join(parts, ", ");
}

double SweepAxis::at(double coordinate) const {
    if (!values.empty()) {
        const auto count = static_cast<double>(values.size());
        const auto place = static_cast<std::size_t>(std::min(coordinate * count, count - 1));
        return values[place];
    }
    double value =
        is_log ? low * std::pow(high / low, coordinate) : low + (high - low) * coordinate;
    if (parameter->kind == Kind::integer) value = std::round(value);
    return std::clamp(value, low, high);
}

Result<SweepPlan> parse_sweep_plan(std::string_view text, const std::string& file) {
    const auto json = parse_json(text, file);
    if (!json) return json.problem();
    Trouble trouble{file, {}};
    read_heading(json.value(), trouble);
    if (trouble.first) return *trouble.first;
    ObjectReader reader(json.value(), "", trouble, keys_of(kPlanFields));
    reader.require("scenario", "the name or path of a scenario");
    const std::string name = reader.text("scenario");
    if (trouble.first) return *trouble.first;
    const auto scenario = find_and_read(name, file);
    if (!scenario) return scenario.problem();
    SweepPlan plan;
    plan.document = json.value();
    plan.scenario = plan.original = scenario.value();
    read_fields(reader, plan, trouble);
    if (trouble.first) return *trouble.first;
    return plan;
}

Result<SweepPlan> read_sweep_plan(const std::string& path) {
    const auto text = read_whole(path, kLargestPlan, "a sweep plan that can be read");
    if (!text) return text.problem();
    return parse_sweep_plan(text.value(), path);
}

}  // namespace cascadelab
