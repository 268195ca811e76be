// How people choose, watch, tire and come back. utility() is the one definition of what an item is
// worth to a person at a moment: responses, the oracle and the metrics all call it. A person's
// state is changed by one thread at a time.
#pragma once

#include <span>
#include <vector>

#include "engine/base/random.h"
#include "engine/params/params.h"
#include "engine/world/events/event.h"
#include "engine/world/events/page.h"
#include "engine/world/people/population.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

// What a moment is made of beside person and item.
struct Surroundings {
    const WorldParams& params;
    const BehaviourParams& behaviour;
    const SupplyParams& supply;
    const DomainPack& pack;
    const Catalogue& catalogue;
    std::span<const float> trend;   // kTopicCount: utility that trends add now
    const RowTable& topic_centres;  // what a person who searches asks for
    std::uint64_t seed;             // of the world: what a person knows of an item is fixed by it
};

// Whether the people of a segment have a trait.
constexpr bool has_trait(Who who, Segment segment) {
    return (static_cast<unsigned>(who) >> static_cast<unsigned>(segment) & 1u) != 0;
}
// How long a person bears with a session and how calmly: own temper times that of the segment.
double patience_of(const BehaviourParams& params, const Person& person);
// How far a page's or a session's pleasure satisfies, 0..1: 63 % at a pleasure of 0.8, never all.
double satisfaction_of(double pleasure);

// Mean utility (without choice noise) of an item for a person at time now_s:
//   taste_weight <taste_p, taste_i> + quality_weight quality_i + context_weight fit(hour, device,
//   duration)
//   - satiation(topic, now) + sensitisation(topic, now) + trend(topic) + search_wish (topic
//   searched for a while ago) - ageing - penalty when already watched + pull of an item that was
//   left unfinished: unfinished_pull * share seen * 2^(-age / half-life), from an hour after it was
//   left (interrupted tasks are taken up again, Ovsiankina 1928; the more so the nearer their end,
//   Kivetz et al. 2006).
double utility(const Surroundings& around, const Population& population, PersonId person,
               ItemId item, Seconds now_s);

// The same for every item of the catalogue at once; out has one place an item.
void utilities(const Surroundings& around, const Population& population, PersonId person,
               Seconds now_s, std::span<double> out);

// Utility of doing something else instead: the no-choice option of the conditional logit.
double outside_utility(const WorldParams& params);

// What a person did with one page, and what is left of the session afterwards.
struct Response {
    // Impressions in page order, then clicks, watches and reactions in time order.
    std::vector<Event> events;
    int examined = 0;  // how many items of the page were looked at
    int clicks = 0;
    double watched_s = 0;
    double pleasure =
        0;  // summed gain over the outside option (logsum) of what was watched, by share
    bool leaves = false;     // the session ends after this page
    bool abandoned = false;  // it was too slow to come: nobody saw it
};

// Looks at a page at the person's session clock, which it advances. What a person does by default:
// examination by position (Craswell et al. 2008) or by row and place, choice by conditional logit
// with no-choice (McFadden 1974) on what the items promise (world/people/expected_utility.h),
// repeated without replacement up to the pack's choices a page (Plackett-Luce), watch share (of
// what is left, where an earlier sitting is gone on with), reactions, satiation, taste drift
// (spherical step), trust, boredom and budget. BehaviourParams says who does otherwise. The stream
// is keyed by (seed, Purpose::response, person, request number).
Response respond(const Surroundings& around, Population& population, PersonId person,
                 const ShownPage& page, Stream stream);

// Opens a session at the person's next_session_s; draws its budget.
void begin_session(const Surroundings& around, Person& person, Stream stream);
// Closes it: mood, churn, time of return (daily rhythm), taste back toward innate.
void end_session(const Surroundings& around, Population& population, PersonId person,
                 Stream stream);
// How much likelier a session is at this hour than on average over the day; mean 1.
double daily_rhythm(const Person& person, double t_s);
// First session of a person, or the return after one that ended at from_s.
Seconds next_session_after(const WorldParams& params, const Person& person, Seconds from_s,
                           Stream& stream);

}  // namespace cascadelab
