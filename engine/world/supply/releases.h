// How an item comes to be: creator and topic, place in taste space, what its card and content show
// of it. Called at the barrier, by one thread.
#pragma once

#include "engine/base/random.h"
#include "engine/params/params.h"
#include "engine/world/supply/rated_catalogue.h"
#include "engine/world/supply/supply.h"

namespace cascadelab {

// What is decided about an item before it is made; the rest is drawn.
struct Commission {
    CreatorId creator;
    TopicId topic;
    double quality = 0;
    Seconds released_s = 0;
    // Title, sub-topic and place in taste space stand there under the new item's id; null: drawn.
    const RatedCatalogue* rated = nullptr;
};

// The creator, topic and quality of a release that nobody asked for.
Commission draw_commission(const Supply& supply, Seconds released_s, Stream& stream);
ItemId make_item(Supply& supply, const Params& params, const Commission& commission,
                 Stream& stream);
// Adds one item of a topic now, e.g. from a scenario's timeline.
ItemId release_item(Supply& supply, const Params& params, TopicId topic, double quality,
                    Seconds now_s, Stream stream);

}  // namespace cascadelab
