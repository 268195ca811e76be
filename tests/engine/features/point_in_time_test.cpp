#include "engine/features/point_in_time.h"

#include <QTest>

#include "tests/worlds/small_run.h"

using namespace cascadelab;

class PointInTimeTest : public QObject {
    Q_OBJECT

    // How many of the joined requests hold what was served, and how many there were.
    struct Tally {
        std::size_t joined = 0, equal = 0, profile_only = 0;
    };
    static Tally compare(const SmallRun& run, const JoinInputs& view) {
        const auto logged = run.requests.newest(1u << 30);
        Tally tally;
        join_point_in_time(view, logged, [&](const JoinedRequest& joined) {
            const std::size_t i = tally.joined;
            if (joined.request != logged[i].get()) return;
            Served again = copy_served(*joined.store, joined.person, *joined.request,
                                       joined.request->time_s, view.params, *run.catalogue);
            tally.equal += hash_served(again) == hash_served(run.served[i]);
            again.realtime.profile = run.served[i].realtime.profile;
            tally.profile_only += hash_served(again) == hash_served(run.served[i]);
            ++tally.joined;
        });
        return tally;
    }

  private slots:
    void a_join_holds_what_was_served_to_the_bit_data() {
        QTest::addColumn<double>("lag_s");
        QTest::addColumn<double>("ttl_h");
        QTest::newRow("no lag") << 0.0 << 72.0;
        QTest::newRow("two seconds") << 2.0 << 72.0;
        QTest::newRow("half an hour") << 1800.0 << 72.0;
        QTest::newRow("a day") << 86400.0 << 72.0;
        QTest::newRow("short life") << 2.0 << 6.0;
    }
    void a_join_holds_what_was_served_to_the_bit() {
        QFETCH(double, lag_s);
        QFETCH(double, ttl_h);
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            SmallRun run({.streaming_lag_s = lag_s, .batch_every_h = 6, .ttl_h = ttl_h}, 30, 60,
                         seed);
            run.ticks(700, 0.05);
            const Tally tally = compare(run, run.view());
            QVERIFY(tally.joined > 200);
            QCOMPARE(tally.joined, run.served.size());
            QCOMPARE(tally.equal, tally.joined);
        }
    }

    void a_join_starts_from_any_checkpoint() {
        SmallRun run({.batch_every_h = 6}, 20, 60, 4);
        run.ticks(600, 0.03);
        JoinInputs view = run.view();
        view.checkpoints.erase(view.checkpoints.begin() + 1, view.checkpoints.end());
        const Tally tally = compare(run, view);
        QCOMPARE(tally.joined, run.served.size());
        QCOMPARE(tally.equal, tally.joined);
    }

    void requests_before_the_first_checkpoint_are_skipped() {
        SmallRun run({.batch_every_h = 6}, 20, 60, 5);
        run.ticks(400, 0.03);
        JoinInputs view = run.view();
        view.checkpoints.erase(view.checkpoints.begin(), view.checkpoints.begin() + 2);
        std::size_t joined = 0;
        Seconds oldest_s = INT64_MAX;
        join_point_in_time(view, run.requests.newest(1u << 30), [&](const JoinedRequest& each) {
            oldest_s = std::min(oldest_s, each.request->tick_s);
            ++joined;
        });
        QVERIFY(joined > 0 && joined < run.served.size());
        QVERIFY(oldest_s >= view.checkpoints.front().time_s);
    }

    void version_skew_makes_training_differ_in_the_profile_alone() {
        SmallRun run({.batch_every_h = 6, .version_skew = true}, 20, 60, 6);
        run.ticks(500, 0.03);
        const Tally tally = compare(run, run.view());
        QCOMPARE(tally.joined, run.served.size());
        QVERIFY(tally.equal < tally.joined / 2);
        QCOMPARE(tally.profile_only, tally.joined);
    }

    void nothing_is_newer_than_its_request_unless_the_latest_values_leak() {
        SmallRun run({.batch_every_h = 6}, 20, 60, 7);
        run.ticks(500, 0.03);
        const auto newer = [&](TrainingValues values) {
            JoinInputs view = run.view();
            view.params.training_values = values;
            std::size_t count = 0;
            join_point_in_time(view, run.requests.newest(1u << 30), [&](const JoinedRequest& each) {
                const Seconds t = each.request->time_s;
                const PersonRealtime& realtime = *each.person.realtime;
                bool leak = realtime.stamp.write_s > t || each.person.batch_stamp.write_s > t;
                leak |= realtime.searched_s > t || realtime.last_view_s > t;
                for (const RecentItem& recent : realtime.recent) leak |= recent.time_s >= t;
                for (const ShownItem shown : each.person.history->shown) leak |= shown.time_s > t;
                count += leak;
            });
            return count;
        };
        QCOMPARE(newer(TrainingValues::point_in_time), 0u);
        QVERIFY(newer(TrainingValues::latest) > run.served.size() / 2);
    }

    void the_latest_values_know_the_last_event_of_the_log() {
        SmallRun run({.batch_every_h = 6}, 20, 60, 7);
        run.ticks(500, 0.03);
        Seconds logged_s = 0, known_s = 0;
        run.log.visit([&](const Event& event) { logged_s = std::max(logged_s, event.time_s); });
        JoinInputs view = run.view();
        view.params.training_values = TrainingValues::latest;
        join_point_in_time(view, run.requests.newest(1u << 30), [&](const JoinedRequest& each) {
            known_s = std::max(known_s, each.person.realtime->stamp.event_s);
        });
        QCOMPARE(known_s, logged_s);
    }

    void labels_are_what_the_person_did_with_the_page() {
        SmallRun run({.batch_every_h = 6}, 20, 60, 8);
        run.ticks(300, 0.03);
        std::size_t clicks = 0;
        join_point_in_time(
            run.view(), run.requests.newest(1u << 30), [&](const JoinedRequest& each) {
                QCOMPARE(each.outcomes.size(), each.request->items.size());
                for (std::size_t i = 0; i < each.outcomes.size(); ++i) {
                    // Counted by hand over the whole log; an item twice on a page is labelled once.
                    const ItemId item = each.request->items[i];
                    const auto first = std::ranges::find(each.request->items, item);
                    if (first - each.request->items.begin() != static_cast<std::ptrdiff_t>(i))
                        continue;
                    Outcome by_hand;
                    run.log.visit([&](const Event& event) {
                        if (event.person != each.request->person || event.item != item ||
                            event.request != each.request->request)
                            return;
                        if (event.kind == EventKind::click) by_hand.click = 1;
                        if (event.kind == EventKind::like) by_hand.like = 1;
                        if (event.kind == EventKind::not_interested) by_hand.not_interested = 1;
                        if (event.kind == EventKind::watch)
                            by_hand.watch_share = std::max(by_hand.watch_share, event.value);
                    });
                    const Outcome& outcome = each.outcomes[i];
                    QCOMPARE(outcome.click, by_hand.click);
                    QCOMPARE(outcome.like, by_hand.like);
                    QCOMPARE(outcome.not_interested, by_hand.not_interested);
                    QCOMPARE(outcome.watch_share, by_hand.watch_share);
                    QCOMPARE(outcome.long_watch, by_hand.watch_share >= 0.5f ? 1.0f : 0.0f);
                    clicks += outcome.click > 0;
                }
            });
        QVERIFY(clicks > 20);
    }

    void the_feature_log_returns_the_newest_rows_and_forgets_the_oldest() {
        FeatureLog log;
        for (std::uint32_t i = 0; i < 10; ++i)
            log.append({i * 100, i * 100, PersonId(1), i, std::vector<ItemId>(4), {}});
        QCOMPARE(log.newest(11).size(), 2u);
        QCOMPARE(log.newest(11).front()->request, 8u);
        const std::uint64_t before = log.hash();
        log.forget_before(300);
        QCOMPARE(log.requests(), 7u);
        QCOMPARE(log.newest(1000).front()->request, 3u);
        QCOMPARE(log.hash(), before);
        FeatureLog other;
        other.append({0, 0, PersonId(1), 0, {ItemId(3)}, {1.0f}});
        FeatureLog twin;
        twin.append({0, 0, PersonId(1), 0, {ItemId(3)}, {2.0f}});
        QVERIFY(other.hash() != twin.hash());
    }
};

QTEST_GUILESS_MAIN(PointInTimeTest)
#include "point_in_time_test.moc"
