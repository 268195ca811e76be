#include "engine/features/warehouse.h"

#include <QTest>
#include <map>

#include "tests/worlds/small_run.h"

using namespace cascadelab;

namespace {

std::uint64_t hash_tables(const BatchTables& tables) {
    Hasher hasher;
    const auto add_person = [&](const PersonBatch& each) {
        hasher.add_all(std::span<const float>(each.topic_share));
        hasher.add(each.click_rate).add(each.watch_share).add(each.views_per_day);
    };
    const auto add_item = [&](const ItemBatch& each) {
        hasher.add(each.click_rate).add(each.watch_share).add(each.like_rate).add(each.views);
    };
    hasher.add(tables.stamp.event_s).add(tables.stamp.write_s);
    for (const PersonBatch& each : tables.people) add_person(each);
    for (const ItemBatch& each : tables.items) add_item(each);
    add_person(tables.person_default);
    add_item(tables.item_default);
    hasher.add_all(std::span<const float>(tables.creator_click_rate));
    return hasher.add(tables.creator_default).value();
}

// What the batch SQL should say, counted with a map and double arithmetic.
struct Counted {
    double impressions = 0, clicks = 0, watches = 0, share = 0, likes = 0;
    std::array<double, kTopicCount> watched_s{};
    void add(const Event& event, const ItemCard& card) {
        impressions += event.kind == EventKind::impression;
        clicks += event.kind == EventKind::click;
        likes += event.kind == EventKind::like;
        if (event.kind != EventKind::watch) return;
        const double rounded = std::round(event.value * 1000) / 1000;
        watches += 1;
        share += rounded;
        watched_s[card.topic.index()] += rounded * std::round(card.duration_s);
    }
};
double smooth(double hits, double trials, double mean, double strength) {
    return (hits + strength * mean) / (trials + strength);
}
bool near(double a, double b) {
    return std::abs(a - b) < 1e-5 * std::max(1.0, std::abs(b));
}

}  // namespace

class WarehouseTest : public QObject {
    Q_OBJECT

  private slots:
    void batch_sql_agrees_with_counting_by_hand() {
        SmallRun run({.batch_every_h = 24, .profile_days = 3}, 20, 40, 11);
        run.ticks(288 * 5, 0.02);
        const BatchTables& tables = *run.batches.back();
        QCOMPARE(tables.stamp.write_s, 5 * kDay);

        std::map<std::uint32_t, Counted> people, items, creators;
        Counted all;
        Seconds newest_s = kNever;
        run.log.visit([&](const Event& event) {
            if (event.time_s > 5 * kDay || !event.item.valid()) return;
            if (event.kind != EventKind::not_interested)
                newest_s = std::max(newest_s, event.time_s);
            if (event.time_s <= 2 * kDay) return;
            const ItemCard& card = run.catalogue->cards[event.item.index()];
            for (Counted* each : {&people[event.person.value], &items[event.item.value],
                                  &creators[card.creator.value], &all})
                each->add(event, card);
        });
        QCOMPARE(tables.stamp.event_s, newest_s);
        const double click_mean = all.clicks / all.impressions;
        const double watch_mean = all.share / all.watches;
        const double like_mean = all.likes / all.watches;
        QVERIFY(all.clicks > 100);
        for (const auto& [id, counted] : people) {
            const PersonBatch& person = tables.people[id];
            QVERIFY(near(person.click_rate,
                         smooth(counted.clicks, counted.impressions, click_mean, 30)));
            QVERIFY(
                near(person.watch_share, smooth(counted.share, counted.watches, watch_mean, 5)));
            QVERIFY(near(person.views_per_day, counted.watches / 3));
            double watched_s = 0;
            for (const double topic_s : counted.watched_s) watched_s += topic_s;
            for (std::size_t topic = 0; topic < kTopicCount; ++topic)
                QVERIFY(near(person.topic_share[topic],
                             watched_s > 0 ? counted.watched_s[topic] / watched_s : 0));
        }
        for (const auto& [id, counted] : items) {
            const ItemBatch& item = tables.items[id];
            QVERIFY(
                near(item.click_rate, smooth(counted.clicks, counted.impressions, click_mean, 30)));
            QVERIFY(near(item.watch_share, smooth(counted.share, counted.watches, watch_mean, 5)));
            QVERIFY(near(item.like_rate, smooth(counted.likes, counted.watches, like_mean, 10)));
            QVERIFY(near(item.views, counted.watches));
        }
        for (const auto& [id, counted] : creators) {
            QVERIFY(near(tables.creator_click_rate[id],
                         smooth(counted.clicks, counted.impressions, click_mean, 50)));
        }
        QVERIFY(near(tables.item_default.click_rate, click_mean));
        QVERIFY(near(tables.creator_default, click_mean));
        QVERIFY(near(tables.person_default.watch_share, watch_mean));
    }

    void loading_tick_by_tick_or_at_once_gives_the_same_tables() {
        SmallRun run({.batch_every_h = 6, .retention_days = 3}, 20, 40, 12);
        run.ticks(288 * 6, 0.02);
        run.log.forget_before(run.now_s - 3 * kDay);
        Warehouse refilled;
        refilled.load(run.log, *run.catalogue, run.params, run.now_s);
        const auto tables =
            refilled.run_batch(run.params, 20, *run.catalogue, {run.now_s, run.now_s});
        QCOMPARE(hash_tables(*tables), hash_tables(*run.batches.back()));
    }

    void an_event_counts_from_its_own_time_on() {
        const auto catalogue = small_catalogue(3);
        const FeatureParams params;
        EventLog log;
        Warehouse warehouse;
        const auto views_at = [&](Seconds now_s) {
            warehouse.load(log, *catalogue, params, now_s);
            return warehouse.run_batch(params, 1, *catalogue, {now_s, now_s})->items[1].views;
        };
        const Event watch{1000, PersonId(0), ItemId(1), 0, 0.5f, EventKind::watch};
        log.append(std::span(&watch, 1));
        QCOMPARE(views_at(900), 0.0f);
        QCOMPARE(views_at(999), 0.0f);
        QCOMPARE(views_at(1000), 1.0f);
        QCOMPARE(views_at(1300), 1.0f);
        QCOMPARE(views_at(14 * kDay), 1.0f);
        QCOMPARE(views_at(14 * kDay + 1), 0.0f);
    }

    void what_was_never_seen_gets_the_mean() {
        const auto catalogue = small_catalogue(4);
        const FeatureParams params;
        EventLog log;
        std::vector<Event> events;
        for (std::uint32_t i = 0; i < 10; ++i)
            events.push_back({i, PersonId(0), ItemId(1), i, 0, EventKind::impression});
        events.push_back({11, PersonId(0), ItemId(1), 9, 0, EventKind::click});
        log.append(events);
        Warehouse warehouse;
        warehouse.load(log, *catalogue, params, 300);
        const auto tables = warehouse.run_batch(params, 3, *catalogue, {300, 300});
        QCOMPARE(tables->items[0].click_rate, 0.1f);
        QCOMPARE(tables->item_default.click_rate, 0.1f);
        QCOMPARE(tables->people[2].click_rate, 0.1f);
        QCOMPARE(tables->people[2].topic_share[0], 0.0f);
        QCOMPARE(tables->people[0].watch_share, 0.0f);
        QCOMPARE(tables->items.size(), 4u);
        QCOMPARE(tables->people.size(), 3u);
    }

    void an_empty_warehouse_gives_empty_tables() {
        const auto catalogue = small_catalogue(4);
        Warehouse warehouse;
        warehouse.load(EventLog(), *catalogue, {}, 0);
        const auto tables = warehouse.run_batch({}, 3, *catalogue, {0, 0});
        QCOMPARE(tables->item_default.click_rate, 0.0f);
        QCOMPARE(tables->people[0].views_per_day, 0.0f);
        QCOMPARE(tables->stamp.event_s, kNever);
        QCOMPARE(tables->stamp.write_s, Seconds{0});
    }
};

QTEST_GUILESS_MAIN(WarehouseTest)
#include "warehouse_test.moc"
