// Where scenarios are found: by path, or by bare name in the scenarios that come with the program.
// Reads folders only. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"

namespace cascadelab {

// Scenario files that come with the program, by name; empty when the folder is not found.
std::vector<std::string> scenario_library();

// The path of a scenario: the text itself when it names a file, else NAME.cascade.json in the
// library. A Problem suggests the nearest name.
Result<std::string> find_scenario(const std::string& name_or_path);

}  // namespace cascadelab
