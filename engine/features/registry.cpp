#include "engine/features/registry.h"

#include <array>

namespace cascadelab {
namespace {

using enum FeatureEntity;
using enum FeatureLane;

constexpr std::string_view kWindow = "features.profile_days";

// Batch SQL reads the daily partials of the warehouse between :first and :last and yields rows
// (entity, value, topic or 0); entity -1 is the default, served to whoever has no row.
// Rates are smoothed by an empirical Bayes beta prior (Casella 1985, "An introduction to empirical
// Bayes data analysis"): (hits + strength x mean) / (trials + strength), with the mean taken over
// everybody in the window and the strength, in trials, written into the query.
constexpr std::string_view kPersonTopicShare = R"sql(
WITH watched AS (SELECT person, topic, SUM(watched_ms) AS ms FROM person_topic_day
                 WHERE day BETWEEN :first AND :last GROUP BY person, topic)
SELECT person, 1.0 * ms / SUM(ms) OVER (PARTITION BY person), topic FROM watched WHERE ms > 0)sql";

constexpr std::string_view kPersonClickRate = R"sql(
WITH counts AS (SELECT person, SUM(impressions) AS trials, SUM(clicks) AS hits FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT person, (hits + 30 * mean) / (trials + 30), 0 FROM counts, prior)sql";

constexpr std::string_view kPersonWatchShare = R"sql(
WITH counts AS (SELECT person, SUM(watches) AS trials, SUM(share_milli) AS hits FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     prior AS (SELECT COALESCE(SUM(hits) / 1000.0 / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT person, (hits / 1000.0 + 5 * mean) / (trials + 5), 0 FROM counts, prior)sql";

constexpr std::string_view kPersonViewsPerDay = R"sql(
WITH counts AS (SELECT person, SUM(watches) AS views FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     span AS (SELECT :last - MAX(:first, MIN(day)) + 1.0 AS days FROM person_day)
SELECT -1, COALESCE(AVG(views) / days, 0.0), 0 FROM counts, span UNION ALL
SELECT person, views / days, 0 FROM counts, span)sql";

constexpr std::string_view kItemClickRate = R"sql(
WITH counts AS (SELECT item, SUM(impressions) AS trials, SUM(clicks) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits + 30 * mean) / (trials + 30), 0 FROM counts, prior)sql";

constexpr std::string_view kItemWatchShare = R"sql(
WITH counts AS (SELECT item, SUM(watches) AS trials, SUM(share_milli) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(SUM(hits) / 1000.0 / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits / 1000.0 + 5 * mean) / (trials + 5), 0 FROM counts, prior)sql";

constexpr std::string_view kItemLikeRate = R"sql(
WITH counts AS (SELECT item, SUM(watches) AS trials, SUM(likes) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits + 10 * mean) / (trials + 10), 0 FROM counts, prior)sql";

constexpr std::string_view kItemViews = R"sql(
SELECT item, SUM(watches), 0 FROM item_day
WHERE day BETWEEN :first AND :last GROUP BY item)sql";

constexpr std::string_view kCreatorClickRate = R"sql(
WITH per_item AS (SELECT item, SUM(impressions) AS trials, SUM(clicks) AS hits FROM item_day
                  WHERE day BETWEEN :first AND :last GROUP BY item),
     counts AS (SELECT creator, SUM(trials) AS trials, SUM(hits) AS hits
                FROM per_item JOIN items USING (item) GROUP BY creator),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT creator, (hits + 50 * mean) / (trials + 50), 0 FROM counts, prior)sql";

constexpr auto kRegistry = std::to_array<FeatureDefinition>({
    {"topic_share", "share of each topic in the watched time of the profile window", person, batch,
     1, kWindow, kPersonTopicShare},
    {"click_rate", "clicks per impression, smoothed toward everybody's", person, batch, 1, kWindow,
     kPersonClickRate},
    {"watch_share", "mean watched share of what was opened, smoothed", person, batch, 1, kWindow,
     kPersonWatchShare},
    {"views_per_day", "views a day", person, batch, 1, kWindow, kPersonViewsPerDay},
    {"item_click_rate", "clicks per impression, smoothed toward the catalogue's", item, batch, 1,
     kWindow, kItemClickRate},
    {"item_watch_share", "mean watched share, smoothed toward the catalogue's", item, batch, 1,
     kWindow, kItemWatchShare},
    {"item_like_rate", "likes per view, smoothed toward the catalogue's", item, batch, 1, kWindow,
     kItemLikeRate},
    {"item_views", "views in the profile window", item, batch, 1, kWindow, kItemViews},
    {"creator_click_rate", "clicks per impression of all items of a creator, smoothed", creator,
     batch, 1, kWindow, kCreatorClickRate},

    {"recent", "last items watched to at least a tenth", person, streaming, 1,
     "last features.recent_items", "last n of watch where share >= 0.1"},
    {"recent_topic_share", "share of each topic in the recent items", person, streaming, 1,
     "last features.recent_items", "sum of watched share by topic / sum of watched share"},
    {"profile", "mean content vector of the recent items", person, streaming, 1,
     "last features.recent_items", "unit(mean of content)"},
    {"profile", "content vector of the recent items, newest weighing more", person, streaming, 2,
     "last features.recent_items", "unit(sum of 2^(-rank / 4) x content), rank 0 = newest"},
    {"session_pages", "pages shown in this session", person, streaming, 1, "session",
     "count of pages since session_start"},
    {"session_clicks", "clicks in this session", person, streaming, 1, "session",
     "count of clicks since session_start"},
    {"session_watch_s", "seconds watched in this session", person, streaming, 1, "session",
     "sum of share x duration since session_start"},
    {"clicks_in_row", "pages in a row with a click", person, streaming, 1, "since a page without",
     "count of pages with a click"},
    {"empty_in_row", "pages in a row without a click", person, streaming, 1,
     "since a page with one", "count of pages without a click"},
    {"search_topic", "topic last searched for, and when", person, streaming, 1, "last 1",
     "last of search"},
    {"last_view", "when the last view ended", person, streaming, 1, "last 1", "last time of watch"},
    {"sequence", "last events in order: item, action, watched share, surface, time", person,
     streaming, 1, "last features.sequence_events",
     "last n of watch, like, dislike, "
     "not_interested, follow, add_to_list; and how many ever"},
    {"item_impressions", "impressions in the sliding window", item, streaming, 1,
     "features.counter_window_h", "count of impressions, eight steps"},
    {"item_clicks", "clicks in the sliding window", item, streaming, 1, "features.counter_window_h",
     "count of clicks, eight steps"},
    {"item_watches", "views in the sliding window", item, streaming, 1, "features.counter_window_h",
     "count of watches, eight steps"},
});

}  // namespace

std::string_view feature_lane_label(FeatureLane lane) {
    switch (lane) {
        case batch:
            return "batch";
        case streaming:
            return "streaming";
    }
    return {};
}

std::span<const FeatureDefinition> feature_registry() {
    return kRegistry;
}

}  // namespace cascadelab
