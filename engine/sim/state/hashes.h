// What a run is known by: one hash an ingredient of its state. A value; any thread.
#pragma once

#include <cstdint>

namespace cascadelab {

// One hash an ingredient, so that a difference says what moved. params and log are of this tick;
// world, features, models and metrics are taken anew when a metric window closes and carried over
// in between.
struct Hashes {
    std::uint64_t params = 0, world = 0, features = 0, models = 0, log = 0, metrics = 0;
    std::uint64_t all() const;
    friend bool operator==(const Hashes&, const Hashes&) = default;
};

}  // namespace cascadelab
