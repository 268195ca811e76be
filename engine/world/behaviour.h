// How people choose, watch, tire and come back. utility() is the one definition of what an item is
// worth to a person at a moment: responses, the oracle and the metrics all call it. A person's
// state is changed by one thread at a time.
#pragma once

#include <span>
#include <vector>

#include "engine/base/random.h"
#include "engine/params/params.h"
#include "engine/world/catalogue.h"
#include "engine/world/event.h"
#include "engine/world/page.h"
#include "engine/world/population.h"

namespace cascadelab {

// What a moment is made of beside person and item.
struct Surroundings {
    const WorldParams& params;
    const DomainPack& pack;
    const Catalogue& catalogue;
    std::span<const float> trend;   // kTopicCount: utility that trends add now
    const RowTable& topic_centres;  // what a person who searches asks for
};

// Mean utility (without choice noise) of an item for a person at time now_s:
//   taste_weight <taste_p, taste_i> + quality_weight quality_i + context_weight fit(hour, device,
//   duration)
//   - satiation(topic, now) + trend(topic) + search_wish (topic searched for a while ago) - penalty
//   when already watched + pull of an item that was left unfinished: unfinished_pull * share seen *
//   2^(-age / half-life), from an hour after it was left (interrupted tasks are taken up again,
//   Ovsiankina 1928; the more so the nearer their end, Kivetz et al. 2006).
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
    bool leaves = false;  // the session ends after this page
};

// Looks at a page at the person's session clock, which it advances: examination by position
// (Craswell et al. 2008) or by row and place, choice by conditional logit with no-choice (McFadden
// 1974), repeated without replacement up to the pack's choices a page (Plackett-Luce), watch share
// (of what is left, where an earlier sitting is gone on with), reactions, satiation, taste drift
// (spherical step), boredom and budget. The stream is keyed by (seed, Purpose::response, person,
// request number).
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
