#include "engine/serving/patience.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr auto kResponses = enum_table<PatienceLaw, LatencyResponse>({
    {PatienceLaw::none, "none", 0, 0, 0, 0, 0, "nobody minds waiting"},
    {PatienceLaw::google_2009, "google-2009", 0.0011, 0.0019, 2, 0, 0,
     "Brutlag: Speed matters for Google web search, 2009; time to click: Schurman and Brutlag, "
     "Velocity 2009"},
    {PatienceLaw::video_2012, "video-2012", 0, 0, 0, 0.058, 2,
     "Krishnan, Sitaraman: Video stream quality impacts viewer behavior. IMC 2012"},
    {PatienceLaw::folklore_1_percent, "folklore-1-percent", 0.01, 0.01, 0, 0, 0,
     "Linden: Make data useful, 2006, one line of a slide about Amazon; weakly supported"},
});

}  // namespace

const LatencyResponse& response_of(PatienceLaw law) {
    return kResponses[law];
}

double felt_delay_ms(double latency_ms, double expected_ms) {
    const double delay_ms = std::max(0.0, latency_ms - expected_ms);
    return std::min(delay_ms, std::max(0.0, 2 * (delay_ms - kFreeDelayMs)));
}

void Patience::live(double felt_ms, double days) {
    CHECK(felt_ms >= 0 && days >= 0);
    const double felt = std::cbrt(felt_ms);
    const double kept = habit;
    if (kept <= felt) {
        habit = static_cast<float>(std::min(felt, kept + felt * days / kHabitDays));
    } else {
        const double left = std::exp(-days / (3 * kForgettingDays));
        habit = static_cast<float>(felt + (kept - felt) * left);
    }
}

double pages_kept(PatienceLaw law, double felt_ms, const Patience& patience) {
    const LatencyResponse& response = kResponses[law];
    const double habit = response.pages_lost_with_habit - response.pages_lost_at_first;
    const double lost =
        response.pages_lost_at_first * felt_ms / 100 + habit * patience.remembered_ms() / 100;
    return std::clamp(1 - lost, 0.0, 1.0);
}

double continue_chance(double chance, double pages_kept) {
    CHECK(chance >= 0 && chance < 1 && pages_kept >= 0 && pages_kept <= 1);
    if (pages_kept <= 1 - chance) return 0;
    return 1 - (1 - chance) / pages_kept;
}

double think_time_added_s(PatienceLaw law, double felt_ms) {
    return kResponses[law].think_per_delay * felt_ms / 1000;
}

double start_abandoned(PatienceLaw law, double start_s) {
    const LatencyResponse& response = kResponses[law];
    const double beyond_s = std::max(0.0, start_s - response.start_patience_s);
    if (response.abandon_per_s == 0) return 0;
    return std::min(1.0, response.abandon_per_s * beyond_s);
}

double start_patience_s(PatienceLaw law, double rank) {
    CHECK(rank >= 0 && rank <= 1);
    const LatencyResponse& response = kResponses[law];
    if (response.abandon_per_s == 0) return std::numeric_limits<double>::infinity();
    return response.start_patience_s + rank / response.abandon_per_s;
}

}  // namespace cascadelab
