// Everything from outside that is not a tick: small values, applied only between ticks, checked
// before anything changes, journaled with their tick. Play, pause and speed are not commands.
// Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "engine/base/ids.h"
#include "engine/params/params.h"
#include "engine/world/event.h"

namespace cascadelab {

// Moves one parameter; the value in table form (params/table.h).
struct SetParameter {
    std::string key;
    double value = 0;
};
// A person, or a share of all people, opens a session now and searches for a topic; who is watching
// something searches when it ends.
struct Search {
    PersonId person;   // invalid: a share of all people
    double share = 1;  // 0..1, used when person is invalid
    TopicId topic;
};
// A person, or a share of all people, means to pull a lever: the next page that shows an item of
// the topic gets it on the first one.
struct PullLever {
    EventKind lever = EventKind::not_interested;  // one of kLevers
    PersonId person;                              // invalid: a share of all people
    double share = 1;                             // 0..1, used when person is invalid
    TopicId topic;
};
// New items of a topic appear now.
struct ReleaseItems {
    TopicId topic;
    double quality = 0;  // standard deviations from the mean
    std::int64_t count = 1;
};
// A person, or a share of all people, wants something else from now on and for good: their taste,
// and the innate taste it returns to, lies at a new place with the topic first. What they said at
// sign-up stays said.
struct ChangeTaste {
    PersonId person;   // invalid: a share of all people
    double share = 1;  // 0..1, used when person is invalid
    TopicId topic;
};
// News breaks: the topic is worth more to everybody for some hours, less and less, and new items
// of it come as fast as the interest lasts.
struct Burst {
    TopicId topic;
    double strength = 2;  // utility it adds at first
    double hours = 24;    // until nothing is left of it
    std::int64_t releases = 24;
};
// Semantic IDs are damaged: a random share of the items answers to codes that say nothing of them,
// until the codebook is rebuilt. Nothing happens where there are no codes yet.
struct CorruptCodes {
    double share = 0.3;  // 0..1
};
// A mark in the timeline; changes nothing.
struct Note {
    std::string text;
};

using Command = std::variant<SetParameter, Search, PullLever, ReleaseItems, ChangeTaste, Burst,
                             CorruptCodes, Note>;

inline constexpr std::int64_t kReleaseLimit = 10000;  // items of one command
inline constexpr double kQualityLimit = 5;            // standard deviations
inline constexpr double kBurstStrengthLimit = 10;     // utility
inline constexpr double kBurstHoursLimit = 336;

// In a few words, for marks: "Diversity 0.35", "search: Documentary".
std::string command_text(const Command& command, DomainPackName pack);

}  // namespace cascadelab
