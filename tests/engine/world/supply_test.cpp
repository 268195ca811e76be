// Creators who follow the reward, enter, promise more than they keep; sequels to hits. And that
// none of it happens unasked.
#include <QtTest>
#include <algorithm>
#include <functional>

#include "engine/world/supply/creators.h"
#include "engine/world/supply/releases.h"
#include "tests/worlds/one_person.h"

using namespace cascadelab;

namespace {

Params supply_params(const std::function<void(Params&)>& change = {}) {
    Params params = small_params();
    params.world.creator_response = 0.5;
    if (change) change(params);
    return params;
}

Event seen(EventKind kind, std::size_t item, float value = 1) {
    Event event;
    event.kind = kind;
    event.item = ItemId(item);
    event.value = value;
    return event;
}

double total(const Creator& creator) {
    double sum = 0;
    for (const float reward : creator.reward) sum += reward;
    return sum;
}

double mean_bait(const World& world) {
    double sum = 0;
    for (const Creator& creator : world.creators) sum += creator.bait;
    return sum / static_cast<double>(world.creators.size());
}

class SupplyTest : public QObject {
    Q_OBJECT
  private slots:
    void by_default_nobody_baits_enters_or_ages() {
        const Params params = supply_params();
        World world = make_world(params, 3);
        QVERIFY(std::ranges::all_of(world.catalogue.appeal, [](float a) { return a == 0; }));
        for (std::uint64_t day = 0; day < 20; ++day) review_creators(world, params, day);
        QCOMPARE(world.creators.size(), std::size_t{20});
        QCOMPARE(mean_bait(world), 0.0);
    }

    void creators_are_paid_by_what_they_are_paid_by() {
        World world = make_world(supply_params(), 3);
        const std::vector<Event> events = {
            seen(EventKind::click, 4), seen(EventKind::watch, 4, 0.5f), seen(EventKind::click, 4)};
        const ItemCard& card = world.catalogue.cards[4];
        Creator& maker = world.creators[card.creator.index()];
        reward_creators(world, CreatorReward::clicks, events);
        QCOMPARE(total(maker), 2.0);
        maker.reward.fill(0);
        reward_creators(world, CreatorReward::watch_time, events);
        QCOMPARE(total(maker), 0.5 * static_cast<double>(card.duration_s));
    }

    void creators_shift_to_the_topic_that_pays() {
        const Params params = supply_params();
        World world = make_world(params, 3);
        const float before = world.creators[0].focus[3];
        world.creators[0].reward[3] = 100;
        review_creators(world, params, 0);
        QVERIFY(std::abs(world.creators[0].focus[3] - (before + 0.5f * (1 - before))) < 0.05f);
    }

    // The mean moves by response x (loudness of a unit of reward - mean), ventures aside.
    void loudness_that_pays_is_imitated() {
        const auto moved = [](bool loud_ones_are_paid) {
            const Params params = supply_params([](Params& p) {
                p.supply.clickbait = 1;
                p.world.creators = 400;
            });
            World world = make_world(params, 3);
            const double before = mean_bait(world);
            double rewarded = 0, reward = 0;
            for (Creator& creator : world.creators) {
                creator.reward[0] = (creator.bait > 1) == loud_ones_are_paid ? 10.0f : 1.0f;
                rewarded += creator.reward[0] * creator.bait;
                reward += creator.reward[0];
            }
            review_creators(world, params, 0);
            const double law = 0.5 * (rewarded / reward - before);
            // Nobody falls below zero, so a quiet world is a touch louder than the law.
            const double got = mean_bait(world) - before;
            return std::abs(got - law) < 0.08 ? got : 1e9;
        };
        QVERIFY(moved(true) > 0.2 && moved(true) < 1);
        QVERIFY(moved(false) < -0.05);
    }

    void loud_creators_make_loud_items_of_less_quality() {
        const Params params = supply_params([](Params& p) {
            p.supply.clickbait = 1;
            p.supply.clickbait_cost = 2;
        });
        const World world = make_world(params, 3);
        const World honest = make_world(supply_params(), 3);
        int loud = 0;
        for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
            const float bait = world.creators[world.catalogue.cards[i].creator.index()].bait;
            const float appeal = world.catalogue.appeal[i];
            QVERIFY(appeal >= 0.5f * bait && appeal <= 1.5f * bait);
            const float cost = honest.catalogue.quality[i] - world.catalogue.quality[i];
            QVERIFY(std::abs(cost - 2 * appeal) < 1e-5f);
            if (bait > 0) ++loud;
        }
        QVERIFY(loud > 0);
    }

    void who_enters_goes_where_the_reward_is() {
        const Params params = supply_params([](Params& p) { p.supply.new_creators_per_day = 2.5; });
        World world = make_world(params, 3);
        review_creators(world, params, 0);
        QCOMPARE(world.creators.size(), std::size_t{22});
        review_creators(world, params, 1);
        QCOMPARE(world.creators.size(), std::size_t{25});

        const auto newcomers_in = [](std::size_t topic, bool pays) {
            const Params many =
                supply_params([](Params& p) { p.supply.new_creators_per_day = 400; });
            World open = make_world(many, 3);
            for (Creator& creator : open.creators) creator.reward[topic] = pays ? 50.0f : 0.0f;
            review_creators(open, many, 0);
            return std::ranges::count_if(std::span(open.creators).subspan(20),
                                         [&](const Creator& c) { return c.focus[topic] > 0.5f; });
        };
        QVERIFY(newcomers_in(5, true) > 180);
        QVERIFY(newcomers_in(5, false) < 80);
    }

    void sequels_go_on_with_the_hit() {
        const auto parts_of_hit = [](double share) {
            const Params params =
                supply_params([&](Params& p) { p.supply.sequels_to_hits = share; });
            World world = make_world(params, 3);
            const TopicId topic = world.franchises[0].topic;
            std::vector<std::uint16_t> before;
            for (Franchise& franchise : world.franchises) before.push_back(franchise.parts);
            const auto hit = static_cast<std::size_t>(
                std::ranges::find_if(world.franchises,
                                     [&](const Franchise& f) {
                                         return f.topic == topic &&
                                                world.creators[f.creator.index()].active;
                                     }) -
                world.franchises.begin());
            const std::size_t item = world.franchises[hit].latest.index();
            reward_creators(world, CreatorReward::watch_time,
                            std::vector{seen(EventKind::watch, item)});
            for (std::uint64_t i = 0; i < 400; ++i)
                release_item(world, params, topic, 0, 0, Stream(1, Purpose::test, i));
            double all = 0;
            for (std::size_t f = 0; f < before.size(); ++f)
                all += world.franchises[f].parts - before[f];
            return (world.franchises[hit].parts - before[hit]) / all;
        };
        QCOMPARE(parts_of_hit(1), 1.0);
        QVERIFY(parts_of_hit(0) < 0.7);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(SupplyTest)
#include "supply_test.moc"
