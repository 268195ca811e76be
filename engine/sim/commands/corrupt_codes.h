// Semantic IDs are damaged: a random share of the items answers to codes that say nothing of them,
// until the codebook is rebuilt. Nothing happens where there are no codes yet.
#pragma once

#include <string>

#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct CorruptCodes {
    static constexpr std::string_view kKey = "corrupt_codes";
    static constexpr std::string_view kHelp = "Semantic IDs are damaged.";
    double share = 0.3;  // 0..1

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.number("share", self.share, 0, 1, "Share of the items whose codes are scrambled.");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
