#include "engine/features/registry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/base/enum_array.h"
#include "engine/features/batch_features.h"
#include "engine/features/feature_words.h"
#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

using namespace batch_features;
using Of = FeatureEntity;

constexpr std::string_view kProfileDays = "features.profile_days";
constexpr std::string_view kRecentItems = "last features.recent_items";
constexpr std::string_view kCounterHours = "features.counter_window_h";
constexpr float kLongestRestH = 24.0f * 30;

using Item = const ItemMoment&;
using Request = const RequestMoment&;
using Value = PersonRealtime&;
using Step = const StreamStep&;

constexpr auto kEntities = enum_names<FeatureEntity>({{Of::request, "request"},
                                                      {Of::person, "person"},
                                                      {Of::item, "item"},
                                                      {Of::creator, "creator"},
                                                      {Of::person_and_item, "person and item"}});
constexpr auto kLanes = enum_names<Lane>({{Lane::request, "request"},
                                          {Lane::batch, "batch"},
                                          {Lane::streaming, "streaming"},
                                          {Lane::on_event, "on event"},
                                          {Lane::model, "model"}});

// --- values

float log1p_of(double x) {
    return static_cast<float>(std::log1p(std::max(0.0, x)));
}

double hour_angle(Request request) {
    return 2 * std::numbers::pi * hour_of(request.context.now_s) / 24;
}

float hours_since(Request request, Seconds time_s) {
    if (time_s == kNever) return kLongestRestH;
    return std::min(kLongestRestH, static_cast<float>(request.context.now_s - time_s) / kHour);
}

// A search fades with a time constant of six hours.
float search_freshness(Request request) {
    const Seconds age_s = request.context.now_s - request.person.realtime->searched_s;
    return std::exp(-static_cast<float>(age_s) / (6 * kHour));
}

// An item watched to at least a tenth: what the recent items and all made of them change by.
bool is_taste(Step step) {
    return step.event.kind == EventKind::watch && step.event.value >= kPositiveShare;
}

bool is_session_start(Step step) {
    return step.event.kind == EventKind::session_start;
}

void keep_recent(Value value, Step step) {
    if (!is_taste(step)) return;
    // Room is made before it is used: a vector that grows at the end would double its memory.
    const int most = static_cast<int>(step.params.recent_items);
    std::vector<RecentItem>& recent = value.recent;
    if (recent.size() >= static_cast<std::size_t>(most))
        recent.erase(recent.begin(), recent.end() - (most - 1));
    recent.push_back({step.event.item, step.event.value, step.event.time_s});
}

// Of the definitions of the profile one serves.
template <std::uint8_t Version>
void keep_profile(Value value, Step step) {
    if (!is_taste(step) || served_profile_version(step.params) != Version) return;
    value.profile_version = Version;
    value.profile = profile_of(value.recent, Version, step.catalogue);
}

void keep_sequence(Value value, Step step) {
    const std::optional<PersonToken> token = token_of(step.event);
    if (!token) return;
    value.sequence.tokens.push_back(*token);
    value.sequence.tokens.keep_last(static_cast<std::size_t>(step.params.sequence_events));
    ++value.sequence.seen;
}

// --- the rows, in the order of the ranker's columns

constexpr auto kRegistry =
    std::to_array<Feature>({
        {.name = "hour_sin",
         .phrase = "hour of day, sine",
         .entity = Of::request,
         .lane = Lane::request,
         .window = "now",
         .definition = "sin(2 pi hour / 24)",
         .of_request = [](Request r) { return static_cast<float>(std::sin(hour_angle(r))); }},
        {.name = "hour_cos",
         .phrase = "hour of day, cosine",
         .entity = Of::request,
         .lane = Lane::request,
         .window = "now",
         .definition = "cos(2 pi hour / 24)",
         .of_request = [](Request r) { return static_cast<float>(std::cos(hour_angle(r))); }},
        {.name = "weekend",
         .phrase = "weekend",
         .entity = Of::request,
         .lane = Lane::request,
         .window = "now",
         .definition = "1 on Saturday and Sunday, else 0",
         .of_request = [](Request r) { return weekday_of(r.context.now_s) >= 5 ? 1.0f : 0.0f; }},
        {.name = "device",
         .phrase = "device",
         .entity = Of::request,
         .lane = Lane::request,
         .window = "now",
         .definition = "number of the device",
         .of_request = [](Request r) { return static_cast<float>(r.context.device); }},

        {.name = "session_pages",
         .phrase = "pages so far this session",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "session",
         .definition = "count of pages since session_start",
         .aggregate =
             [](Value v, Step step) {
                 if (is_session_start(step)) v.session_pages = 0;
                 if (step.opens_page) v.session_pages += 1;
             },
         .of_request = [](Request r) { return r.person.realtime->session_pages; }},
        {.name = "session_clicks",
         .phrase = "clicks so far this session",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "session",
         .definition = "count of clicks since session_start",
         .aggregate =
             [](Value v, Step step) {
                 if (is_session_start(step)) v.session_clicks = 0;
                 if (step.event.kind == EventKind::click) v.session_clicks += 1;
             },
         .of_request = [](Request r) { return r.person.realtime->session_clicks; }},
        {.name = "session_watch_s",
         .phrase = "seconds watched in this session",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "session",
         .definition = "sum of share x duration since session_start",
         .aggregate =
             [](Value v, Step step) {
                 if (is_session_start(step)) v.session_watch_s = 0;
                 if (step.event.kind != EventKind::watch) return;
                 v.session_watch_s +=
                     step.event.value * step.catalogue.cards[step.event.item.index()].duration_s;
             },
         .words = session_watch_words},
        {.name = "clicks_in_row",
         .phrase = "pages with a click in a row",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "since a page without",
         .definition = "count of pages with a click",
         .aggregate =
             [](Value v, Step step) {
                 if (step.opens_page) v.clicks_in_row = 0;
                 if (step.answers_page) v.clicks_in_row = step.clicks_before_page + 1;
             },
         .of_request = [](Request r) { return r.person.realtime->clicks_in_row; }},
        {.name = "empty_in_row",
         .phrase = "pages without a click in a row",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "since a page with one",
         .definition = "count of pages without a click",
         .aggregate =
             [](Value v, Step step) {
                 if (step.opens_page) v.empty_in_row += 1;
                 if (step.answers_page) v.empty_in_row = 0;
             },
         .of_request = [](Request r) { return r.person.realtime->empty_in_row; }},
        {.name = "rest_h",
         .phrase = "hours since the last view",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "last 1",
         .definition = "now - last time of watch, at most 30 days",
         .aggregate =
             [](Value v, Step step) {
                 if (step.event.kind == EventKind::watch) v.last_view_s = step.event.time_s;
             },
         .of_request = [](Request r) { return hours_since(r, r.person.realtime->last_view_s); }},

        {.name = "person_click_rate",
         .phrase = "person's click rate",
         .entity = Of::person,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kPersonClickRate,
         .batch = kPersonField<&PersonBatch::click_rate>,
         .of_request = [](Request r) { return r.person.batch->click_rate; }},
        {.name = "person_watch_share",
         .phrase = "person's mean watched share",
         .entity = Of::person,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kPersonWatchShare,
         .batch = kPersonField<&PersonBatch::watch_share>,
         .of_request = [](Request r) { return r.person.batch->watch_share; }},
        {.name = "person_views",
         .phrase = "person's views a day",
         .entity = Of::person,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kPersonViewsPerDay,
         .batch = kPersonField<&PersonBatch::views_per_day>,
         .of_request = [](Request r) { return r.person.batch->views_per_day; }},

        {.name = "item_age_days",
         .phrase = "item age",
         .entity = Of::item,
         .lane = Lane::request,
         .window = "since its release",
         .definition = "log(1 + days)",
         .of_item =
             [](Request r, Item i) {
                 return log1p_of(static_cast<double>(r.context.now_s - i.card.released_s) / kDay);
             }},
        {.name = "item_minutes",
         .phrase = "duration",
         .entity = Of::item,
         .lane = Lane::request,
         .window = "always",
         .definition = "log(1 + minutes)",
         .of_item = [](Request, Item i) { return log1p_of(i.card.duration_s / 60.0); }},
        {.name = "item_click_rate",
         .phrase = "item's click rate",
         .entity = Of::item,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kItemClickRate,
         .batch = kItemField<&ItemBatch::click_rate>,
         .of_item = [](Request, Item i) { return i.batch.click_rate; }},
        {.name = "item_watch_share",
         .phrase = "item's mean watched share",
         .entity = Of::item,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kItemWatchShare,
         .batch = kItemField<&ItemBatch::watch_share>,
         .of_item = [](Request, Item i) { return i.batch.watch_share; }},
        {.name = "item_like_rate",
         .phrase = "item's like rate",
         .entity = Of::item,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kItemLikeRate,
         .batch = kItemField<&ItemBatch::like_rate>,
         .of_item = [](Request, Item i) { return i.batch.like_rate; }},
        {.name = "item_views",
         .phrase = "item's views, profile window",
         .entity = Of::item,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kItemViews,
         .batch = kItemField<&ItemBatch::views>,
         .of_item = [](Request, Item i) { return log1p_of(i.batch.views); }},
        {.name = "item_impressions_now",
         .phrase = "item's impressions, counter window",
         .entity = Of::item,
         .lane = Lane::streaming,
         .window = kCounterHours,
         .definition = "log(1 + count of impressions), eight steps",
         .of_item = [](Request, Item i) { return log1p_of(i.counters.impressions); }},
        {.name = "item_click_rate_now",
         .phrase = "item's click rate, counter window",
         .entity = Of::item,
         .lane = Lane::streaming,
         .window = kCounterHours,
         .definition = "(clicks + 1) / (impressions + 20), eight steps",
         .of_item = [](Request,
                       Item i) { return (i.counters.clicks + 1) / (i.counters.impressions + 20); }},
        {.name = "creator_click_rate",
         .phrase = "creator's click rate",
         .entity = Of::creator,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kCreatorClickRate,
         .batch = kCreatorRates,
         .of_item =
             [](Request r, Item i) {
                 return r.store.creator_click_rate(i.card.creator, r.context.now_s, r.params);
             }},

        {.name = "topic_share_long",
         .phrase = "share of the topic, profile window",
         .entity = Of::person_and_item,
         .lane = Lane::batch,
         .window = kProfileDays,
         .definition = kPersonTopicShare,
         .batch = kTopicShares,
         .of_item = [](Request r,
                       Item i) { return r.person.batch->topic_share[i.card.topic.index()]; },
         .words = long_topic_words},
        {.name = "recent",
         .phrase = "last items watched to at least a tenth",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = kRecentItems,
         .definition = "last n of watch where share >= 0.1",
         .aggregate = keep_recent},
        {.name = "topic_share_recent",
         .phrase = "share of the topic in the last items",
         .entity = Of::person_and_item,
         .lane = Lane::streaming,
         .window = kRecentItems,
         .definition = "sum of watched share by topic / sum of watched share",
         .aggregate =
             [](Value v, Step step) {
                 if (is_taste(step)) v.recent_share = topic_shares(v.recent, step.catalogue);
             },
         .of_item = [](Request r,
                       Item i) { return r.person.realtime->recent_share[i.card.topic.index()]; },
         .words = recent_topic_words},
        {.name = "profile",
         .phrase = "mean content vector of the recent items",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = kRecentItems,
         .definition = "unit(mean of content)",
         .aggregate = keep_profile<1>},
        {.name = "profile",
         .phrase = "content vector of the recent items, newest weighing more",
         .entity = Of::person,
         .lane = Lane::streaming,
         .version = 2,
         .window = kRecentItems,
         .definition = "unit(sum of 2^(-rank / 4) x content), rank 0 = newest",
         .aggregate = keep_profile<2>},
        {.name = "profile_similarity",
         .phrase = "similarity to the last items",
         .entity = Of::person_and_item,
         .lane = Lane::streaming,
         .window = kRecentItems,
         .definition = "<profile, content of the item>",
         .of_item =
             [](Request r, Item i) {
                 const std::vector<float>& profile = r.person.realtime->profile;
                 return profile.empty() ? 0.0f : dot(profile, r.content[i.id.index()]);
             }},
        {.name = "search_match",
         .phrase = "matches a recent search",
         .entity = Of::person_and_item,
         .lane = Lane::streaming,
         .window = "last 1",
         .definition = "exp(-hours since the search / 6) for the topic last searched for, else 0",
         .aggregate =
             [](Value v, Step step) {
                 if (step.event.kind != EventKind::search) return;
                 v.search_topic = step.event.topic;
                 v.searched_s = step.event.time_s;
             },
         .of_item =
             [](Request r, Item i) {
                 const bool matches = r.person.realtime->search_topic == i.card.topic.value;
                 return matches ? search_freshness(r) : 0.0f;
             },
         .words = search_words},
        {.name = "sequence",
         .phrase = "last events in order: item, action, watched share, surface, time",
         .entity = Of::person,
         .lane = Lane::streaming,
         .window = "last features.sequence_events",
         .definition =
             "last n of watch, like, dislike, not_interested, follow, add_to_list; and how "
             "many ever",
         .aggregate = keep_sequence},
        {.name = "creator_seen",
         .phrase = "has watched the creator before",
         .entity = Of::person_and_item,
         .lane = Lane::on_event,
         .window = "ever",
         .definition = "1 if anything of the creator was watched to at least a tenth, else 0",
         .of_item =
             [](Request r, Item i) {
                 const std::vector<CreatorId>& seen = r.person.history->seen_creators;
                 return std::ranges::binary_search(seen, i.card.creator) ? 1.0f : 0.0f;
             }},
        {.name = "times_shown",
         .phrase = "times shown before",
         .entity = Of::person_and_item,
         .lane = Lane::on_event,
         .window = "last 400 impressions",
         .definition = "count of impressions of the item",
         .of_item = [](Request r, Item i) { return static_cast<float>(r.shown.times(i.id)); }},
        {.name = "survey_match",
         .phrase = "topic named at sign-up",
         .entity = Of::person_and_item,
         .lane = Lane::request,
         .window = "sign-up",
         .definition = "1 for the topic named first, 0.5 for the second, else 0",
         .of_item = [](Request r, Item i) { return survey_match(r.person, i.card.topic); },
         .words = survey_words},
    });
static_assert(PersonHistory::kShownKept == 400);

constexpr std::size_t kColumns =
    static_cast<std::size_t>(std::ranges::count_if(kRegistry, &Feature::ranks));

constexpr std::size_t column_of(std::size_t row) {
    return static_cast<std::size_t>(
        std::count_if(kRegistry.begin(), kRegistry.begin() + static_cast<std::ptrdiff_t>(row),
                      [](const Feature& each) { return each.ranks(); }));
}

// Unrolled over the rows, so that a value costs its formula and no call through a pointer.
template <std::size_t... Row>
void fill_of_item(Request request, Item item, float* columns, std::index_sequence<Row...>) {
    const auto fill = [&]<std::size_t R>(std::integral_constant<std::size_t, R>) {
        if constexpr (kRegistry[R].of_item != nullptr)
            columns[column_of(R)] = kRegistry[R].of_item(request, item);
    };
    (fill(std::integral_constant<std::size_t, Row>()), ...);
}

}  // namespace

std::string_view feature_entity_label(FeatureEntity entity) {
    return kEntities[entity];
}

std::string_view lane_label(Lane lane) {
    return kLanes[lane];
}

std::span<const Feature> feature_registry() {
    return kRegistry;
}

std::size_t feature_column_count() {
    return kColumns;
}

void fill_request_columns(const RequestMoment& request, float* columns) {
    for (const Feature& feature : kRegistry) {
        if (feature.of_request != nullptr) *columns = feature.of_request(request);
        columns += feature.ranks();
    }
}

void fill_item_columns(const RequestMoment& request, const ItemMoment& item, float* columns) {
    fill_of_item(request, item, columns, std::make_index_sequence<kRegistry.size()>());
}

float survey_match(const PersonFeatures& person, TopicId topic) {
    if (person.sign_up == nullptr) return 0;
    if (person.sign_up->survey[0] == topic) return 1;
    return person.sign_up->survey[1] == topic ? 0.5f : 0.0f;
}

}  // namespace cascadelab
