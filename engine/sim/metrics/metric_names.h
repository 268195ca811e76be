// The metrics by name, in one order everywhere: JSON, run file, charts. Definitions stand in
// metrics.h. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/base/enum_array.h"
#include "engine/params/params.h"
#include "engine/serving/fleet_station.h"

namespace cascadelab {

enum class Metric : std::uint8_t {
    coverage,
    gini,
    effective_catalogue,
    intra_list_diversity,
    novelty,
    serendipity,
    calibration_kl,
    homogenisation,
    taste_drift_deg,
    topic_entropy_bits,
    repeat_rate,
    ndcg_at_10,
    recall_retrieval,
    recall_rank,
    recall_slate,
    regret,
    click_rate,
    watch_share,
    session_length_s,
    return_gap_h,
    churn_share,
    creator_gini,
    feature_age_p95_s,
    training_skew,
    new_item_share,
    first_impression_h,
    recall_new_items,
    new_item_click_rate,
    hot_topic_share,
    ranker_auc,  // one a kind of ranker from here on: auc_of()
    last_ranker_auc = ranker_auc + enum_count<RankingModel> - 1,
    finished_share,
    era_recall,  // one an era from here on: recall_of()
    last_era_recall = era_recall + enum_count<Era> - 1,
    era_recall_new,  // and from here: recall_of_new()
    last_era_recall_new = era_recall_new + enum_count<Era> - 1,
    self_training_share,
    code_perplexity,
    dead_codes,
    unique_code_share,
    collision_rate,
    exposure_entropy_bits,
    watch_time_min,
    lost_retrieval,  // these seven in the order of LossStage
    lost_filter,
    lost_rank,
    lost_order,
    lost_rerank,
    lost_explore,
    lost_policy,
    regret_retrieval,  // and these
    regret_filter,
    regret_rank,
    regret_order,
    regret_rerank,
    regret_explore,
    regret_policy,
    latency_p50_ms,  // the modelled fleet's from here to the end
    latency_p95_ms,
    latency_p99_ms,
    timeout_share,
    fallback_share,
    stale_page_share,
    cache_hit_share,
    feature_age_p50_s,
    feature_age_p99_s,
    stream_lag_s,
    cost_per_1000_usd,
    cost_per_month_usd,
    cost_per_person_usd,
    server_count,
    gpu_count,
    utilisation,  // one a station from here on: utilisation_of()
    last = utilisation + enum_count<FleetStation> - 1
};
template <>
inline constexpr std::size_t enum_count<Metric> = count_to(Metric::last);

constexpr Metric auc_of(RankingModel model) {
    return static_cast<Metric>(index_of(Metric::ranker_auc) + index_of(model));
}
constexpr Metric recall_of(Era era) {
    return static_cast<Metric>(index_of(Metric::era_recall) + index_of(era));
}
constexpr Metric recall_of_new(Era era) {
    return static_cast<Metric>(index_of(Metric::era_recall_new) + index_of(era));
}

constexpr Metric utilisation_of(FleetStation station) {
    return static_cast<Metric>(index_of(Metric::utilisation) + index_of(station));
}
// Of the modelled fleet: NaN while there is none, and then no part of a run's hash.
constexpr bool is_modelled(Metric metric) {
    return metric >= Metric::latency_p50_ms;
}

struct MetricInfo {
    std::string_view name;   // "topic_entropy_bits"
    std::string_view label;  // "Topic entropy"
    std::string_view unit;   // "bits"; empty for a pure number; "share" is shown as %
    std::string_view help;   // one sentence: what it is and which way is which
};
const MetricInfo& metric_info(Metric metric);
std::optional<Metric> metric_of(std::string_view name);

// What a day's metrics are compared with: the same functions on other pages for the same people at
// the same moments, those of the sampled requests.
enum class Reference : std::uint8_t {
    oracle,          // the page of the ideal recommender
    no_recommender,  // a page drawn evenly from all that may be shown
    same_requests    // the page that was shown: what depends on how many pages there are, compares
};
template <>
inline constexpr std::size_t enum_count<Reference> = 3;
std::string_view reference_name(Reference reference);   // "no_recommender"
std::string_view reference_label(Reference reference);  // "no recommender"
// Whether a page alone has the metric. The others need a life with such pages: a twin with
// policy.recommender.
bool has_reference(Metric metric);

// Overall first, then the segments in their order, then who joined in the last seven days, whatever
// their segment.
inline constexpr std::size_t kGroupCount = 5;
inline constexpr std::size_t kNewcomers = 4;
std::string_view group_name(std::size_t group);  // "all", "mainstream", ..., "newcomers"

}  // namespace cascadelab
