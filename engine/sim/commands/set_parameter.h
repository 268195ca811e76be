// Moves one parameter while the world runs.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct SetParameter {
    static constexpr std::string_view kKey = "set";
    std::string key;
    double value = 0;  // in table form (params/table.h)

    Status check(const Params& params) const;
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
