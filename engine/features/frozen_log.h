// What a training reads: the run's log and what stands beside it at one moment. A value; copying
// shares. Any thread.
#pragma once

#include <memory>
#include <vector>

#include "engine/features/point_in_time.h"
#include "engine/params/params.h"
#include "engine/world/people/population.h"

namespace cascadelab {

struct FrozenLog {
    std::uint64_t seed = 0;
    std::uint64_t tick = 0;
    Params params;
    Seconds now_s = 0;
    JoinInputs join;  // log, batches, checkpoints, catalogue
    std::vector<std::shared_ptr<const LoggedRequest>> requests;  // newest logged requests
    std::shared_ptr<const std::vector<Device>> devices;          // per person
};

}  // namespace cascadelab
