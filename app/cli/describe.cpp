// validate, params and schema: what the program accepts, without running anything.
#include <algorithm>
#include <filesystem>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/store/scenario/command_json.h"

namespace cascadelab {
namespace {

std::string limits_text(const Parameter& parameter) {
    if (parameter.kind == Kind::boolean) return "true, false";
    if (parameter.kind == Kind::choice) {
        return join(std::vector<std::string>(parameter.choices.begin(), parameter.choices.end()),
                    ", ");
    }
    return number_text(parameter.minimum) + " to " + number_text(parameter.maximum);
}

std::string kind_text(Kind kind) {
    switch (kind) {
        case Kind::boolean:
            return "boolean";
        case Kind::integer:
            return "integer";
        case Kind::real:
            return "real";
        case Kind::choice:
            return "choice";
    }
    CHECK(false);
}

Json parameter_json(const Parameter& parameter) {
    Json out(Json::Object{});
    out.add("key", parameter.key).add("label", parameter.label).add("unit", parameter.unit);
    out.add("help", parameter.help).add("kind", kind_text(parameter.kind));
    out.add("default", value_json(parameter, parameter.initial()));
    if (parameter.kind == Kind::choice) {
        out.add("choices", Json::List(parameter.choices.begin(), parameter.choices.end()));
    } else if (parameter.kind != Kind::boolean) {
        out.add("minimum", parameter.minimum).add("maximum", parameter.maximum);
        out.add("step", parameter.step);
        out.add("scale", parameter.scale == Scale::linear ? "linear" : "logarithmic");
    }
    out.add("stage", stage_key(parameter.dirties));
    out.add("when", parameter.when == When::live ? "live" : "restart");
    return out;
}

Json path_parameter_json(const PathParameter& parameter) {
    Json out(Json::Object{});
    out.add("key", parameter.key).add("label", parameter.label).add("unit", "");
    out.add("help", parameter.help).add("kind", "path").add("default", "");
    return out.add("stage", stage_key(parameter.dirties)).add("when", "restart");
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

void print_text() {
    for (const Parameter& parameter : parameter_table()) {
        const std::string value = value_text(parameter, parameter.initial());
        const std::string unit = parameter.unit.empty() ? "" : " " + std::string(parameter.unit);
        answer(padded(std::string(parameter.key), 32) + padded(value + unit, 20) +
               padded(limits_text(parameter), 22) + std::string(parameter.help) +
               (parameter.when == When::restart ? " (restart)\n" : "\n"));
    }
    for (const PathParameter& parameter : path_parameter_table()) {
        answer(padded(std::string(parameter.key), 32) + padded("", 20) + padded("a path", 22) +
               std::string(parameter.help) + " (restart)\n");
    }
}

void print_markdown() {
    answer("| parameter | default | limits | what it is |\n| --- | --- | --- | --- |\n");
    for (const Parameter& parameter : parameter_table()) {
        std::string value = value_text(parameter, parameter.initial());
        if (!parameter.unit.empty()) value += " " + std::string(parameter.unit);
        answer("| `" + std::string(parameter.key) + "` | " + value + " | " +
               limits_text(parameter) + " | " + std::string(parameter.help) +
               (parameter.when == When::restart ? " *Restart.* |\n" : " |\n"));
    }
    for (const PathParameter& parameter : path_parameter_table()) {
        answer("| `" + std::string(parameter.key) + "` | none | a path | " +
               std::string(parameter.help) + " *Restart.* |\n");
    }
}

// What a scenario needs beside itself is there.
Status check_named_files(const Scenario& scenario) {
    for (const PathParameter& parameter : path_parameter_table()) {
        const std::string path = parameter.get(scenario.params);
        std::error_code error;
        if (path.empty() || std::filesystem::is_directory(path, error)) continue;
        const Status there = check_readable(path, "what " + std::string(parameter.key) + " names");
        if (!there) return there;
    }
    return Done{};
}

}  // namespace

ExitCode validate_command(const std::vector<std::string>& scenarios) {
    ExitCode worst = ExitCode::ok;
    for (const std::string& name : scenarios) {
        const auto scenario = choose_scenario({name, {}, "", {}});
        const Status others = scenario ? check_named_files(scenario.value()) : Status(Done{});
        if (!others) {
            worst = std::max(worst, complain(others.problem()));
        } else if (scenario) {
            say(name + ": valid, \"" + scenario.value().title + "\"");
        } else {
            worst = std::max(worst, complain(scenario.problem()));
        }
    }
    return worst;
}

ExitCode params_command(const ParamsForm& form) {
    if (form == ParamsForm::text) print_text();
    if (form == ParamsForm::markdown) print_markdown();
    if (form == ParamsForm::json) {
        Json list(Json::List{});
        for (const Parameter& parameter : parameter_table()) list.append(parameter_json(parameter));
        for (const PathParameter& parameter : path_parameter_table()) {
            list.append(path_parameter_json(parameter));
        }
        answer(json_pages(list));
    }
    return ExitCode::ok;
}

ExitCode schema_command() {
    answer(scenario_schema());
    return ExitCode::ok;
}

}  // namespace cascadelab
