// Which scenario the command line means, with what it changes in it.
#include <algorithm>
#include <filesystem>

#include "app/cli/commands.h"
#include "engine/params/table.h"
#include "engine/store/json/json.h"
#include "engine/store/scenario/library.h"

namespace cascadelab {
namespace {

Status change(Scenario& scenario, const ScenarioChoice& choice) {
    for (const std::string& setting : choice.settings) {
        if (const Status status = apply_setting(scenario.params, setting); !status) return status;
    }
    // In a scenario paths are absolute by now; those typed here begin in the working directory.
    for (const PathParameter& parameter : path_parameter_table()) {
        const std::string path = parameter.get(scenario.params);
        if (path.empty()) continue;
        std::error_code error;
        const auto whole = std::filesystem::absolute(path, error);
        if (error) {
            return Problem{"--set", std::string(parameter.key),
                           "a relative path where the working folder is gone",
                           "a path from the root", ExitCode::input_output};
        }
        parameter.set(scenario.params, whole.lexically_normal());
    }
    if (const Status fits = check_params(scenario.params, "--set"); !fits) return fits;
    if (!choice.seed.empty()) {
        const auto seed = parse_seed(choice.seed);
        if (!seed) {
            return Problem{"--seed", "", Json(choice.seed).found_text(),
                           "a whole number from 0 to 18446744073709551615", ExitCode::usage};
        }
        scenario.seed = *seed;
    }
    if (choice.days) {
        // What would happen or be measured later is no part of this run.
        scenario.days = *choice.days;
        std::erase_if(scenario.timeline, [&](const TimelineEntry& entry) {
            return entry.time_s >= scenario.days * kDay;
        });
        std::erase_if(scenario.expect, [&](const Expectation& expectation) {
            return std::max(expectation.day, expectation.relative_to_day.value_or(1)) >
                   scenario.days;
        });
    }
    return Done{};
}

}  // namespace

Result<Scenario> choose_scenario(const ScenarioChoice& choice) {
    const auto path = find_scenario(choice.scenario);
    if (!path) return path.problem();
    auto scenario = read_scenario(path.value());
    if (!scenario) return scenario.problem();
    const bool changed = !choice.settings.empty() || !choice.seed.empty() || choice.days;
    if (!changed) return scenario;
    if (const Status status = change(scenario.value(), choice); !status) return status.problem();
    scenario.value().expected_hash.clear();
    // Read once more: a timeline may not fit the new parameters (a person who is no longer there).
    return parse_scenario(scenario_text(scenario.value()), path.value());
}

}  // namespace cascadelab
