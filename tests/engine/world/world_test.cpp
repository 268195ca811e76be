// A world as a whole: made the same from the same seed, with the catalogue, people and history that
// its parameters ask for, and moved on exactly as fast as they say.
#include "engine/world/world.h"

#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/world/domain/taste_space.h"
#include "engine/world/organic.h"
#include "engine/world/supply/creators.h"
#include "engine/world/supply/releases.h"

using namespace cascadelab;

namespace {

Params small_params() {
    Params params;
    params.world.people = 300;
    params.world.items = 1500;
    params.world.creators = 60;
    return params;
}

std::uint64_t hash_of(const World& world) {
    Hasher hasher;
    hash_world(world, hasher);
    return hasher.value();
}

bool all_unit(const RowTable& table) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (std::abs(dot(table[row], table[row]) - 1) > 1e-5) return false;
    }
    return true;
}

// Mean cosine between the taste an item shows and the taste it has.
double content_signal(double richness) {
    Params params = small_params();
    params.metadata.richness = richness;
    const World world = make_world(params, 1);
    double sum = 0;
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        const auto shown = world.catalogue.content[i].subspan(kTopicCount);
        sum += dot(shown, world.catalogue.taste[i]) / std::sqrt(dot(shown, shown));
    }
    return sum / static_cast<double>(world.catalogue.size());
}

}  // namespace

class WorldTest : public QObject {
    Q_OBJECT

  private slots:
    void same_seed_same_world();
    void hash_sees_people_and_items();
    void tables_have_unit_rows_and_matching_sizes();
    void topics_lie_apart_and_subtopics_near();
    void content_shows_as_much_as_richness_says();
    void editorial_topics_err_with_poor_metadata();
    void catalogue_is_like_a_catalogue();
    void segments_differ_in_breadth();
    void history_is_ordered_past_and_marked();
    void history_follows_taste();
    void organic_views_come_as_often_as_asked_and_at_peoples_hour();
    void organic_views_wait_for_the_end_of_a_page();
    void tastes_shift_as_often_as_asked_before_the_first_day_and_after();
    void arrivals_come_exactly_on_average();
    void people_join_on_average_and_most_in_the_evening();
    void trends_rise_and_fall();
    void creators_shift_toward_reward();
    void released_items_obey_the_order();
};

void WorldTest::same_seed_same_world() {
    const Params params = small_params();
    const auto run = [&](std::uint64_t seed) {
        World world = make_world(params, seed);
        const auto history = organic_history(world, params, seed);
        reward_creators(world, CreatorReward::watch_time, history);
        for (std::uint64_t tick = 0; tick < 300; ++tick) {
            advance_world(world, params, seed, tick, static_cast<Seconds>(tick) * 300);
        }
        return hash_of(world);
    };
    QCOMPARE(run(1), run(1));
    QVERIFY(run(1) != run(2));
}

void WorldTest::hash_sees_people_and_items() {
    const Params params = small_params();
    World world = make_world(params, 1);
    const std::uint64_t base = hash_of(world);
    const auto changed = [&](auto&& change) {
        World copy = world;
        change(copy);
        return hash_of(copy) != base;
    };
    QVERIFY(!changed([](World&) {}));
    QVERIFY(changed([](World& w) { w.population.people[3].mood += 0.1f; }));
    QVERIFY(changed([](World& w) { w.population.people[3].watched.push_back(ItemId(1)); }));
    QVERIFY(changed([](World& w) { w.population.people[3].satiation[2] = 1; }));
    QVERIFY(changed([](World& w) { w.population.people[3].session.active = true; }));
    QVERIFY(changed([](World& w) { w.population.taste.data[5] += 0.1f; }));
    QVERIFY(changed([](World& w) { w.creators[1].reward[0] = 1; }));
    QVERIFY(changed([](World& w) { w.release_debt = 0.5; }));
    QVERIFY(changed([](World& w) { w.population.joining_debt = 0.5; }));
    QVERIFY(changed([](World& w) { w.population.people[3].joined_s = 7; }));
    QVERIFY(changed([](World& w) { w.news.push_back({TopicId(1), 2, 0, kDay, 3, 0}); }));
    QVERIFY(changed(
        [&](World& w) { release_item(w, params, TopicId(1), 0, 0, Stream(1, Purpose::test)); }));
}

void WorldTest::tables_have_unit_rows_and_matching_sizes() {
    for (const std::int64_t dims : {4, 16, 33}) {
        Params params = small_params();
        params.world.taste_dims = dims;
        const World world = make_world(params, 1);
        const auto width = static_cast<std::size_t>(dims);
        QCOMPARE(world.catalogue.content.dims, kTopicCount + width);
        QCOMPARE(world.catalogue.taste.dims, width);
        for (const RowTable* items : {&world.catalogue.content, &world.catalogue.taste}) {
            QCOMPARE(items->rows(), world.catalogue.size());
            QVERIFY(all_unit(*items));
        }
        QCOMPARE(world.population.taste.rows(), world.population.size());
        QVERIFY(all_unit(world.population.taste));
        QVERIFY(world.population.taste.data == world.population.innate.data);
        QVERIFY(all_unit(world.topic_centres));
    }
}

void WorldTest::topics_lie_apart_and_subtopics_near() {
    const RowTable centres = make_topic_centres(16, 1);
    for (std::size_t a = 0; a < kTopicCount; ++a) {
        for (std::size_t b = 0; b < a; ++b) QVERIFY(dot(centres[a], centres[b]) < 0.05f);
        for (std::size_t sub = 0; sub < kSubtopicCount; ++sub) {
            QVERIFY(dot(centres[a], centres[subtopic_row(TopicId(a), sub)]) > 0.7f);
        }
    }
}

void WorldTest::content_shows_as_much_as_richness_says() {
    QVERIFY(content_signal(1) > 0.9999);
    QVERIFY(std::abs(content_signal(0)) < 0.03);
    QVERIFY(content_signal(0.3) < content_signal(0.7));
}

void WorldTest::editorial_topics_err_with_poor_metadata() {
    const auto wrong_share = [](double richness) {
        Params params = small_params();
        params.metadata.richness = richness;
        const Catalogue catalogue = make_world(params, 1).catalogue;
        double wrong = 0;
        for (std::size_t i = 0; i < catalogue.size(); ++i) {
            wrong += catalogue.cards[i].topic != catalogue.true_topic[i];
        }
        return wrong / static_cast<double>(catalogue.size());
    };
    QCOMPARE(wrong_share(1), 0.0);
    QVERIFY(std::abs(wrong_share(0) - 0.25) < 0.05);
}

void WorldTest::catalogue_is_like_a_catalogue() {
    const Params params = small_params();
    const World world = make_world(params, 1);
    const Catalogue& catalogue = world.catalogue;
    QCOMPARE(catalogue.size(), std::size_t{1500});
    double unlicensed = 0;
    double in_franchise = 0;
    double mean = 0;
    double square = 0;
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        const ItemCard& card = catalogue.cards[i];
        QVERIFY(card.released_s < 0 && card.released_s > -731 * kDay);
        QVERIFY(card.creator.index() < world.creators.size());
        QVERIFY(card.regions != 0 && card.regions <= 0xF);
        QVERIFY(!card.title.empty() && card.duration_s > 0);
        unlicensed += card.regions != 0xF;
        in_franchise += card.franchise.valid();
        mean += catalogue.quality[i] / 1500.0;
        square += catalogue.quality[i] * catalogue.quality[i] / 1500.0;
    }
    QVERIFY(unlicensed > 0.05 * 1500 && unlicensed < 0.2 * 1500);
    QVERIFY(in_franchise > 0.08 * 1500 && in_franchise < 0.25 * 1500);
    QVERIFY(std::abs(mean) < 0.25 && std::abs(square - 1) < 0.25);
    for (const Franchise& franchise : world.franchises) {
        QVERIFY(franchise.parts >= 1);
        const ItemCard& latest = catalogue.cards[franchise.latest.index()];
        QVERIFY(latest.creator == franchise.creator);
        if (franchise.parts > 1) {
            QCOMPARE(latest.title, franchise.name + " " + std::to_string(franchise.parts));
        }
    }
}

void WorldTest::segments_differ_in_breadth() {
    Params params = small_params();
    params.world.people = 2000;
    const World world = make_world(params, 1);
    EnumArray<Segment, double> count{};
    EnumArray<Segment, double> nearest{};
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        double best = -1;
        for (std::size_t row = kTopicCount; row < world.topic_centres.rows(); ++row) {
            const float near = dot(world.population.taste[i], world.topic_centres[row]);
            best = std::max(best, static_cast<double>(near));
        }
        const Segment segment = world.population.people[i].segment;
        count[segment] += 1;
        nearest[segment] += best;
    }
    for (const Segment segment : every<Segment>) nearest[segment] /= count[segment];
    QVERIFY(std::abs(count[1] / 2000 - 0.2) < 0.05 && std::abs(count[2] / 2000 - 0.2) < 0.05);
    QVERIFY2(nearest[1] > nearest[0] && nearest[0] > nearest[2], "niche, mainstream, eclectic");
}

void WorldTest::history_is_ordered_past_and_marked() {
    const Params params = small_params();
    World world = make_world(params, 1);
    const auto history = organic_history(world, params, 1);
    QVERIFY(std::ranges::is_sorted(history, {}, &Event::time_s));
    const double a_person = static_cast<double>(history.size()) / 300;
    QVERIFY2(std::abs(a_person - 20) < 2, qPrintable(QString::number(a_person)));
    for (const Event& event : history) {
        QVERIFY(event.time_s < 0 && event.time_s >= -14 * kDay);
        QVERIFY(event.kind == EventKind::watch && event.value > 0 && event.value <= 1);
        const ItemCard& card = world.catalogue.cards[event.item.index()];
        const Person& person = world.population.people[event.person.index()];
        QVERIFY(card.released_s <= event.time_s);
        QVERIFY((card.regions >> person.region & 1) != 0);
        QVERIFY(std::ranges::binary_search(person.watched, event.item));
    }
    World quiet = make_world(params, 1);
    Params none = params;
    none.world.history_events = 0;
    QVERIFY(organic_history(quiet, none, 1).size() < 1);
}

void WorldTest::history_follows_taste() {
    const Params params = small_params();
    World world = make_world(params, 1);
    const auto history = organic_history(world, params, 1);
    double chosen = 0;
    double by_chance = 0;
    for (const Event& event : history) {
        const auto taste = world.population.taste[event.person.index()];
        const auto other = world.population.taste[(event.person.index() + 37) % 300];
        chosen += dot(taste, world.catalogue.taste[event.item.index()]);
        by_chance += dot(other, world.catalogue.taste[event.item.index()]);
    }
    const auto count = static_cast<double>(history.size());
    QVERIFY(chosen / count > by_chance / count + 0.25);
}

void WorldTest::organic_views_come_as_often_as_asked_and_at_peoples_hour() {
    Params params = small_params();
    World world = make_world(params, 1);
    QVERIFY(organic_views(world, params, 1, 0, 0).empty());  // none unless asked for
    params.world.organic_views_per_day = 2;
    double activity = 0, views = 0, near_peak = 0;
    for (const Person& person : world.population.people) activity += person.activity;
    constexpr std::uint64_t kDays = 4;
    for (std::uint64_t tick = 0; tick < kDays * 288; ++tick) {
        const auto now_s = static_cast<Seconds>(tick) * params.clock.tick_s;
        for (const Event& event : organic_views(world, params, 1, tick, now_s)) {
            QCOMPARE(event.time_s, now_s);
            QCOMPARE(event.request, kNoRequest);
            QVERIFY(event.kind == EventKind::watch && event.value > 0 && !event.generated);
            const Person& person = world.population.people[event.person.index()];
            QVERIFY(std::ranges::binary_search(person.watched, event.item));
            const double hours = hour_of(now_s) - static_cast<double>(person.peak_hour);
            near_peak += std::cos(2 * std::numbers::pi * hours / 24) > 0;
            ++views;
        }
    }
    // Poisson: two thousand of them deviate by 45.
    const double expected = 2.0 * kDays * activity;
    QVERIFY2(std::abs(views - expected) < 0.1 * expected, qPrintable(QString::number(views)));
    QVERIFY(near_peak > 0.7 * views);
}

void WorldTest::organic_views_wait_for_the_end_of_a_page() {
    Params params = small_params();
    params.world.organic_views_per_day = 40;
    World world = make_world(params, 1);
    for (Person& person : world.population.people) person.session.now_s = 10 * kHour;
    for (std::uint64_t tick = 0; tick < 120; ++tick)
        QVERIFY(organic_views(world, params, 1, tick, static_cast<Seconds>(tick) * 300).empty());
    QVERIFY(!organic_views(world, params, 1, 120, 10 * kHour).empty());
    for (Person& person : world.population.people) person.session.active = true;
    QVERIFY(organic_views(world, params, 1, 121, 11 * kHour).empty());
}

void WorldTest::tastes_shift_as_often_as_asked_before_the_first_day_and_after() {
    Params params = small_params();
    params.world.taste_drift = params.world.taste_return = 0;
    const auto moved = [](const World& world, const RowTable& before) {
        std::size_t count = 0;
        for (std::size_t p = 0; p < world.population.size(); ++p)
            count += dot(world.population.innate[p], before[p]) < 0.999;
        return static_cast<double>(count) / static_cast<double>(world.population.size());
    };
    const auto live = [&](World& world, int days) {
        const auto ticks = static_cast<std::uint64_t>(days * kDay / params.clock.tick_s);
        for (std::uint64_t tick = 0; tick < ticks; ++tick)
            advance_world(world, params, 1, tick, static_cast<Seconds>(tick) * params.clock.tick_s);
    };
    World calm = make_world(params, 1);
    const RowTable born = calm.population.innate;
    organic_history(calm, params, 1);
    live(calm, 10);
    QCOMPARE(moved(calm, born), 0.0);

    params.world.taste_shift_days = 10;
    World world = make_world(params, 1);
    organic_history(world, params, 1);
    const RowTable begun = world.population.innate;
    // Up to the last event of a person, who has one or two a day.
    const double before = moved(world, born);
    QVERIFY2(before > 0.6 && before < 1 - std::exp(-1.4) + 0.09,
             qPrintable(QString::number(before)));
    live(world, 10);
    // Deviation of a share of 300 people: 0.028.
    const double after = moved(world, begun);
    QVERIFY2(std::abs(after - (1 - std::exp(-1.0))) < 0.09, qPrintable(QString::number(after)));
}

void WorldTest::arrivals_come_exactly_on_average() {
    Params params = small_params();
    for (const double a_day : {0.0, 1.0, 7.5, 60.0, 1000.0}) {
        params.world.new_items_per_day = a_day;
        World world = make_world(params, 1);
        std::size_t released = 0;
        for (std::uint64_t tick = 0; tick < 288 * 4; ++tick) {
            const auto now_s = static_cast<Seconds>(tick) * params.clock.tick_s;
            const auto items = advance_world(world, params, 1, tick, now_s);
            for (ItemId item : items) {
                QCOMPARE(world.catalogue.cards[item.index()].released_s, now_s);
            }
            released += items.size();
            QVERIFY(static_cast<double>(items.size()) <= a_day / 288 + 1);
        }
        QCOMPARE(static_cast<double>(released), 4 * a_day);
        QCOMPARE(world.catalogue.size(), 1500 + released);
    }
}

void WorldTest::people_join_on_average_and_most_in_the_evening() {
    Params params = small_params();
    for (const double a_day : {0.0, 2.5, 60.0, 1000.0}) {
        params.world.new_people_per_day = a_day;
        World world = make_world(params, 1);
        double evening = 0;
        for (Seconds now_s = 0; now_s < 4 * kDay; now_s += params.clock.tick_s) {
            const std::size_t known = world.population.size();
            const std::size_t joined =
                admit_people(world.population, params, world.topic_centres, 1, now_s);
            QCOMPARE(world.population.size(), known + joined);
            for (std::size_t p = known; p < world.population.size(); ++p) {
                const Person& person = world.population.people[p];
                QVERIFY(person.joined_s >= now_s);
                QVERIFY(person.joined_s < now_s + params.clock.tick_s);
                QCOMPARE(person.next_session_s, person.joined_s);
                evening += hour_of(person.joined_s) >= 14;
            }
        }
        const std::size_t joined = world.population.size() - 300;
        QVERIFY(std::abs(static_cast<double>(joined) - 4 * a_day) <= 1);
        if (a_day >= 60) QVERIFY(evening > 0.65 * static_cast<double>(joined));
        QCOMPARE(world.population.taste.rows(), world.population.size());
        QCOMPARE(world.population.innate.rows(), world.population.size());
        QVERIFY(all_unit(world.population.taste));
    }
    // Whoever joins is who would have stood there from the start: the same hidden traits.
    params.world.people = 301;
    const World larger = make_world(params, 1);
    params.world.people = 300;
    World grown = make_world(params, 1);
    for (Seconds now_s = 0; grown.population.size() < 301; now_s += 300) {
        admit_people(grown.population, params, grown.topic_centres, 1, now_s);
    }
    QCOMPARE(grown.population.people[300].name, larger.population.people[300].name);
    QVERIFY(std::ranges::equal(grown.population.taste[300], larger.population.taste[300]));
}

void WorldTest::trends_rise_and_fall() {
    Params params = small_params();
    params.world.new_items_per_day = 0;
    World world = make_world(params, 1);
    float highest = 0;
    int still = 0;
    for (std::uint64_t tick = 0; tick < 24 * 60; ++tick) {
        const auto before = world.trend;
        advance_world(world, params, 1, tick, static_cast<Seconds>(tick) * kHour);
        for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
            QVERIFY(world.trend[topic] >= 0 && world.trend[topic] <= params.world.trend_strength);
            if (tick > 0) QVERIFY(std::abs(world.trend[topic] - before[topic]) < 0.2);
            highest = std::max(highest, world.trend[topic]);
            still += world.trend[topic] == 0;
        }
    }
    QVERIFY(highest > 0.6 * params.world.trend_strength);
    QVERIFY(still > 0);
    params.world.trend_strength = 0;
    advance_world(world, params, 1, 0, 0);
    for (float trend : world.trend) QCOMPARE(trend, 0.0f);
}

void WorldTest::creators_shift_toward_reward() {
    Params params = small_params();
    World world = make_world(params, 1);
    world.creators[0].focus.fill(1.0f / kTopicCount);
    world.creators[0].reward[3] = 1000;
    World still = world;
    params.world.creator_response = 0.5;
    advance_world(world, params, 1, 288, kDay);
    const auto& focus = world.creators[0].focus;
    QVERIFY(std::abs(focus[3] - 0.5625f) < 1e-3f);
    QVERIFY(std::abs(std::accumulate(focus.begin(), focus.end(), 0.0f) - 1) < 1e-5f);
    params.world.creator_response = 0;
    advance_world(still, params, 1, 288, kDay);
    QVERIFY(std::abs(still.creators[0].focus[3] - 1.0f / kTopicCount) < 1e-5f);
}

void WorldTest::released_items_obey_the_order() {
    const Params params = small_params();
    World world = make_world(params, 1);
    const ItemId item =
        release_item(world, params, TopicId(2), 1.75, 4321, Stream(1, Purpose::test));
    QCOMPARE(item.index(), std::size_t{1500});
    QVERIFY(world.catalogue.true_topic[1500] == TopicId(2));
    QCOMPARE(world.catalogue.quality[1500], 1.75f);
    QCOMPARE(world.catalogue.cards[1500].released_s, Seconds{4321});
}

QTEST_GUILESS_MAIN(WorldTest)
#include "world_test.moc"
