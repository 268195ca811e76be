// What waiting does to people: laws from published experiments, chosen by name, and the little that
// each person remembers of it. Expected values; whoever draws, draws elsewhere. Pure functions and
// a plain value.
#pragma once

#include <string_view>

#include "engine/params/params.h"

namespace cascadelab {

struct LatencyResponse {
    PatienceLaw value;
    std::string_view name;         // "google-2009"
    double pages_lost_at_first;    // share of pages for 100 ms of delay, while it lasts
    double pages_lost_with_habit;  // the same once people have got used to being slowed down
    double think_per_delay;        // seconds more to think for a second of delay
    double abandon_per_s;          // share of starts left for a second beyond the patience
    double start_patience_s;       // that a video may take to start
    std::string_view source;
};
const LatencyResponse& response_of(PatienceLaw law);

inline constexpr double kFreeDelayMs = 50;     // nobody notices (Brutlag 2009: nothing significant)
inline constexpr double kHabitDays = 28;       // until the habit is whole
inline constexpr double kForgettingDays = 38;  // until 1/e of a habit is left when pages are fast

// The delay that counts, ms, of a page that takes latency_ms where people expect expected_ms:
// nothing up to 50 ms, all of it from 100 ms on, a ramp between.
double felt_delay_ms(double latency_ms, double expected_ms);

// What a person remembers of slow pages. The remembered delay grows with the cube of time to the
// delay that is felt in four weeks (Brutlag 2009: the loss nearly doubles from weeks 1-3 to weeks
// 4-6) and is forgotten exponentially (the same: .21 % fewer searches, on average, over the five
// weeks after 400 ms were taken away).
struct Patience {
    float habit = 0;  // cube root of the remembered delay in ms

    double remembered_ms() const { return double{habit} * habit * habit; }
    // So many days with pages whose mean felt delay is this. Once a person and day: a mean over
    // pages, not a call for each of them.
    void live(double felt_ms, double days);
};

// Expected pages (searches, in the source) of a session, as a share of those without delay, for the
// delay felt now and what is remembered. In [0, 1].
double pages_kept(PatienceLaw law, double felt_ms, const Patience& patience);
// The chance to go on to a next page under which a session has that share of its pages on average,
// 1 / (1 - chance) x pages_kept. chance in [0, 1); never below 0.
double continue_chance(double chance, double pages_kept);
// Seconds that a delay adds to the time until the next action, the delay itself not counted.
double think_time_added_s(PatienceLaw law, double felt_ms);

// Share of video starts that are left before the video plays after start_s, and the patience of one
// viewer, seconds, when `rank` of viewers (a uniform draw) are less patient; never less than the
// free seconds, infinite under a law without abandonment.
double start_abandoned(PatienceLaw law, double start_s);
double start_patience_s(PatienceLaw law, double rank);

}  // namespace cascadelab
