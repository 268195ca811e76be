// A scenario that comes with the program, by its name, for tests that run it. One thread.
#pragma once

#include "engine/store/scenario/library.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

inline Result<Scenario> library_scenario(const std::string& name) {
    const auto path = find_scenario(name);
    if (!path) return path.problem();
    return read_scenario(path.value());
}

}  // namespace cascadelab
