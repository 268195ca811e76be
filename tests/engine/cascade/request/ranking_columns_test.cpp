// The ranker's columns by name, for one person and one moment worked by hand.
#include "engine/cascade/request/ranking_columns.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace cascadelab;

namespace {

constexpr Seconds kNow = 5 * kDay + 18 * kHour;  // a Saturday, six in the evening

ItemCard card(std::size_t topic, std::size_t creator, double age_days, float minutes) {
    ItemCard made;
    made.topic = TopicId(topic);
    made.creator = CreatorId(creator);
    made.released_s = kNow - static_cast<Seconds>(age_days * kDay);
    made.duration_s = 60 * minutes;
    return made;
}

}  // namespace

class RankingColumnsTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void names_are_unique_and_whole();
    void fill_writes_every_column_and_no_more();
    void what_was_served_comes_first();
    void the_survey_counts_unless_it_is_not_used();
    void the_moment_is_told();
    void the_person_is_told();
    void the_item_is_told();
    void person_and_item_are_crossed();
    void a_stranger_has_defaults();

  private:
    float column(std::string_view name, std::size_t item, std::size_t person = 0);
    void tell(EventKind kind, Seconds ago, std::uint32_t page, std::size_t item, float value = 0);

    FeatureParams m_params;
    Catalogue m_catalogue;
    FeatureStore m_store;
    std::vector<Event> m_events;
};

void RankingColumnsTest::tell(EventKind kind, Seconds ago, std::uint32_t page, std::size_t item,
                              float value) {
    Event event{kNow - ago, PersonId(0), {}, page, value, kind};
    if (kind == EventKind::search) {
        event.topic = static_cast<std::uint8_t>(item);
    } else if (kind != EventKind::session_start) {
        event.item = ItemId(item);
    }
    m_store.observe(m_params, m_catalogue, event.person, std::span(&event, 1));
    m_events.push_back(event);
}

void RankingColumnsTest::initTestCase() {
    m_catalogue.cards = {card(2, 4, 2, 20), card(3, 5, 0.5, 90), card(2, 4, 10, 5)};
    m_catalogue.content.dims = 2;
    m_catalogue.content.data = {1, 0, 0.6f, 0.8f, 0, 1};
    m_store = FeatureStore(m_params, 0, m_catalogue);
    const std::vector<SignUp> told = {{{TopicId(3), TopicId(2)}}, {}};
    m_store.add_people(told);
    tell(EventKind::search, 6 * kHour, 0, 3);
    tell(EventKind::session_start, 600, 0, 0);
    tell(EventKind::impression, 500, 0, 0);
    tell(EventKind::impression, 500, 0, 1);
    tell(EventKind::click, 490, 0, 0);
    tell(EventKind::watch, 360, 0, 0, 0.5f);
    tell(EventKind::impression, 200, 1, 1);
    m_store.advance(m_params, m_events, kNow);

    auto tables = std::make_shared<BatchTables>();
    tables->stamp = {kNow - kHour, kNow - kHour};
    tables->people.resize(2);
    tables->people[0].topic_share[2] = 0.75f;
    tables->people[0].click_rate = 0.25f;
    tables->people[0].watch_share = 0.5f;
    tables->people[0].views_per_day = 3;
    tables->items = {{0.1f, 0.2f, 0.3f, 9}, {0.4f, 0.5f, 0.6f, 0}};  // the third is newer
    tables->item_default = {0.01f, 0.02f, 0.03f, 1};
    tables->creator_click_rate = {0, 0, 0, 0, 0.07f};
    tables->creator_default = 0.09f;
    m_store.deploy_batch(std::move(tables));
}

float RankingColumnsTest::column(std::string_view name, std::size_t item, std::size_t person) {
    const RequestContext context{kNow, Device::laptop};
    const PersonFeatures features =
        m_store.read_person(m_params, m_catalogue, PersonId(person), kNow);
    const RowFiller filler(context, features, m_store, m_params, m_catalogue.cards,
                           m_catalogue.content);
    std::vector<float> row(ranking_columns().size());
    filler.fill(ItemId(item), {11, 12, 13, 14, 15, 16}, row.data());
    const auto found = std::ranges::find(ranking_columns(), name, &RankingColumn::name);
    CHECK(found != ranking_columns().end());
    return row[static_cast<std::size_t>(found - ranking_columns().begin())];
}

void RankingColumnsTest::names_are_unique_and_whole() {
    std::set<std::string_view> names;
    for (const RankingColumn& each : ranking_columns()) {
        QVERIFY(names.insert(each.name).second);
        QVERIFY(!each.phrase.empty() && !lane_label(each.lane).empty());
    }
    QCOMPARE(names.size(), kServedColumns + feature_column_count());
}

void RankingColumnsTest::fill_writes_every_column_and_no_more() {
    const RequestContext context{kNow, Device::laptop};
    const PersonFeatures features = m_store.read_person(m_params, m_catalogue, PersonId(0), kNow);
    const RowFiller filler(context, features, m_store, m_params, m_catalogue.cards,
                           m_catalogue.content);
    const float nothing = -12345;
    std::vector<float> row(ranking_columns().size() + 1, nothing);
    filler.fill(ItemId(0), {}, row.data());
    QCOMPARE(std::ranges::find(row, nothing) - row.begin(),
             static_cast<std::ptrdiff_t>(ranking_columns().size()));
}

void RankingColumnsTest::what_was_served_comes_first() {
    const char* const names[] = {"retrieval_score", "proposers", "era_similarity",
                                 "factor_score",    "position",  "surface"};
    QCOMPARE(std::size(names), kServedColumns);
    for (std::size_t c = 0; c < kServedColumns; ++c) {
        QCOMPARE(ranking_columns()[c].name, std::string_view(names[c]));
        QCOMPARE(column(names[c], 0), 11.0f + static_cast<float>(c));
    }
}

// Items 0 and 1 are of topics 2 and 3; person 0 named 3 first and 2 second, person 1 nothing.
void RankingColumnsTest::the_survey_counts_unless_it_is_not_used() {
    QCOMPARE(column("survey_match", 0), 0.5f);
    QCOMPARE(column("survey_match", 1), 1.0f);
    QCOMPARE(column("survey_match", 0, 1), 0.0f);
    m_params.signup = false;
    QCOMPARE(column("survey_match", 1), 0.0f);
    m_params.signup = true;
}

void RankingColumnsTest::the_moment_is_told() {
    QCOMPARE(column("hour_sin", 0), -1.0f);
    QVERIFY(std::abs(column("hour_cos", 0)) < 1e-6f);
    QCOMPARE(column("weekend", 0), 1.0f);
    QCOMPARE(column("device", 0), 2.0f);
}

void RankingColumnsTest::the_person_is_told() {
    QCOMPARE(column("session_pages", 0), 2.0f);
    QCOMPARE(column("session_clicks", 0), 1.0f);
    QCOMPARE(column("clicks_in_row", 0), 0.0f);  // the second page was not answered
    QCOMPARE(column("empty_in_row", 0), 1.0f);
    QCOMPARE(column("rest_h", 0), 0.1f);
    QCOMPARE(column("person_click_rate", 0), 0.25f);
    QCOMPARE(column("person_watch_share", 0), 0.5f);
    QCOMPARE(column("person_views", 0), 3.0f);
}

void RankingColumnsTest::the_item_is_told() {
    QCOMPARE(column("item_age_days", 0), std::log(3.0f));
    QCOMPARE(column("item_minutes", 0), std::log(21.0f));
    QCOMPARE(column("item_click_rate", 0), 0.1f);
    QCOMPARE(column("item_watch_share", 0), 0.2f);
    QCOMPARE(column("item_like_rate", 0), 0.3f);
    QCOMPARE(column("item_views", 0), std::log(10.0f));
    QCOMPARE(column("item_click_rate", 2), 0.01f);  // not in the batch run: its default
    QCOMPARE(column("item_impressions_now", 0), std::log(2.0f));
    QCOMPARE(column("item_impressions_now", 1), std::log(3.0f));
    QCOMPARE(column("item_click_rate_now", 0), 2.0f / 21);
    QCOMPARE(column("item_click_rate_now", 1), 1.0f / 22);
    QCOMPARE(column("creator_click_rate", 0), 0.07f);
    QCOMPARE(column("creator_click_rate", 1), 0.09f);  // unknown to the batch run
}

void RankingColumnsTest::person_and_item_are_crossed() {
    QCOMPARE(column("topic_share_long", 0), 0.75f);
    QCOMPARE(column("topic_share_long", 1), 0.0f);
    QCOMPARE(column("topic_share_recent", 2), 1.0f);  // the one item watched had the topic
    QCOMPARE(column("topic_share_recent", 1), 0.0f);
    QCOMPARE(column("profile_similarity", 0), 1.0f);
    QCOMPARE(column("profile_similarity", 1), 0.6f);
    QCOMPARE(column("search_match", 1), std::exp(-1.0f));
    QCOMPARE(column("search_match", 0), 0.0f);
    QCOMPARE(column("creator_seen", 2), 1.0f);
    QCOMPARE(column("creator_seen", 1), 0.0f);
    QCOMPARE(column("times_shown", 0), 1.0f);
    QCOMPARE(column("times_shown", 1), 2.0f);
    QCOMPARE(column("times_shown", 2), 0.0f);
}

void RankingColumnsTest::a_stranger_has_defaults() {
    QCOMPARE(column("rest_h", 0, 1), 720.0f);
    QCOMPARE(column("session_pages", 0, 1), 0.0f);
    QCOMPARE(column("person_click_rate", 0, 1), 0.0f);
    QCOMPARE(column("profile_similarity", 0, 1), 0.0f);
    QCOMPARE(column("search_match", 1, 1), 0.0f);
    QCOMPARE(column("times_shown", 1, 1), 0.0f);
}

QTEST_GUILESS_MAIN(RankingColumnsTest)
#include "ranking_columns_test.moc"
