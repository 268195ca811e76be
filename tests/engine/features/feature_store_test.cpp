#include "engine/features/feature_store.h"

#include <QTest>

#include "engine/features/streaming.h"
#include "tests/worlds/small_run.h"

using namespace cascadelab;

namespace {

std::uint64_t hash_of(const FeatureStore& store) {
    Hasher hasher;
    store.hash(hasher);
    return hasher.value();
}

}  // namespace

class FeatureStoreTest : public QObject {
    Q_OBJECT

    std::shared_ptr<Catalogue> m_catalogue = small_catalogue(50);
    const PersonId m_anna = PersonId(1);

    void tell(FeatureStore& store, const FeatureParams& params, const Event& event) const {
        store.observe(params, *m_catalogue, event.person, std::span(&event, 1));
    }
    Event event(Seconds t, EventKind kind, std::size_t item = 0, float value = 0,
                std::uint32_t request = 0) const {
        return {t, m_anna, ItemId(item), request, value, kind};
    }
    const PersonRealtime& read(FeatureStore& store, const FeatureParams& params,
                               Seconds now_s) const {
        return *store.read_person(params, *m_catalogue, m_anna, now_s).realtime;
    }

  private slots:
    void an_event_is_readable_from_its_time_plus_the_lag_on() {
        const FeatureParams params{.streaming_lag_s = 90.5};
        FeatureStore store(params, 3, *m_catalogue);
        tell(store, params, event(1000, EventKind::watch, 7, 0.8f));
        QVERIFY(read(store, params, 1090).recent.empty());
        QCOMPARE(read(store, params, 1091).recent.size(), 1u);
        QCOMPARE(read(store, params, 1091).stamp.event_s, Seconds{1000});
        QCOMPARE(read(store, params, 1091).stamp.write_s, Seconds{1091});

        store.advance(params, std::vector{event(2000, EventKind::click, 3)}, 2090);
        QCOMPARE(store.counters(ItemId(3)).clicks, 0.0f);
        store.advance(params, {}, 2091);
        QCOMPARE(store.counters(ItemId(3)).clicks, 1.0f);
    }

    void who_joins_is_served_defaults_and_what_they_told() {
        FeatureParams params;
        FeatureStore store(params, 2, *m_catalogue);
        auto tables = std::make_shared<BatchTables>();
        tables->stamp = {0, 0};
        tables->people.resize(2);
        tables->people[1].click_rate = 0.5f;
        tables->person_default.click_rate = 0.25f;
        store.deploy_batch(std::move(tables));
        const FeatureStore founders = store;
        store.add_people(std::vector<SignUp>{{{TopicId(7), TopicId(7)}}, {}, {{TopicId(4), {}}}});
        const auto asked = [&](std::size_t who) {
            return store.read_person(params, *m_catalogue, PersonId(who), 10);
        };
        QVERIFY(asked(2).realtime->recent.empty() && asked(2).history->watched.empty());
        QCOMPARE(asked(2).batch->click_rate, 0.25f);
        QCOMPARE(asked(1).batch->click_rate, 0.5f);
        QCOMPARE(asked(2).sign_up->survey[0], TopicId(4));
        QVERIFY(!asked(0).sign_up->survey[0].valid());  // who is there keeps what they told
        params.signup = false;
        QVERIFY(asked(2).sign_up == nullptr);
        QVERIFY(hash_of(store) != hash_of(founders));
    }

    void reading_sooner_or_later_never_changes_a_value() {
        const FeatureParams params{.streaming_lag_s = 30};
        FeatureStore often(params, 3, *m_catalogue), once(params, 3, *m_catalogue);
        for (Seconds t = 0; t < 6000; t += 10) {
            Stream stream(3, Purpose::test, static_cast<std::uint64_t>(t));
            const auto kind = static_cast<EventKind>(stream.below(11));
            const Event each =
                event(t, kind, stream.below(50), static_cast<float>(stream.uniform()),
                      static_cast<std::uint32_t>(t / 100));
            tell(often, params, each);
            tell(once, params, each);
            read(often, params, t);
        }
        read(often, params, 7000);
        read(once, params, 7000);
        QCOMPARE(hash_of(often), hash_of(once));
    }

    void recent_items_are_the_last_ones_watched_to_a_tenth() {
        const FeatureParams params{.streaming_lag_s = 0, .recent_items = 3};
        FeatureStore store(params, 3, *m_catalogue);
        for (std::size_t i = 0; i < 5; ++i)
            tell(store, params,
                 event(static_cast<Seconds>(i), EventKind::watch, i, i == 3 ? 0.09f : 0.5f));
        const PersonRealtime& now = read(store, params, 10);
        QCOMPARE(now.recent.size(), 3u);
        QCOMPARE(now.recent[0].item, ItemId(1));
        QCOMPARE(now.recent[1].item, ItemId(2));
        QCOMPARE(now.recent[2].item, ItemId(4));
        QCOMPARE(now.last_view_s, Seconds{4});
    }

    void the_sequence_keeps_the_last_events_in_order_and_counts_all() {
        const FeatureParams params{.streaming_lag_s = 5, .sequence_events = 4, .ttl_h = 1};
        FeatureStore store(params, 3, *m_catalogue);
        const auto sequence = [&](Seconds now_s) {
            return *store.read_person(params, *m_catalogue, m_anna, now_s).sequence;
        };
        tell(store, params, event(100, EventKind::session_start));
        tell(store, params, event(101, EventKind::impression, 7));
        tell(store, params, event(102, EventKind::click, 7));
        tell(store, params, event(110, EventKind::watch, 7, 0.62f));
        tell(store, params, event(110, EventKind::like, 7));
        QVERIFY(sequence(114).tokens.empty());
        QCOMPARE(sequence(115).seen, std::uint64_t{2});
        const PersonToken watched{ItemId(7), TokenAction::watch, 4, Surface::home, 110};
        QVERIFY(sequence(115).tokens[0] == watched);
        const PersonToken liked{ItemId(7), TokenAction::like, 0, Surface::home, 110};
        QVERIFY(sequence(115).tokens[1] == liked);

        tell(store, params, event(120, EventKind::watch, 8, 0.05f));
        tell(store, params, event(130, EventKind::not_interested, 9));
        tell(store, params, event(140, EventKind::watch, 10, 1));
        tell(store, params, event(150, EventKind::search));
        tell(store, params, event(160, EventKind::session_end));
        const PersonSequence last = sequence(2 * kDay);  // of any age
        QCOMPARE(last.seen, std::uint64_t{5});
        QCOMPARE(last.tokens.size(), std::size_t{4});
        QVERIFY(last.tokens[0] == liked);
        QVERIFY(last.tokens[1].action == TokenAction::left_early);
        QVERIFY(last.tokens[2].action == TokenAction::not_interested);
        QCOMPARE(last.tokens[3].watch_bucket, std::uint8_t{7});
    }

    void topic_shares_are_weighted_by_what_was_watched() {
        const FeatureParams params{.streaming_lag_s = 0};
        FeatureStore store(params, 3, *m_catalogue);
        std::size_t other = 1;
        while (m_catalogue->cards[other].topic == m_catalogue->cards[0].topic) ++other;
        tell(store, params, event(0, EventKind::watch, 0, 0.75f));
        tell(store, params, event(1, EventKind::watch, other, 0.25f));
        const PersonRealtime& now = read(store, params, 2);
        QCOMPARE(now.recent_share[m_catalogue->cards[0].topic.index()], 0.75f);
        QCOMPARE(now.recent_share[m_catalogue->cards[other].topic.index()], 0.25f);
    }

    void the_profile_is_the_unit_mean_and_under_skew_the_newest_weigh_more() {
        FeatureParams params{.streaming_lag_s = 0};
        FeatureStore store(params, 3, *m_catalogue);
        QCOMPARE(read(store, params, 0).profile, std::vector<float>(12, 0.0f));
        tell(store, params, event(0, EventKind::watch, 4, 1));
        tell(store, params, event(1, EventKind::watch, 5, 1));
        const std::vector<float> even = read(store, params, 2).profile;
        const auto old_item = m_catalogue->content[4], new_item = m_catalogue->content[5];
        QVERIFY(std::abs(dot(even, even) - 1) < 1e-5f);
        QVERIFY(std::abs(dot(even, old_item) - dot(even, new_item)) < 1e-5f);

        params.version_skew = true;
        const std::vector<float> skewed = read(store, params, 3).profile;
        QVERIFY(std::abs(dot(skewed, skewed) - 1) < 1e-5f);
        QVERIFY(dot(skewed, new_item) > dot(skewed, old_item) + 0.01f);
        params.version_skew = false;
        QCOMPARE(read(store, params, 4).profile, even);
    }

    void a_session_starts_from_nothing_and_rows_of_pages_are_counted() {
        const FeatureParams params{.streaming_lag_s = 0};
        FeatureStore store(params, 3, *m_catalogue);
        for (std::uint32_t page = 0; page < 3; ++page) {
            const Seconds t = page * 10;
            tell(store, params, event(t, EventKind::impression, 1, 0, page));
            tell(store, params, event(t, EventKind::impression, 2, 0, page));
            tell(store, params, event(t + 1, EventKind::click, 1, 0, page));
            tell(store, params, event(t + 1, EventKind::click, 2, 0, page));
        }
        tell(store, params, event(40, EventKind::watch, 1, 0.5f, 2));
        PersonRealtime now = read(store, params, 50);
        QCOMPARE(now.session_pages, 3.0f);
        QCOMPARE(now.session_clicks, 6.0f);
        QCOMPARE(now.session_watch_s, 0.5f * m_catalogue->cards[1].duration_s);
        QCOMPARE(now.clicks_in_row, 3.0f);
        QCOMPARE(now.empty_in_row, 0.0f);

        tell(store, params, event(60, EventKind::impression, 1, 0, 3));
        tell(store, params, event(70, EventKind::impression, 1, 0, 4));
        now = read(store, params, 80);
        QCOMPARE(now.clicks_in_row, 0.0f);
        QCOMPARE(now.empty_in_row, 2.0f);
        tell(store, params, event(90, EventKind::session_start));
        now = read(store, params, 90);
        QCOMPARE(now.session_pages, 0.0f);
        QCOMPARE(now.session_clicks, 0.0f);
        QCOMPARE(now.session_watch_s, 0.0f);
        QCOMPARE(now.recent.size(), 1u);
    }

    void a_search_leaves_its_topic_and_time() {
        const FeatureParams params{.streaming_lag_s = 2};
        FeatureStore store(params, 3, *m_catalogue);
        QCOMPARE(int{read(store, params, 0).search_topic}, 0xFF);
        Event search{100, m_anna, {}, 0, 0, EventKind::search};
        search.topic = 6;
        tell(store, params, search);
        QCOMPARE(int{read(store, params, 101).search_topic}, 0xFF);
        QCOMPARE(int{read(store, params, 102).search_topic}, 6);
        QCOMPARE(read(store, params, 102).searched_s, Seconds{100});
    }

    void history_knows_at_once_what_was_watched_blocked_and_shown() {
        const FeatureParams params{.streaming_lag_s = 86400};
        FeatureStore store(params, 3, *m_catalogue);
        tell(store, params, event(1, EventKind::watch, 9, 0.1f));
        tell(store, params, event(2, EventKind::watch, 8, 1));
        tell(store, params, event(3, EventKind::watch, 7, 0.05f));
        tell(store, params, event(3, EventKind::watch, 6, 0.5f));  // left halfway: may come back
        tell(store, params, event(4, EventKind::watch, 9, 1));
        tell(store, params, event(5, EventKind::not_interested, 3));
        for (int i = 0; i < 1000; ++i)
            tell(store, params,
                 event(10 + i, EventKind::impression, static_cast<std::size_t>(i) % 50));
        const PersonHistory& history = store.history(m_anna);
        QCOMPARE(history.watched, (std::vector{ItemId(8), ItemId(9)}));
        QCOMPARE(history.blocked, std::vector{ItemId(3)});
        QVERIFY(std::ranges::is_sorted(history.seen_creators));
        for (const std::size_t item : {6, 8}) {
            const CreatorId creator = m_catalogue->cards[item].creator;
            QVERIFY(std::ranges::binary_search(history.seen_creators, creator));
        }
        QCOMPARE(history.shown.size(), PersonHistory::kShownKept);
        Seconds t = 1010 - static_cast<Seconds>(PersonHistory::kShownKept);
        for (const ShownItem shown : history.shown) {
            QCOMPARE(shown.item, ItemId(static_cast<std::size_t>(t - 10) % 50));
            QCOMPARE(shown.time_s, t++);
        }
        QCOMPARE(t, Seconds{1010});
    }

    void values_older_than_the_time_to_live_are_served_as_their_default() {
        const FeatureParams params{.streaming_lag_s = 10, .ttl_h = 1};
        FeatureStore store(params, 3, *m_catalogue);
        auto tables = std::make_shared<BatchTables>();
        tables->stamp = {0, 20};
        tables->people.resize(3);
        tables->items.resize(2);
        tables->people[1].click_rate = tables->items[1].click_rate = 0.5f;
        tables->person_default.click_rate = tables->item_default.click_rate = 0.25f;
        tables->creator_click_rate = {0.5f};
        tables->creator_default = 0.25f;
        QCOMPARE(store.item_batch(ItemId(1), 0, params).click_rate, 0.0f);
        store.deploy_batch(tables);
        tell(store, params, event(0, EventKind::watch, 1, 1));

        QCOMPARE(read(store, params, 3610).recent.size(), 1u);
        QVERIFY(read(store, params, 3611).recent.empty());
        QCOMPARE(read(store, params, 3611).profile.size(), 12u);
        const auto rate = [&](Seconds now_s) {
            return store.read_person(params, *m_catalogue, m_anna, now_s).batch->click_rate;
        };
        QCOMPARE(rate(3620), 0.5f);
        QCOMPARE(rate(3621), 0.25f);
        QCOMPARE(store.item_batch(ItemId(1), 3620, params).click_rate, 0.5f);
        QCOMPARE(store.item_batch(ItemId(1), 3621, params).click_rate, 0.25f);
        QCOMPARE(store.item_batch(ItemId(2), 100, params).click_rate, 0.25f);
        QCOMPARE(store.creator_click_rate(CreatorId(0), 100, params), 0.5f);
        QCOMPARE(store.creator_click_rate(CreatorId(1), 100, params), 0.25f);
        QCOMPARE(store.creator_click_rate(CreatorId(0), 3621, params), 0.25f);
    }

    void the_sliding_window_agrees_with_a_recount_data() {
        QTest::addColumn<double>("window_h");
        QTest::addColumn<double>("lag_s");
        QTest::newRow("six hours") << 6.0 << 2.0;
        QTest::newRow("half an hour") << 0.5 << 0.0;
        QTest::newRow("lag beyond the window") << 1.0 << 7200.0;
    }
    void the_sliding_window_agrees_with_a_recount() {
        QFETCH(double, window_h);
        QFETCH(double, lag_s);
        const FeatureParams params{.streaming_lag_s = lag_s, .counter_window_h = window_h};
        FeatureStore store(params, 1, *m_catalogue);
        const auto step_s = static_cast<Seconds>(window_h * 3600 / 8);
        std::vector<Event> all;
        double seen = 0;
        for (Seconds now_s = 300; now_s <= 60000; now_s += 300) {
            Stream stream(9, Purpose::test, static_cast<std::uint64_t>(now_s));
            std::vector<Event> merged;
            for (int i = 0; i < 12; ++i)
                merged.push_back(event(now_s - 300 + static_cast<Seconds>(stream.below(900)),
                                       static_cast<EventKind>(1 + stream.below(4)),
                                       stream.below(5)));
            all.insert(all.end(), merged.begin(), merged.end());
            store.advance(params, merged, now_s);

            // Eight whole steps end at or after now; the newest is still being filled.
            const Seconds begin_s = (now_s + step_s - 1) / step_s * step_s - 8 * step_s;
            for (std::size_t item = 0; item < 5; ++item) {
                ItemCounters naive;
                for (const Event& each : all) {
                    const Seconds readable_s = each.time_s + static_cast<Seconds>(lag_s);
                    if (each.item != ItemId(item) || each.time_s >= now_s) continue;
                    if (readable_s > now_s || readable_s <= begin_s) continue;
                    naive.impressions += each.kind == EventKind::impression;
                    naive.clicks += each.kind == EventKind::click;
                    naive.watches += each.kind == EventKind::watch;
                }
                const ItemCounters counted = store.counters(ItemId(item));
                QCOMPARE(counted.impressions, naive.impressions);
                QCOMPARE(counted.clicks, naive.clicks);
                QCOMPARE(counted.watches, naive.watches);
                seen += counted.clicks;
            }
        }
        QVERIFY(seen > 100);
    }

    void an_event_that_comes_a_whole_window_late_never_counts() {
        const FeatureParams params{.streaming_lag_s = 0, .counter_window_h = 6};
        FeatureStore store(params, 1, *m_catalogue);
        store.advance(params, std::vector{event(2700, EventKind::click, 3)}, 8 * 2700 + 1);
        QCOMPARE(store.counters(ItemId(3)).clicks, 0.0f);
        store.advance(params, std::vector{event(2701, EventKind::click, 3)}, 8 * 2700 + 2);
        QCOMPARE(store.counters(ItemId(3)).clicks, 1.0f);
    }

    // A window of no width is one of eight seconds: no step is shorter than a second.
    void the_shortest_window_is_eight_steps_of_a_second() {
        const FeatureParams params{.streaming_lag_s = 0, .counter_window_h = 1e-6};
        FeatureStore store(params, 3, *m_catalogue);
        store.advance(params, std::vector{event(1000, EventKind::click, 3)}, 1001);
        QCOMPARE(store.counters(ItemId(3)).clicks, 1.0f);
        store.advance(params, {}, 1007);
        QCOMPARE(store.counters(ItemId(3)).clicks, 1.0f);
        store.advance(params, {}, 1008);
        QCOMPARE(store.counters(ItemId(3)).clicks, 0.0f);
    }

    // (0.3, 0.4) is half as long as a unit vector, (3, 4) five times as long.
    void a_profile_has_unit_length_however_short_what_was_watched_is() {
        Catalogue catalogue;
        catalogue.content.dims = 2;
        catalogue.content.data = {0.3f, 0.4f, 3, 4, 0, 0};
        for (const std::size_t item : {0u, 1u}) {
            const std::vector<float> profile =
                profile_of(std::vector<RecentItem>{{ItemId(item), 1, 0}}, 1, catalogue);
            QVERIFY(std::abs(profile[0] - 0.6f) < 1e-6f && std::abs(profile[1] - 0.8f) < 1e-6f);
        }
        const std::vector<float> nowhere =
            profile_of(std::vector<RecentItem>{{ItemId(2u), 1, 0}}, 1, catalogue);
        QCOMPARE(nowhere, (std::vector<float>{0, 0}));
    }

    void items_released_later_are_counted() {
        const FeatureParams params{.streaming_lag_s = 0};
        FeatureStore store(params, 1, *m_catalogue);
        const auto grown = small_catalogue(60);
        QCOMPARE(store.counters(ItemId(55)).clicks, 0.0f);
        store.add_items(*grown);
        store.advance(params, std::vector{event(1, EventKind::click, 55)}, 300);
        QCOMPARE(store.counters(ItemId(55)).clicks, 1.0f);
    }

    void copies_do_not_share_what_happens_afterwards() {
        const FeatureParams params{.streaming_lag_s = 0};
        FeatureStore store(params, 3, *m_catalogue);
        tell(store, params, event(0, EventKind::watch, 1, 1));
        store.advance(params, std::vector{event(0, EventKind::click, 1)}, 300);
        read(store, params, 300);
        const std::uint64_t before = hash_of(store);
        FeatureStore copy = store;
        QCOMPARE(hash_of(copy), before);

        tell(store, params, event(400, EventKind::impression, 2));
        read(store, params, 500);
        store.advance(params, std::vector{event(400, EventKind::click, 1)}, 600);
        QCOMPARE(hash_of(copy), before);
        const std::uint64_t after = hash_of(store);
        QVERIFY(after != before);

        tell(copy, params, event(450, EventKind::not_interested, 3));
        QCOMPARE(hash_of(store), after);
        store = copy;
        QCOMPARE(hash_of(store), hash_of(copy));
        tell(copy, params, event(460, EventKind::not_interested, 4));
        QCOMPARE(store.history(m_anna).blocked.size(), 1u);
    }

    void the_hash_changes_with_every_kind_of_event_and_every_table() {
        const FeatureParams params{.streaming_lag_s = 0};
        const FeatureStore empty(params, 3, *m_catalogue);
        std::vector<std::uint64_t> hashes{hash_of(empty)};
        const auto note = [&](const FeatureStore& store) {
            const std::uint64_t hash = hash_of(store);
            QVERIFY(std::ranges::find(hashes, hash) == hashes.end());
            hashes.push_back(hash);
        };
        for (int kind = 0; kind <= static_cast<int>(EventKind::session_end); ++kind) {
            FeatureStore store = empty;
            tell(store, params, event(5, static_cast<EventKind>(kind), 1, 0.5f));
            note(store);
            read(store, params, 100);
            QVERIFY(hash_of(store) != hashes.front() && hash_of(store) != hashes.back());
        }
        FeatureStore store = empty;
        store.advance(params, std::vector{event(5, EventKind::click, 1)}, 300);
        note(store);
        store.advance(params, {}, 3000);
        note(store);
        BatchTables tables;
        tables.people.resize(1);
        tables.items.resize(1);
        tables.creator_click_rate.resize(1);
        const std::vector<float*> fields = {&tables.people[0].topic_share[7],
                                            &tables.people[0].click_rate,
                                            &tables.people[0].watch_share,
                                            &tables.people[0].views_per_day,
                                            &tables.items[0].click_rate,
                                            &tables.items[0].watch_share,
                                            &tables.items[0].like_rate,
                                            &tables.items[0].views,
                                            tables.creator_click_rate.data(),
                                            &tables.creator_default,
                                            tables.person_default.topic_share.data(),
                                            &tables.person_default.views_per_day,
                                            &tables.item_default.views};
        for (float* const field : fields) {
            *field = 0.5f;
            store.deploy_batch(std::make_shared<const BatchTables>(tables));
            note(store);
        }
        tables.stamp.write_s = 5;
        store.deploy_batch(std::make_shared<const BatchTables>(tables));
        note(store);
    }

    void the_aggregator_is_pure() {
        const FeatureParams params;
        const PersonRealtime start = empty_realtime(*m_catalogue);
        const PersonRealtime once =
            aggregate(start, event(5, EventKind::watch, 1, 0.5f), params, *m_catalogue);
        const PersonRealtime twice =
            aggregate(start, event(5, EventKind::watch, 1, 0.5f), params, *m_catalogue);
        QVERIFY(start.recent.empty());
        QCOMPARE(once.recent.size(), 1u);
        QCOMPARE(once.profile, twice.profile);
    }
};

QTEST_GUILESS_MAIN(FeatureStoreTest)
#include "feature_store_test.moc"
