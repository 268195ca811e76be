// The lists that need no training: what is trending, what a search for a topic finds, what is new.
// Renewed every virtual hour at the barrier.
#pragma once

#include "engine/cascade/request/published.h"
#include "engine/params/params.h"
#include "engine/world/world.h"

namespace cascadelab {

// Fills popularity, topic_lists (popular first, then newest) and newest from the watches up to
// now_s.
void publish_lists(PublishedModels& models, const EventLog& log, const World& world,
                   const Params& params, Seconds now_s);

}  // namespace cascadelab
