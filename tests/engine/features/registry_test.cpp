// What holds for every row of the feature registry, whatever rows there are.
#include "engine/features/registry.h"

#include <QtTest>
#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "tests/worlds/small_run.h"

using namespace cascadelab;

namespace {

std::vector<const Feature*> ranking_features() {
    std::vector<const Feature*> ranking;
    for (const Feature& feature : feature_registry()) {
        if (feature.ranks()) ranking.push_back(&feature);
    }
    return ranking;
}

}  // namespace

class RegistryTest : public QObject {
    Q_OBJECT

  private slots:
    void every_row_is_named_once_a_version_and_says_what_it_is() {
        std::set<std::pair<std::string_view, int>> seen;
        std::set<std::string_view> columns;
        for (const Feature& each : feature_registry()) {
            QVERIFY(seen.insert({each.name, each.version}).second);
            QVERIFY(!each.phrase.empty() && !each.window.empty() && !each.definition.empty());
            QVERIFY(each.version >= 1);
            if (each.ranks()) QVERIFY(columns.insert(each.name).second);
        }
        QCOMPARE(columns.size(), feature_column_count());
    }

    void every_row_is_made_by_its_lane() {
        for (const Feature& each : feature_registry()) {
            QVERIFY2(each.lane != Lane::model, "a model's score is no feature");
            const bool has_query = each.batch.set != nullptr;
            QCOMPARE(has_query, each.lane == Lane::batch);
            QCOMPARE(has_query, each.batch.entities != nullptr);
            QCOMPARE(has_query, each.batch.set_default != nullptr);
            if (each.aggregate) QCOMPARE(each.lane, Lane::streaming);
            QVERIFY2(!(each.of_request && each.of_item), "a column has one source");
            const bool is_read = each.ranks() || each.aggregate || has_query;
            QVERIFY2(is_read, std::string(each.name).c_str());
        }
    }

    void filling_writes_every_column_and_no_more() {
        SmallRun run({.batch_every_h = 6}, 5, 60, 1);
        run.ticks(100, 0.2);
        const PersonFeatures person =
            run.store.peek_person(run.params, PersonId(std::size_t{2}), run.now_s);
        const RequestMoment moment{
            {run.now_s, Device::phone}, person, run.store, run.params, run.catalogue->cards,
            run.catalogue->content};
        constexpr float kUntouched = -12345;
        std::vector<float> columns(feature_column_count() + 1, kUntouched);
        fill_request_columns(moment, columns.data());
        QVERIFY(std::ranges::count(columns, kUntouched) > 1);
        fill_item_columns(moment, ItemMoment(moment, ItemId(std::size_t{3})), columns.data());
        QCOMPARE(std::ranges::count(columns, kUntouched), std::ptrdiff_t{1});
        QCOMPARE(columns.back(), kUntouched);
    }

    // Serving and training see the same number, row by row: what was logged with a request is what
    // the point-in-time join finds for it.
    void every_column_joins_to_what_was_served_data() {
        QTest::addColumn<double>("lag_s");
        QTest::addColumn<double>("ttl_h");
        QTest::newRow("two seconds") << 2.0 << 72.0;
        QTest::newRow("half an hour") << 1800.0 << 72.0;
        QTest::newRow("short life") << 2.0 << 6.0;
    }
    void every_column_joins_to_what_was_served() {
        QFETCH(double, lag_s);
        QFETCH(double, ttl_h);
        SmallRun run({.streaming_lag_s = lag_s, .batch_every_h = 6, .ttl_h = ttl_h}, 30, 60, 11);
        run.ticks(1700, 0.05);  // into the weekend
        const std::vector<const Feature*> ranking = ranking_features();
        std::vector<std::size_t> differ(ranking.size(), 0);
        std::vector<std::set<float>> values(ranking.size());
        std::size_t compared = 0;
        join_point_in_time(run.view(), run.requests.newest(1u << 30),
                           [&](const JoinedRequest& joined) {
                               const LoggedRequest& request = *joined.request;
                               const std::vector<float> again =
                                   feature_columns(*joined.store, joined.person, request,
                                                   request.time_s, run.params, *run.catalogue);
                               QCOMPARE(again.size(), request.rows.size());
                               for (std::size_t k = 0; k < again.size(); ++k) {
                                   differ[k % ranking.size()] += again[k] != request.rows[k];
                                   values[k % ranking.size()].insert(again[k]);
                                   ++compared;
                               }
                           });
        QVERIFY(compared > 200 * ranking.size());
        for (std::size_t c = 0; c < ranking.size(); ++c)
            QVERIFY2(differ[c] == 0, std::string(ranking[c]->name).c_str());
        // The comparison says something only of what moves in this run.
        const std::set<std::string_view> still = {"device", "survey_match"};
        for (std::size_t c = 0; c < ranking.size(); ++c) {
            if (!still.contains(ranking[c]->name))
                QVERIFY2(values[c].size() > 1, std::string(ranking[c]->name).c_str());
        }
    }

    void what_the_registry_says_of_a_person_is_text() {
        SmallRun run({.batch_every_h = 6}, 5, 60, 2);
        run.ticks(200, 0.2);
        const PersonFeatures person =
            run.store.peek_person(run.params, PersonId(std::size_t{1}), run.now_s);
        const RequestMoment moment{
            {run.now_s, Device::phone}, person, run.store, run.params, run.catalogue->cards,
            run.catalogue->content};
        std::map<std::string_view, FeatureWords> said;
        for (const Feature& feature : feature_registry()) {
            if (auto words =
                    feature_words(feature, moment, domain_pack(DomainPackName::short_video)))
                said[feature.name] = *words;
        }
        for (const auto& [name, words] : said) QVERIFY(!words.value.empty());
        QCOMPARE(said.at("session_pages").event_s, person.realtime->stamp.event_s);
        QCOMPARE(said.at("person_click_rate").event_s, person.batch_stamp.event_s);
        QVERIFY(said.at("topic_share_recent").value.ends_with(" %"));
        QVERIFY(!said.contains("item_views") && !said.contains("hour_sin"));
    }
};

QTEST_GUILESS_MAIN(RegistryTest)
#include "registry_test.moc"
