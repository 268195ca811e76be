// The batch lane's features: their queries, and where the answers are kept; rows of the registry
// name both. Constant data.
#pragma once

#include <algorithm>
#include <string_view>

#include "engine/features/registry.h"

namespace cascadelab::batch_features {

// Batch SQL reads the daily partials of the warehouse between :first and :last and yields rows
// (entity, value, topic or 0); entity -1 is the default, served to whoever has no row.
// Rates are smoothed by an empirical Bayes beta prior (Casella 1985, "An introduction to empirical
// Bayes data analysis"): (hits + strength x mean) / (trials + strength), with the mean taken over
// everybody in the window and the strength, in trials, written into the query.
inline constexpr std::string_view kPersonTopicShare = R"sql(
WITH watched AS (SELECT person, topic, SUM(watched_ms) AS ms FROM person_topic_day
                 WHERE day BETWEEN :first AND :last GROUP BY person, topic)
SELECT person, 1.0 * ms / SUM(ms) OVER (PARTITION BY person), topic FROM watched WHERE ms > 0)sql";

inline constexpr std::string_view kPersonClickRate = R"sql(
WITH counts AS (SELECT person, SUM(impressions) AS trials, SUM(clicks) AS hits FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT person, (hits + 30 * mean) / (trials + 30), 0 FROM counts, prior)sql";

inline constexpr std::string_view kPersonWatchShare = R"sql(
WITH counts AS (SELECT person, SUM(watches) AS trials, SUM(share_milli) AS hits FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     prior AS (SELECT COALESCE(SUM(hits) / 1000.0 / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT person, (hits / 1000.0 + 5 * mean) / (trials + 5), 0 FROM counts, prior)sql";

inline constexpr std::string_view kPersonViewsPerDay = R"sql(
WITH counts AS (SELECT person, SUM(watches) AS views FROM person_day
                WHERE day BETWEEN :first AND :last GROUP BY person),
     span AS (SELECT :last - MAX(:first, MIN(day)) + 1.0 AS days FROM person_day)
SELECT -1, COALESCE(AVG(views) / days, 0.0), 0 FROM counts, span UNION ALL
SELECT person, views / days, 0 FROM counts, span)sql";

inline constexpr std::string_view kItemClickRate = R"sql(
WITH counts AS (SELECT item, SUM(impressions) AS trials, SUM(clicks) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits + 30 * mean) / (trials + 30), 0 FROM counts, prior)sql";

inline constexpr std::string_view kItemWatchShare = R"sql(
WITH counts AS (SELECT item, SUM(watches) AS trials, SUM(share_milli) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(SUM(hits) / 1000.0 / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits / 1000.0 + 5 * mean) / (trials + 5), 0 FROM counts, prior)sql";

inline constexpr std::string_view kItemLikeRate = R"sql(
WITH counts AS (SELECT item, SUM(watches) AS trials, SUM(likes) AS hits FROM item_day
                WHERE day BETWEEN :first AND :last GROUP BY item),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT item, (hits + 10 * mean) / (trials + 10), 0 FROM counts, prior)sql";

inline constexpr std::string_view kItemViews = R"sql(
SELECT item, SUM(watches), 0 FROM item_day
WHERE day BETWEEN :first AND :last GROUP BY item)sql";

inline constexpr std::string_view kCreatorClickRate = R"sql(
WITH per_item AS (SELECT item, SUM(impressions) AS trials, SUM(clicks) AS hits FROM item_day
                  WHERE day BETWEEN :first AND :last GROUP BY item),
     counts AS (SELECT creator, SUM(trials) AS trials, SUM(hits) AS hits
                FROM per_item JOIN items USING (item) GROUP BY creator),
     prior AS (SELECT COALESCE(1.0 * SUM(hits) / SUM(trials), 0.0) AS mean FROM counts)
SELECT -1, mean, 0 FROM prior UNION ALL
SELECT creator, (hits + 50 * mean) / (trials + 50), 0 FROM counts, prior)sql";

template <float PersonBatch::*Field>
inline constexpr BatchTarget kPersonField = {
    [](const BatchTables& t) { return t.people.size(); },
    [](BatchTables& t, std::size_t i, std::size_t, float x) { t.people[i].*Field = x; },
    [](BatchTables& t, float x) {
        t.person_default.*Field = x;
        for (PersonBatch& each : t.people) each.*Field = x;
    }};

template <float ItemBatch::*Field>
inline constexpr BatchTarget kItemField = {
    [](const BatchTables& t) { return t.items.size(); },
    [](BatchTables& t, std::size_t i, std::size_t, float x) { t.items[i].*Field = x; },
    [](BatchTables& t, float x) {
        t.item_default.*Field = x;
        for (ItemBatch& each : t.items) each.*Field = x;
    }};

inline constexpr BatchTarget kTopicShares = {[](const BatchTables& t) { return t.people.size(); },
                                             [](BatchTables& t, std::size_t i, std::size_t topic,
                                                float x) { t.people[i].topic_share[topic] = x; },
                                             [](BatchTables&, float) {}};

inline constexpr BatchTarget kCreatorRates = {
    [](const BatchTables& t) { return t.creator_click_rate.size(); },
    [](BatchTables& t, std::size_t i, std::size_t, float x) { t.creator_click_rate[i] = x; },
    [](BatchTables& t, float x) {
        t.creator_default = x;
        std::ranges::fill(t.creator_click_rate, x);
    }};

}  // namespace cascadelab::batch_features
