#include "engine/params/table.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

constexpr auto kStageLabels = enum_names<Stage>({{Stage::world, "World"},
                                                 {Stage::behaviour, "Behaviour"},
                                                 {Stage::supply, "Supply"},
                                                 {Stage::features, "Feature store"},
                                                 {Stage::retrieval, "Retrieval"},
                                                 {Stage::generative, "Generative"},
                                                 {Stage::ranking, "Ranking"},
                                                 {Stage::rerank, "Re-ranking"},
                                                 {Stage::explore, "Exploration"},
                                                 {Stage::serving, "Serving"},
                                                 {Stage::training, "Training"},
                                                 {Stage::metrics, "Metrics"},
                                                 {Stage::run, "Run"}});

constexpr auto kStageKeys = enum_names<Stage>({{Stage::world, "world"},
                                               {Stage::behaviour, "behaviour"},
                                               {Stage::supply, "supply"},
                                               {Stage::features, "features"},
                                               {Stage::retrieval, "retrieval"},
                                               {Stage::generative, "generative"},
                                               {Stage::ranking, "ranking"},
                                               {Stage::rerank, "rerank"},
                                               {Stage::explore, "explore"},
                                               {Stage::serving, "serving"},
                                               {Stage::training, "training"},
                                               {Stage::metrics, "metrics"},
                                               {Stage::run, "run"}});

}  // namespace

std::string_view stage_label(Stage stage) {
    return kStageLabels[stage];
}

std::string_view stage_key(Stage stage) {
    return kStageKeys[stage];
}

const Parameter* find_parameter(std::string_view key) {
    for (const Parameter& parameter : parameter_table()) {
        if (parameter.key == key) return &parameter;
    }
    return nullptr;
}

const PathParameter* find_path_parameter(std::string_view key) {
    for (const PathParameter& parameter : path_parameter_table()) {
        if (parameter.key == key) return &parameter;
    }
    return nullptr;
}

std::string value_text(const Parameter& parameter, double value) {
    switch (parameter.kind) {
        case Kind::boolean:
            return value != 0 ? "true" : "false";
        case Kind::choice:
            return std::string(parameter.choices[static_cast<std::size_t>(value)]);
        case Kind::integer:
        case Kind::real:
            return number_text(value);
    }
    CHECK(false);
}

std::string accepted_text(const Parameter& parameter) {
    switch (parameter.kind) {
        case Kind::boolean:
            return "true or false";
        case Kind::choice: {
            const std::vector<std::string> names(parameter.choices.begin(),
                                                 parameter.choices.end());
            return "one of " + join(names, ", ");
        }
        case Kind::integer:
        case Kind::real:
            return (parameter.kind == Kind::integer ? "a whole number from " : "a number from ") +
                   number_text(parameter.minimum) + " to " + number_text(parameter.maximum);
    }
    CHECK(false);
}

Status check_value(const Parameter& parameter, double value) {
    const bool whole = parameter.kind == Kind::real || value == std::floor(value);
    if (std::isfinite(value) && whole && value >= parameter.minimum && value <= parameter.maximum) {
        return Done{};
    }
    return Problem{"", std::string(parameter.key), number_text(value), accepted_text(parameter)};
}

Result<double> parse_value(const Parameter& parameter, std::string_view text) {
    const Problem problem{"", std::string(parameter.key), quoted(text), accepted_text(parameter)};
    switch (parameter.kind) {
        case Kind::boolean:
            if (text == "true" || text == "1") return 1.0;
            if (text == "false" || text == "0") return 0.0;
            return problem;
        case Kind::choice: {
            const auto found = std::ranges::find(parameter.choices, text);
            if (found == parameter.choices.end()) return problem;
            return static_cast<double>(found - parameter.choices.begin());
        }
        case Kind::integer:
        case Kind::real: {
            const auto value = parse_number(text);
            if (!value) return problem;
            if (const Status status = check_value(parameter, *value); !status)
                return status.problem();
            return *value;
        }
    }
    CHECK(false);
}

Result<const Parameter*> require_parameter(std::string_view key) {
    if (const Parameter* parameter = find_parameter(key)) return parameter;
    std::vector<std::string_view> keys;
    for (const Parameter& parameter : parameter_table()) keys.push_back(parameter.key);
    for (const PathParameter& parameter : path_parameter_table()) keys.push_back(parameter.key);
    const std::string near = nearest_word(key, keys);
    return Problem{"", cut_text(key, 80), "an unknown parameter",
                   near.empty() ? "a key that `cascadelab-cli params` lists" : "perhaps " + near};
}

Status apply_setting(Params& params, std::string_view setting) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string_view::npos) {
        return Problem{"--set", "", quoted(setting), "key=value", ExitCode::usage};
    }
    if (const PathParameter* path = find_path_parameter(setting.substr(0, equals))) {
        path->set(params, std::string(setting.substr(equals + 1)));
        return Done{};
    }
    const auto parameter = require_parameter(setting.substr(0, equals));
    Problem problem;
    if (parameter) {
        const auto value = parse_value(*parameter.value(), setting.substr(equals + 1));
        if (value) {
            parameter.value()->set(params, value.value());
            return Done{};
        }
        problem = value.problem();
    } else {
        problem = parameter.problem();
    }
    problem.file = "--set";
    return problem;
}

double estimated_memory_mib(const Params& params) {
    const double people =
        static_cast<double>(params.world.people) + params.world.new_people_per_day * 45;
    const double days = params.features.retention_days;
    const double items =
        static_cast<double>(params.world.items) + params.world.new_items_per_day * 45;
    const double width = static_cast<double>(params.training.tower_dims + params.training.mf_dims +
                                             params.training.hstu_dims);
    // Bytes a person, an item and an impression kept in the log; measured on the default scenario,
    // rounded up.
    const double impressions = people * params.world.sessions_per_day * 30 * days;
    const double bytes =
        people * (3000 + 8 * width) + items * (2500 + 24 * width) + impressions * 60;
    return 150 + bytes / (1024 * 1024);
}

Status check_together(const Params& params, double memory_mib) {
    if (params.rerank.slate_size > params.ranking.keep) {
        return Problem{"", "ranking.keep", number_text(static_cast<double>(params.ranking.keep)),
                       "at least rerank.slate_size (" +
                           number_text(static_cast<double>(params.rerank.slate_size)) + ")"};
    }
    if (params.world.niche_share + params.world.eclectic_share > 1) {
        return Problem{"", "world.eclectic_share", number_text(params.world.eclectic_share),
                       "at most " + number_text(1 - params.world.niche_share) +
                           ", what world.niche_share leaves"};
    }
    if (params.serving.region_1 + params.serving.region_2 + params.serving.region_3 <= 0) {
        return Problem{"", "serving.region_1", "no region with people in it",
                       "a weight over 0 for at least one of three regions"};
    }
    if (const double need = estimated_memory_mib(params); need > memory_mib) {
        return Problem{
            "", "world.people, world.items",
            "sizes that need about " + grouped_text(static_cast<std::int64_t>(need)) + " MiB",
            "sizes that fit into the " + grouped_text(static_cast<std::int64_t>(memory_mib)) +
                " MiB of this machine"};
    }
    return Done{};
}

namespace {

// What nothing reads until one of its group is moved: a run without the fleet, or without a
// simulated language model, keeps the hash it always had.
bool may_be_absent(const Parameter& parameter) {
    return parameter.dirties == Stage::serving || parameter.key.starts_with("language.");
}

}  // namespace

void hash_params(const Params& params, Hasher& hasher) {
    for (const Parameter& parameter : parameter_table()) {
        const double value = parameter.get(params);
        if (!may_be_absent(parameter)) {
            hasher.add(value);
        } else if (value != parameter.initial()) {
            hasher.add(parameter.key).add(value);
        }
    }
}

}  // namespace cascadelab
