// The commands of the command line, one function each: they print and give the exit code. What
// they are asked stands in plain structs that main.cpp fills.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/store/scenario.h"

namespace cascadelab {

// A scenario and what the command line changes in it.
struct ScenarioChoice {
    std::string scenario;               // path or bare name
    std::optional<std::int64_t> days;   // 1..3650
    std::string seed;                   // digits; empty: the scenario's
    std::vector<std::string> settings;  // "key=value"
};
Result<Scenario> choose_scenario(const ScenarioChoice& choice);

ExitCode validate_command(const std::vector<std::string>& scenarios);

enum class ParamsForm { text, json, markdown };
ExitCode params_command(ParamsForm form);
ExitCode schema_command();

}  // namespace cascadelab
