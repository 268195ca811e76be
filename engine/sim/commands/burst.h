// News breaks: the topic is worth more to everybody for some hours, less and less, and new items of
// it come as fast as the interest lasts.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"
#include "engine/sim/commands/release_items.h"

namespace cascadelab {

class SimulationState;

inline constexpr double kBurstStrengthLimit = 10;  // utility
inline constexpr double kBurstHoursLimit = 336;

struct Burst {
    static constexpr std::string_view kKey = "burst";
    static constexpr std::string_view kHelp = "News of a topic breaks.";
    TopicId topic;
    double strength = 2;  // utility it adds at first
    double hours = 24;    // until nothing is left of it
    std::int64_t releases = 24;

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.topic(self.topic);
        fields.number("strength", self.strength, 0, kBurstStrengthLimit,
                      "Utility it adds at first.");
        fields.number("hours", self.hours, 1, kBurstHoursLimit, "Until nothing is left of it.");
        fields.count("releases", self.releases, 0, kReleaseLimit, "New items it brings.");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
