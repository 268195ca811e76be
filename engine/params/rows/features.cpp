// What is known of people and items, and how late.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTrainingValues = {"point_in_time"sv, "latest"sv};

using Group = FeatureParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::features, &Group::streaming_lag_s>({"features.streaming_lag_s", "Streaming lag", "s", "Time from an event to the streaming feature that knows it."},
        {0, 86400, 1, kLog}, Stage::features, When::live),
    row<&Params::features, &Group::batch_every_h>({"features.batch_every_h", "Batch every", "h", "How often the batch lane runs its SQL over the warehouse."},
        {1, 168, 1, kLog}, Stage::features, When::live),
    row<&Params::features, &Group::batch_duration_s>({"features.batch_duration_s", "Batch takes", "s", "Virtual time from the start of a batch run to its values being online, at least one tick."},
        {0, 86400, 60, kLog}, Stage::features, When::live),
    row<&Params::features, &Group::recent_items>({"features.recent_items", "Recent items", "items", "How many last watched items make the real-time profile."},
        {1, 50, 1}, Stage::features, When::restart),
    row<&Params::features, &Group::sequence_events>({"features.sequence_events", "Sequence", "events", "How many last events of a person the store keeps in order; HSTU looks at so many."},
        {10, 200, 2, kLog}, Stage::features, When::restart),
    row<&Params::features, &Group::profile_days>({"features.profile_days", "Profile window", "days", "Window of the long-term topic shares in the batch lane."},
        {1, 90, 1}, Stage::features, When::live),
    row<&Params::features, &Group::counter_window_h>({"features.counter_window_h", "Counter window", "h", "Sliding window of the streaming item counters."},
        {0.5, 48, 0.5, kLog}, Stage::features, When::restart),
    row<&Params::features, &Group::ttl_h>({"features.ttl_h", "Time to live", "h", "Age at which an online value no longer counts and its default is served."},
        {1, 720, 1, kLog}, Stage::features, When::live),
    row<&Params::features, &Group::retention_days>({"features.retention_days", "Warehouse retention", "days", "How far back the warehouse keeps events."},
        {1, 60, 1}, Stage::features, When::restart),
    row<&Params::features, &Group::log_share>({"features.log_share", "Feature log", "share", "Share of requests whose slate is kept for training the ranker."},
        {0.01, 1, 0.01, kLog}, Stage::features, When::live),
    option<&Params::features, &Group::training_values>({"features.training_values", "Training values", "", "point_in_time joins what was known at the request; latest leaks the future into training."},
        kTrainingValues, Stage::training, When::live),
    toggle<&Params::features, &Group::version_skew>({"features.version_skew", "Version skew", "", "Serving computes real-time features in version 2 while training uses version 1."},
        Stage::features, When::live),
    toggle<&Params::features, &Group::signup>({"features.signup", "Sign-up survey", "", "Whether what people said at sign-up is a feature: it places who has no history yet."},
        Stage::features, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> features_rows() {
    return kRows;
}

}  // namespace cascadelab
