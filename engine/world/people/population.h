// The people: what they tell (name, age, device, survey) and what they hide (taste, mood,
// satiation). A person's rows are changed only by the thread that runs the person's session, or at
// the barrier.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/base/random.h"
#include "engine/params/params.h"
#include "engine/world/domain/domain_pack.h"
#include "engine/world/domain/segment.h"
#include "engine/world/events/clock.h"
#include "engine/world/events/event.h"
#include "engine/world/supply/rated_catalogue.h"

namespace cascadelab {

struct Session {
    bool active = false;
    Seconds started_s = 0;
    Seconds now_s = 0;   // the person's own clock inside the session
    float budget_s = 0;  // attention left
    float boredom = 0;   // rises with pages that gave nothing; leaving becomes likelier
    std::uint16_t pages = 0;
    float pleasure = 0;             // summed gain over the outside option, for mood and return
    std::uint8_t topic = 0xFF;      // of the last watch; 0xFF: none yet
    std::uint16_t repetitions = 0;  // watches in a row of that topic after the first
};

inline constexpr Seconds kFounder = -(Seconds{1} << 40);  // joined before the first day
// An item that was left before its end.
struct UnfinishedItem {
    ItemId item;
    float share = 0;  // of its duration that has been seen
    Seconds left_s = 0;
};
inline constexpr std::size_t kUnfinishedKept = 24;  // what was left longer ago is forgotten

// What a person means to say about the next item of a topic that a page shows.
struct Intention {
    EventKind lever = EventKind::not_interested;
    TopicId topic;  // as the card names it; invalid: nothing is meant
};

struct Person {
    // Told at sign-up.
    Seconds joined_s = kFounder;
    std::string name;
    std::uint8_t age = 0;
    Device device = Device::phone;
    std::uint8_t region = 0;        // 0..kRegionCount-1
    std::array<TopicId, 2> survey;  // "what do you like?"; may be wrong

    // Hidden traits, fixed.
    Segment segment = Segment::mainstream;
    float activity = 1;    // multiplies sessions a day
    float peak_hour = 20;  // centre of the daily rhythm, h
    float patience = 1;    // multiplies the session budget and divides boredom
    float openness = 1;    // multiplies taste drift

    // Hidden state.
    Session session;
    Seconds next_session_s = 0;
    bool churned = false;
    std::uint8_t wish_topic =
        0xFF;  // what the person searched for and wants for a while; 0xFF: nothing
    Seconds wish_until_s = 0;
    Intention intention;
    float mood = 0;                                  // -1..1, satisfaction smoothed over sessions
    std::uint32_t requests = 0;                      // requests so far; the next request's number
    Seconds satiation_at_s = 0;                      // when satiation was last brought up to date
    std::array<float, kTopicCount> satiation{};      // full watches, decayed to satiation_at_s
    std::array<float, kTopicCount> sensitisation{};  // the same of the quicker appetite
    float trust = 0.5f;      // in recommendations, 0..1; a half is neither trust nor distrust
    float promise_kept = 0;  // what items were worth beyond what they promised, fading; utility
    std::vector<ItemId> watched;             // sorted; what the person has already seen through
    std::vector<UnfinishedItem> unfinished;  // longest ago first, at most kUnfinishedKept
};

struct Population {
    std::vector<Person> people;  // by PersonId
    RowTable taste;              // people x taste_dims, unit rows
    RowTable innate;             // people x taste_dims, unit rows: what taste goes back to
    double joining_debt = 0;     // fraction of a person still to join

    std::size_t size() const { return people.size(); }
};

// Rows of taste, people with their traits and the time of their first session. With ratings from
// outside tastes and segments are those of their people, who come round again, each time a little
// different, when the world has more.
Population make_population(const Params& params, const RowTable& topic_centres, std::uint64_t seed,
                           const RatedCatalogue* rated = nullptr);
// People who join during the tick that begins at now_s: after those who are there, in id order,
// more of them in the evening than in the morning. Each opens the first session on joining. Returns
// how many.
std::size_t admit_people(Population& population, const Params& params,
                         const RowTable& topic_centres, std::uint64_t seed, Seconds now_s);

// Gives a person another taste, now and innate, with the topic first and as broad as their segment.
void change_taste(Population& population, const Params& params, const RowTable& topic_centres,
                  PersonId person, TopicId topic, Stream stream);
// The same to whatever topic chance brings, with the chance that a change falls into this time when
// changes come world.taste_shift_days apart on average, however long ago the last one was (sudden
// drift: Gama et al. 2014, "A survey on concept drift adaptation"). Draws nothing when that is 0.
void maybe_shift_taste(Population& population, const Params& params, const RowTable& topic_centres,
                       PersonId person, double days, Stream& stream);

}  // namespace cascadelab
