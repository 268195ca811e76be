// The parameters a group shows before "more" is asked for: those one moves in a first lesson. Only
// a choice of what to show; every row still comes from the table. Constant data.
#pragma once

#include <array>
#include <string_view>

namespace cascadelab {

inline constexpr std::array<std::string_view, 26> kFirstKeys = {
    "world.taste_drift",
    "world.satiation",
    "world.new_items_per_day",
    "features.streaming_lag_s",
    "features.batch_every_h",
    "retrieval.candidates",
    "retrieval.hnsw_breadth",
    "retrieval.fresh",
    "ranking.trees",
    "ranking.weight_watch",
    "rerank.method",
    "rerank.diversity",
    "rerank.exploration_slots",
    "rerank.bubble_slots",
    "policy.recommender",
    "policy.personalisation_bound",
    "training.every_h",
    "serving.modelled",
    "serving.budget_ms",
    "serving.autoscaler",
    "serving.fallback",
    "serving.retries",
    "production.daily_users",
    "cost.gpu_hour_usd",
    "metrics.oracle_share",
    "run.keyframe_every_h",
};

}  // namespace cascadelab
