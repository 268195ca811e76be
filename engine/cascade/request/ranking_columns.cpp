#include "engine/cascade/request/ranking_columns.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr RankingColumn kColumns[] = {
    {"retrieval_score", "score of its source", Lane::model},
    {"proposers", "number of sources that proposed it", Lane::model},
    {"era_similarity", "score of the ranker's era", Lane::model},
    {"factor_score", "factorization score", Lane::model},
    {"position", "place on the page", Lane::request},
    {"surface", "row of the page", Lane::request},
    {"hour_sin", "hour of day, sine", Lane::request},
    {"hour_cos", "hour of day, cosine", Lane::request},
    {"weekend", "weekend", Lane::request},
    {"device", "device", Lane::request},
    {"session_pages", "pages so far this session", Lane::streaming},
    {"session_clicks", "clicks so far this session", Lane::streaming},
    {"clicks_in_row", "pages with a click in a row", Lane::streaming},
    {"empty_in_row", "pages without a click in a row", Lane::streaming},
    {"rest_h", "hours since the last view", Lane::streaming},
    {"person_click_rate", "person's click rate", Lane::batch},
    {"person_watch_share", "person's mean watched share", Lane::batch},
    {"person_views", "person's views a day", Lane::batch},
    {"item_age_days", "item age", Lane::request},
    {"item_minutes", "duration", Lane::request},
    {"item_click_rate", "item's click rate", Lane::batch},
    {"item_watch_share", "item's mean watched share", Lane::batch},
    {"item_like_rate", "item's like rate", Lane::batch},
    {"item_views", "item's views, profile window", Lane::batch},
    {"item_impressions_now", "item's impressions, counter window", Lane::streaming},
    {"item_click_rate_now", "item's click rate, counter window", Lane::streaming},
    {"creator_click_rate", "creator's click rate", Lane::batch},
    {"topic_share_long", "share of the topic, profile window", Lane::batch},
    {"topic_share_recent", "share of the topic in the last items", Lane::streaming},
    {"profile_similarity", "similarity to the last items", Lane::streaming},
    {"search_match", "matches a recent search", Lane::streaming},
    {"creator_seen", "has watched the creator before", Lane::on_event},
    {"times_shown", "times shown before", Lane::on_event},
    {"survey_match", "topic named at sign-up", Lane::request},
};
static_assert(kColumns[kServedColumns].name == "hour_sin");

float log1p_of(double x) {
    return static_cast<float>(std::log1p(std::max(0.0, x)));
}

}  // namespace

std::string_view lane_label(Lane lane) {
    switch (lane) {
        case Lane::request:
            return "request";
        case Lane::batch:
            return "batch";
        case Lane::streaming:
            return "streaming";
        case Lane::on_event:
            return "on event";
        case Lane::model:
            return "model";
    }
    CHECK(false);
}

std::span<const RankingColumn> ranking_columns() {
    return kColumns;
}

float survey_match(const PersonFeatures& person, TopicId topic) {
    if (person.sign_up == nullptr) return 0;
    if (person.sign_up->survey[0] == topic) return 1;
    return person.sign_up->survey[1] == topic ? 0.5f : 0.0f;
}

RowFiller::RowFiller(const RequestContext& context, const PersonFeatures& person,
                     const FeatureStore& store, const FeatureParams& params,
                     std::span<const ItemCard> cards, const RowTable& content)
    : m_context(context),
      m_person(person),
      m_store(store),
      m_params(params),
      m_cards(cards),
      m_content(content),
      m_shown(*person.history) {
    const double angle = 2 * std::numbers::pi * hour_of(context.now_s) / 24;
    m_hour_sin = static_cast<float>(std::sin(angle));
    m_hour_cos = static_cast<float>(std::cos(angle));
    m_weekend = weekday_of(context.now_s) >= 5 ? 1.0f : 0.0f;
    const PersonRealtime& realtime = *person.realtime;
    m_rest_h = realtime.last_view_s == kNever
                   ? 24.0f * 30
                   : std::min(24.0f * 30,
                              static_cast<float>(context.now_s - realtime.last_view_s) / kHour);
    // A search fades with a time constant of six hours.
    m_search_freshness =
        realtime.search_topic == 0xFF
            ? 0.0f
            : std::exp(-static_cast<float>(context.now_s - realtime.searched_s) / (6 * kHour));
}

void RowFiller::fill(ItemId item, const ServedColumns& served, float* row) const {
    const PersonRealtime& realtime = *m_person.realtime;
    const PersonBatch& long_term = *m_person.batch;
    const PersonHistory& history = *m_person.history;
    const ItemCard& card = m_cards[item.index()];
    const ItemBatch& batch = m_store.item_batch(item, m_context.now_s, m_params);
    const ItemCounters counters = m_store.counters(item);
    const bool knows_profile = !realtime.profile.empty();

    float* out = row;
    *out++ = served.retrieval_score;
    *out++ = served.proposers;
    *out++ = served.era_similarity;
    *out++ = served.factor_score;
    *out++ = served.position;
    *out++ = served.surface;
    *out++ = m_hour_sin;
    *out++ = m_hour_cos;
    *out++ = m_weekend;
    *out++ = static_cast<float>(m_context.device);
    *out++ = realtime.session_pages;
    *out++ = realtime.session_clicks;
    *out++ = realtime.clicks_in_row;
    *out++ = realtime.empty_in_row;
    *out++ = m_rest_h;
    *out++ = long_term.click_rate;
    *out++ = long_term.watch_share;
    *out++ = long_term.views_per_day;
    *out++ = log1p_of(static_cast<double>(m_context.now_s - card.released_s) / kDay);
    *out++ = log1p_of(card.duration_s / 60.0);
    *out++ = batch.click_rate;
    *out++ = batch.watch_share;
    *out++ = batch.like_rate;
    *out++ = log1p_of(batch.views);
    *out++ = log1p_of(counters.impressions);
    *out++ = (counters.clicks + 1) / (counters.impressions + 20);
    *out++ = m_store.creator_click_rate(card.creator, m_context.now_s, m_params);
    *out++ = long_term.topic_share[card.topic.index()];
    *out++ = realtime.recent_share[card.topic.index()];
    *out++ = knows_profile ? dot(realtime.profile, m_content[item.index()]) : 0.0f;
    *out++ = realtime.search_topic == card.topic.value ? m_search_freshness : 0.0f;
    *out++ = std::ranges::binary_search(history.seen_creators, card.creator) ? 1.0f : 0.0f;
    *out++ = static_cast<float>(m_shown.times(item));
    *out++ = survey_match(m_person, card.topic);
    CHECK(out == row + std::size(kColumns));
}

}  // namespace cascadelab
