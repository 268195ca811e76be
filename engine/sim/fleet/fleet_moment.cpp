#include "engine/sim/fleet/fleet_moment.h"

#include <algorithm>

#include "engine/base/random.h"

namespace cascadelab {
namespace {

constexpr double kEdgeAnswerS = 0.02;    // of a page that the edge has
constexpr double kLeastStay = 0.05;      // nobody is driven out by one page alone
constexpr double kSecondsToGiveUp = 10;  // what a person waits for a page that never comes
constexpr std::uint64_t kFateSalt = 0x5EF1EE7;

// While it keeps the page and has not heard that anything happened since, it answers with it.
bool edge_answers(const ServingParams& serving, const ServedPerson& person, Seconds now_s) {
    if (serving.edge_page_s <= 0 || !person.page) return false;
    if (static_cast<double>(now_s - person.page_s) >= serving.edge_page_s) return false;
    return person.news_s == kNever ||
           static_cast<double>(now_s - person.news_s) < serving.replication_s;
}

FeedMaker fallback_maker(PageFallback fallback, const ServedPerson& person) {
    if (fallback == PageFallback::cached_page && person.page) return FeedMaker::cached;
    return FeedMaker::popular;
}

Arrival arrival_of(const Params& params, double latency_s, ServedPerson& person) {
    const ServingParams& serving = params.serving;
    const double felt_ms = felt_delay_ms(1000 * latency_s, serving.p99_target_ms);
    person.felt_ms += felt_ms;
    ++person.pages;
    Arrival arrival;
    arrival.delay_s = latency_s;
    arrival.leave = start_abandoned(serving.patience, latency_s);
    arrival.think_s = think_time_added_s(serving.patience, felt_ms);
    arrival.stay = std::max(kLeastStay, pages_kept(serving.patience, felt_ms, person.patience));
    return arrival;
}

}  // namespace

ServedPage serve_by_fleet(const FleetMoment& moment, const Params& params, std::uint64_t seed,
                          const Request& request, bool generative, bool frozen,
                          ServedPerson& person) {
    ServedPage served;
    double latency_s = kEdgeAnswerS;
    if (frozen) {
        served.fell_back = true;
        served.maker = fallback_maker(params.serving.fallback, person);
    } else if (edge_answers(params.serving, person, request.now_s)) {
        served.stale_page = true;
        served.maker = FeedMaker::cached;
    } else {
        const std::uint64_t key = mix_bits(mix_bits(seed ^ kFateSalt ^ request.person.value) ^
                                           (std::uint64_t{request.number} << 1));
        const FleetRequest* fate = moment.look.fate(generative, key);
        latency_s = fate ? fate->latency_s : 0;
        const FleetOutcome outcome = fate ? fate->outcome : FleetOutcome::served;
        served.fell_back = outcome == FleetOutcome::fallback;
        if (served.fell_back) served.maker = fallback_maker(params.serving.fallback, person);
        if (outcome == FleetOutcome::dropped || outcome == FleetOutcome::waiting) {
            served.maker = FeedMaker::nobody;
            latency_s = std::max(latency_s, kSecondsToGiveUp);
        }
    }
    served.latency_ms = static_cast<float>(1000 * latency_s);
    served.arrival = arrival_of(params, latency_s, person);
    if (served.maker == FeedMaker::nobody) served.arrival.leave = 1;
    return served;
}

FeatureParams features_of(const FleetRun& run, const FeatureParams& params, PersonId person,
                          Seconds now_s) {
    FeatureParams seen = params;
    if (run.stream) {
        const auto partitions = static_cast<int>(run.stream->partitions());
        const int partition = partition_of(person.value, partitions);
        seen.streaming_lag_s += run.stream->lag_s(static_cast<std::size_t>(partition));
    }
    if (now_s < run.ailments.version_skew_s) seen.version_skew = true;
    return seen;
}

void remember_page(ServedPerson& person, std::span<const ItemId> page, Seconds now_s) {
    person.page = std::make_shared<const std::vector<ItemId>>(page.begin(), page.end());
    person.page_s = now_s;
    person.news_s = kNever;
}

void hear_of_news(ServedPerson& person, Seconds event_s) {
    if (person.news_s == kNever) person.news_s = event_s;
}

}  // namespace cascadelab
