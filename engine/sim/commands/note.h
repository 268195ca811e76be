// A mark in the timeline; changes nothing.
#pragma once

#include <string>

#include "engine/base/error.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct Note {
    static constexpr std::string_view kKey = "note";
    static constexpr std::string_view kHelp = "A mark in the timeline.";
    std::string text;

    Status check(const Params&) const { return Done{}; }  // any text will do
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
