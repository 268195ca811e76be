// New items of a topic appear now.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

inline constexpr std::int64_t kReleaseLimit = 10000;  // items of one command
inline constexpr double kQualityLimit = 5;            // standard deviations

struct ReleaseItems {
    static constexpr std::string_view kKey = "release";
    static constexpr std::string_view kHelp = "New items appear.";
    TopicId topic;
    double quality = 0;  // standard deviations from the mean
    std::int64_t count = 1;

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.topic(self.topic);
        fields.number("quality", self.quality, -kQualityLimit, kQualityLimit,
                      "Standard deviations from the mean.");
        fields.count("count", self.count, 1, kReleaseLimit, "How many items.");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
