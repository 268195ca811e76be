// How the parts of a world are made and moved on: what make_world and advance_world are put
// together from. Not an interface for other rooms. One thread.
#pragma once

#include "engine/world/rated_catalogue.h"
#include "engine/world/world.h"

namespace cascadelab {

// Rows of taste, people with their traits and the time of their first session. With ratings from
// outside tastes and segments are those of their people, who come round again, each time a little
// different, when the world has more.
Population make_population(const Params& params, const RowTable& topic_centres, std::uint64_t seed,
                           const RatedCatalogue* rated = nullptr);

std::vector<Creator> make_creators(const Params& params, std::uint64_t seed);
// Once a day, at the speed of world.creator_response: creators shift toward the topics that paid,
// promise as loudly as those whom it paid, or give up when nobody looks; others enter.
void review_creators(World& world, const Params& params, std::uint64_t tick);

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
Commission draw_commission(const World& world, Seconds released_s, Stream& stream);
ItemId make_item(World& world, const Params& params, const Commission& commission, Stream& stream);

// Utility that trends add at now_s: pulses that start on some days, rise and fall within a week.
std::array<float, kTopicCount> trends_at(const WorldParams& params, std::uint64_t seed,
                                         Seconds now_s);

// Utility that is left of a piece of news at now_s, and how many of its items are out by then:
// their rate falls with the interest, the first comes at once.
double interest_left(const BreakingNews& news, Seconds now_s);
std::int64_t items_due(const BreakingNews& news, Seconds now_s);

// Names without a surname, from many places; the name under which a creator publishes.
std::string first_name(Stream& stream);
std::string creator_name(DomainPackName pack, TopicId topic, Stream& stream);

}  // namespace cascadelab
