// What one tick tells those who drive the simulation. A value; any thread.
#pragma once

#include <memory>
#include <vector>

#include "engine/base/error.h"
#include "engine/cascade/request/trace.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/metrics/metric_point.h"
#include "engine/sim/state/hashes.h"

namespace cascadelab {

struct TickReport {
    std::uint64_t tick = 0;  // number of ticks done, 1 after the first
    Seconds now_s = 0;       // virtual time at its end
    Hashes hashes;
    std::vector<Command> applied;  // in order; refused ones are not in it
    std::vector<Problem> refused;  // commands that failed their check; nothing of them was applied
    std::shared_ptr<const MetricPoint>
        metrics;  // when a metric window closed at this tick (every three virtual hours)
    std::vector<std::shared_ptr<const CascadeTrace>> traces;  // sampled: at most one a virtual hour
    std::uint64_t requests = 0;                               // served in this tick
};

}  // namespace cascadelab
