// The stations of the modelled fleet, one row each, and what a request of this run's real cascade
// takes at each. Times are defaults from published fleets (a feature store of 2 ms at the median
// and 12 ms at the 99th percentile, 1000 candidates ranked by 100 trees in 12 ms, a shard of an
// index in 3 ms); how much is done is measured in the run.
#include <algorithm>

#include "engine/serving/fleet_plan.h"

namespace cascadelab {
namespace {

void everybody(StationPlan& station, double p50_s, double p99_s) {
    station.from = 0;
    station.to = 1;
    station.service = lognormal_from(p50_s, p99_s);
}

// Only requests whose page the cascade makes.
void of_cascade(const FleetWork& work, StationPlan& station, double p50_s, double p99_s) {
    everybody(station, p50_s, p99_s);
    station.from = work.generative_share;
}

// Bytes out at a tenth of a gigabyte a second and connection.
void work_of_edge(const FleetWork& work, StationPlan& station) {
    const double p50_s = 0.0005 + work.page_bytes / 100e6;
    everybody(station, p50_s, 4 * p50_s);
}
void work_of_gateway(const FleetWork&, StationPlan& station) {
    everybody(station, 0.001, 0.004);
}
// A thousand values of a store in memory in 1.5 ms; a miss goes to the warehouse for 10 ms.
void work_of_features(const FleetWork& work, StationPlan& station) {
    const double p50_s = 0.0005 + 1.5e-6 * work.features_fetched + work.feature_bytes / 100e6 +
                         0.01 * work.feature_miss_share;
    everybody(station, p50_s, 6 * p50_s);
}

// A shard looks through its part and every shard answers: 20 us an item that it is asked for.
template <Source source>
void work_of_source(const FleetWork& work, StationPlan& station) {
    if (work.asked[source] <= 0) return;
    const double p50_s = 0.001 + 20e-6 * work.asked[source];
    of_cascade(work, station, p50_s, 4 * p50_s);
}

// It makes whole pages, or proposes to all.
void work_of_decoder(const FleetWork& work, StationPlan& station) {
    const bool proposes = work.asked[Source::generative] > 0;
    if (work.beams <= 0 || (work.generative_share <= 0 && !proposes)) return;
    station.from = 0;
    station.to = proposes ? 1 : work.generative_share;
    station.gpu = {static_cast<int>(work.prefill_tokens + 0.5),
                   std::max(1, static_cast<int>(work.decode_tokens + 0.5)),
                   std::max(1, static_cast<int>(work.beams + 0.5))};
}
// 20 ns a candidate, tree and level.
void work_of_ranking(const FleetWork& work, StationPlan& station) {
    if (work.candidates_scored <= 0) return;
    const double levels = std::max(1.0, work.trees * work.tree_depth);
    const double p50_s = 0.001 + 20e-9 * work.candidates_scored * levels;
    of_cascade(work, station, p50_s, 3 * p50_s);
}
// A microsecond a pair of a kept item and a place.
void work_of_reranking(const FleetWork& work, StationPlan& station) {
    const double p50_s = 0.0005 + 1e-6 * work.kept_items * work.page_items;
    of_cascade(work, station, p50_s, 3 * p50_s);
}
void work_of_language_model(const FleetWork& work, StationPlan& station) {
    if (work.language_decode_tokens <= 0) return;
    station.from = 0;
    station.to = work.language_share;
    station.gpu = {static_cast<int>(work.language_prefill_tokens + 0.5),
                   std::max(1, static_cast<int>(work.language_decode_tokens + 0.5)), 1};
}
void work_of_policy(const FleetWork& work, StationPlan& station) {
    const double p50_s = 0.0003 + 20e-6 * work.page_items;
    everybody(station, p50_s, 4 * p50_s);
}

using enum FleetStation;
using S = ServingParams;

constexpr StationSet kSources = only(search_intent) | only(two_tower) | only(hstu) |
                                only(factorization) | only(covisitation) | only(neighbours_liked) |
                                only(trending) | only(fresh) | only(followed) | only(decoder);
constexpr StationKind kPool = StationKind::pool;
constexpr StationKind kFanOut = StationKind::fan_out;
constexpr StationKind kGpu = StationKind::gpu;

// clang-format off
constexpr auto kRows = enum_table<FleetStation, StationRow>({
    {edge, "edge", "Edge", kPool, 0, &S::edge_servers, work_of_edge},
    {gateway, "gateway", "Gateway", kPool, only(edge), &S::gateway_servers, work_of_gateway},
    {features, "features", "Feature store", kPool, only(gateway), &S::feature_servers, work_of_features},
    {search_intent, "search_intent", "Search intent", kPool, only(features), &S::retrieval_servers, work_of_source<Source::search_intent>},
    {two_tower, "two_tower", "Two-tower index", kFanOut, only(features), &S::retrieval_servers, work_of_source<Source::two_tower>},
    {hstu, "hstu", "HSTU index", kFanOut, only(features), &S::retrieval_servers, work_of_source<Source::hstu>},
    {factorization, "factorization", "Factorization index", kFanOut, only(features), &S::retrieval_servers, work_of_source<Source::factorization>},
    {covisitation, "covisitation", "Co-visitation", kPool, only(features), &S::retrieval_servers, work_of_source<Source::covisitation>},
    {neighbours_liked, "neighbours_liked", "Liked near you", kPool, only(features), &S::retrieval_servers, work_of_source<Source::neighbours_liked>},
    {trending, "trending", "Trending", kPool, only(features), &S::retrieval_servers, work_of_source<Source::trending>},
    {fresh, "fresh", "Fresh", kPool, only(features), &S::retrieval_servers, work_of_source<Source::fresh>},
    {followed, "followed", "Followed", kPool, only(features), &S::retrieval_servers, work_of_source<Source::followed>},
    {decoder, "decoder", "Generative decoder", kGpu, only(features), &S::decoder_servers, work_of_decoder},
    {ranking, "ranking", "Ranking", kPool, kSources, &S::ranking_servers, work_of_ranking},
    {reranking, "reranking", "Re-ranking", kPool, only(ranking), &S::reranking_servers, work_of_reranking},
    {language_model, "language_model", "Language model", kGpu, only(reranking), &S::language_model_servers, work_of_language_model},
    {policy, "policy", "Policy gate", kPool, only(language_model), &S::policy_servers, work_of_policy},
});
// clang-format on

constexpr bool waits_only_for_earlier() {
    for (const StationRow& row : kRows) {
        if (row.after >= only(row.value)) return false;
    }
    return true;
}
static_assert(waits_only_for_earlier(), "stations in an order of the request graph");

}  // namespace

const StationRow& station_row(FleetStation station) {
    return kRows[station];
}

}  // namespace cascadelab
