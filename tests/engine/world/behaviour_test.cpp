// How people choose and tire: laws of choice and attention against their closed forms, on worlds
// small enough to see.
#include "engine/world/people/behaviour.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/world/domain/taste_space.h"
#include "engine/world/organic.h"
#include "tests/worlds/one_person.h"

using namespace cascadelab;

namespace {

// Position of the first click, or the page's size for none.
std::size_t first_choice(const Response& response, std::size_t page_size) {
    for (const Event& event : response.events) {
        if (event.kind == EventKind::click) return event.position;
    }
    return page_size;
}

std::vector<ItemId> best_page(const World& world, const Params& params, PersonId id) {
    const Person& person = world.population.people[id.index()];
    std::vector<double> values(world.catalogue.size());
    utilities(surroundings(world, params), world.population, id, person.session.now_s, values);
    std::vector<ItemId> items;
    for (std::size_t i = 0; i < values.size(); ++i) items.push_back(ItemId(i));
    std::ranges::stable_sort(items, std::greater{}, [&](ItemId i) { return values[i.index()]; });
    items.resize(10);
    return items;
}

}  // namespace

class BehaviourTest : public QObject {
    Q_OBJECT

  private slots:
    void choices_follow_the_conditional_logit();
    void without_noise_the_best_is_chosen();
    void attention_falls_with_position();
    void satiation_halves_in_its_half_life();
    void watching_satiates_its_topic_only();
    void drift_is_a_step_on_the_sphere();
    void without_drift_taste_stays();
    void who_never_acts_never_drifts();
    void what_was_watched_is_worth_less();
    void a_wish_lifts_its_topic_for_a_while();
    void utilities_agree_with_utility_exactly();
    void a_long_item_suits_the_television();
    void events_tell_the_page_in_order();
    void budget_ends_the_session();
    void best_pages_beat_random_pages();
};

void BehaviourTest::choices_follow_the_conditional_logit() {
    Params params = small_params();
    params.world.position_decay = 0;
    params.world.choice_noise = 0.8;
    World world = make_world(params, 3);
    open_session(world, params, kSomebody);
    // Three items near the outside option, so that every outcome has its share.
    const std::vector<ItemId> page = best_page(world, params, kSomebody);
    const std::vector<ItemId> three = {page[9], page[0], page[5]};
    const Surroundings around = surroundings(world, params);
    const Seconds choice_s =
        world.population.people[0].session.now_s + std::llround(3 * around.pack.browse_s);
    std::vector<double> expected;
    for (ItemId item : three) {
        expected.push_back(utility(around, world.population, kSomebody, item, choice_s));
    }
    expected.push_back(outside_utility(params.world));
    double sum = 0;
    for (double& x : expected) sum += x = std::exp(x / params.world.choice_noise);
    for (double& x : expected) x /= sum;

    std::vector<double> counts(4, 0);
    const Population before = world.population;
    for (std::uint64_t draw = 0; draw < 20000; ++draw) {
        world.population = before;
        ++counts[first_choice(see_page(world, params, kSomebody, three, draw), 3)];
    }
    QVERIFY2(chi_square(counts, expected) < 16.3, "three degrees of freedom, one in a thousand");
}

void BehaviourTest::without_noise_the_best_is_chosen() {
    Params params = small_params();
    params.world.position_decay = 0;
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    world.catalogue.quality[7] = 50;
    open_session(world, params, kSomebody);
    const std::vector<ItemId> page = {ItemId(1), ItemId(7), ItemId(2)};
    const Population before = world.population;
    for (std::uint64_t draw = 0; draw < 50; ++draw) {
        world.population = before;
        QCOMPARE(first_choice(see_page(world, params, kSomebody, page, draw), 3), std::size_t{1});
    }
}

void BehaviourTest::attention_falls_with_position() {
    // Items better and better down the page and no noise: the first choice is the last item looked
    // at.
    Params params = small_params();
    params.world.position_decay = 0.7;
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    std::vector<ItemId> page;
    for (std::size_t k = 0; k < 5; ++k) {
        page.push_back(ItemId(k));
        world.catalogue.quality[k] = 50 + 20 * static_cast<float>(k);
    }
    open_session(world, params, kSomebody);
    std::vector<double> expected(5, 0);
    double none_below = 1;
    for (std::size_t k = 5; k-- > 0;) {
        const double attention = std::pow(static_cast<double>(k + 1), -0.7);
        expected[k] = attention * none_below;
        none_below *= 1 - attention;
    }
    std::vector<double> counts(5, 0);
    const Population before = world.population;
    for (std::uint64_t draw = 0; draw < 20000; ++draw) {
        world.population = before;
        const std::size_t chosen = first_choice(see_page(world, params, kSomebody, page, draw), 5);
        QVERIFY2(chosen < 5, "the first position is always looked at");
        ++counts[chosen];
    }
    QVERIFY2(chi_square(counts, expected) < 18.5, "four degrees of freedom, one in a thousand");
}

void BehaviourTest::satiation_halves_in_its_half_life() {
    Params params = small_params();
    params.world.context_weight = 0;
    World world = make_world(params, 3);
    const Surroundings around = surroundings(world, params);
    const ItemId item(4);
    const std::size_t topic = world.catalogue.true_topic[4].index();
    const double fresh = utility(around, world.population, kSomebody, item, 0);
    world.population.people[0].satiation[topic] = 2;
    const auto lost_after = [&](double half_lives) {
        const auto t =
            static_cast<Seconds>(half_lives * params.world.satiation_half_life_h * kHour);
        return fresh - utility(around, world.population, kSomebody, item, t);
    };
    QVERIFY(std::abs(lost_after(0) - 2 * params.world.satiation) < 1e-9);
    QVERIFY(std::abs(lost_after(1) - params.world.satiation) < 1e-9);
    QVERIFY(std::abs(lost_after(3) - params.world.satiation / 4) < 1e-9);
}

void BehaviourTest::watching_satiates_its_topic_only() {
    Params params = small_params();
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    world.catalogue.quality[7] = 50;
    open_session(world, params, kSomebody);
    const std::vector<ItemId> page = {ItemId(7)};
    const Response response = see_page(world, params, kSomebody, page, 1);
    QCOMPARE(response.clicks, 1);
    const auto watch = std::ranges::find(response.events, EventKind::watch, &Event::kind);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        const bool its_own = topic == world.catalogue.true_topic[7].index();
        QCOMPARE(world.population.people[0].satiation[topic], its_own ? watch->value : 0.0f);
    }
}

void BehaviourTest::drift_is_a_step_on_the_sphere() {
    std::vector<float> point = {1, 0, 0};
    const std::vector<float> target = {0, 1, 0};
    step_toward(point, target, 1.0 / 3);
    QVERIFY(std::abs(point[0] - std::cos(M_PI / 6)) < 1e-6);
    QVERIFY(std::abs(point[1] - std::sin(M_PI / 6)) < 1e-6);

    Params params = small_params();
    params.world.choice_noise = 0;
    params.world.taste_drift = 0.1;
    World world = make_world(params, 3);
    world.population.people[0].openness = 1;
    world.catalogue.quality[7] = 50;
    open_session(world, params, kSomebody);
    const auto taste = world.population.taste[0];
    const std::vector<float> before(taste.begin(), taste.end());
    const double angle = std::acos(dot(before, world.catalogue.taste[7]));
    const std::vector<ItemId> page = {ItemId(7)};
    const Response response = see_page(world, params, kSomebody, page, 1);
    const auto watch = std::ranges::find(response.events, EventKind::watch, &Event::kind);
    QVERIFY(std::abs(dot(taste, taste) - 1) < 1e-5);
    QVERIFY(std::abs(std::acos(dot(before, taste)) - 0.1 * watch->value * angle) < 1e-3);
    QVERIFY(dot(taste, world.catalogue.taste[7]) > dot(before, world.catalogue.taste[7]));
}

void BehaviourTest::without_drift_taste_stays() {
    Params params = small_params();
    params.world.taste_drift = 0;
    World world = make_world(params, 3);
    int clicks = 0;
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        open_session(world, params, PersonId(i));
        const auto page = best_page(world, params, PersonId(i));
        clicks += see_page(world, params, PersonId(i), page, i).clicks;
    }
    QVERIFY(clicks > 5);
    QVERIFY(world.population.taste.data == world.population.innate.data);
}

void BehaviourTest::who_never_acts_never_drifts() {
    const Params params = small_params();
    World world = make_world(params, 3);
    for (float& quality : world.catalogue.quality) quality = -100;
    const std::vector<ItemId> page = {ItemId(1), ItemId(2), ItemId(3)};
    for (std::uint64_t session = 0; session < 30; ++session) {
        if (world.population.people[0].churned) break;
        begin_session(surroundings(world, params), world.population.people[0],
                      Stream(1, Purpose::session, 0, session));
        QCOMPARE(see_page(world, params, kSomebody, page, session).clicks, 0);
        end_session(surroundings(world, params), world.population, kSomebody,
                    Stream(1, Purpose::churn, 0, session));
    }
    QVERIFY(world.population.taste.data == world.population.innate.data);
}

void BehaviourTest::what_was_watched_is_worth_less() {
    Params params = small_params();
    params.world.repeat_penalty = 2.5;
    World world = make_world(params, 3);
    const Surroundings around = surroundings(world, params);
    const double fresh = utility(around, world.population, kSomebody, ItemId(9), 0);
    world.population.people[0].watched = {ItemId(9)};
    QVERIFY(std::abs(utility(around, world.population, kSomebody, ItemId(9), 0) - fresh + 2.5) <
            1e-9);
    world.population.people[0].watched = {ItemId(8), ItemId(10)};
    QCOMPARE(utility(around, world.population, kSomebody, ItemId(9), 0), fresh);
}

void BehaviourTest::a_wish_lifts_its_topic_for_a_while() {
    Params params = small_params();
    params.world.context_weight = 0;
    World world = make_world(params, 3);
    const Surroundings around = surroundings(world, params);
    const auto value_at = [&](Seconds t) {
        return utility(around, world.population, kSomebody, ItemId(9), t);
    };
    const double plain = value_at(0);
    QCOMPARE(value_at(-kDay), plain);
    Person& person = world.population.people[0];
    person.wish_topic = static_cast<std::uint8_t>(world.catalogue.true_topic[9].value);
    person.wish_until_s = kHour;
    QVERIFY(std::abs(value_at(0) - plain - params.world.search_wish) < 1e-9);
    QCOMPARE(value_at(kHour), plain);
}

void BehaviourTest::utilities_agree_with_utility_exactly() {
    Params params = small_params();
    params.world.trend_strength = 2;
    World world = make_world(params, 3);
    organic_history(world, params, 3);
    world.population.people[2].satiation[1] = 1.5f;
    const Surroundings around = surroundings(world, params);
    std::vector<double> all(world.catalogue.size());
    for (std::size_t person = 0; person < 4; ++person) {
        utilities(around, world.population, PersonId(person), 12345, all);
        for (std::size_t i = 0; i < all.size(); ++i) {
            QVERIFY(all[i] ==
                    utility(around, world.population, PersonId(person), ItemId(i), 12345));
        }
    }
}

void BehaviourTest::a_long_item_suits_the_television() {
    const Params params = small_params();
    World world = make_world(params, 3);
    const Surroundings around = surroundings(world, params);
    world.catalogue.cards[0].duration_s = static_cast<float>(2 * around.pack.typical_duration_s);
    Person& person = world.population.people[0];
    const auto value_on = [&](Device device, Seconds t) {
        person.device = device;
        return utility(around, world.population, kSomebody, ItemId(0), t);
    };
    QVERIFY(value_on(Device::television, 21 * kHour) > value_on(Device::phone, 21 * kHour));
    QVERIFY(value_on(Device::television, 21 * kHour) > value_on(Device::television, 9 * kHour));
    const double largest = 2 * params.world.context_weight;
    QVERIFY(std::abs(value_on(Device::phone, 9 * kHour) -
                     value_on(Device::television, 21 * kHour)) <= largest);
    // At nine in the evening 1.3 typical durations suit a television; half as long and twice as
    // long fit less by 2 - 8 / 5.
    const auto value_of = [&](double durations) {
        world.catalogue.cards[0].duration_s =
            static_cast<float>(durations * around.pack.typical_duration_s);
        return value_on(Device::television, 21 * kHour);
    };
    const double lost = (2 - 8 / 5.0) * params.world.context_weight;
    QVERIFY(std::abs(value_of(1.3) - value_of(0.65) - lost) < 1e-5);
    QVERIFY(std::abs(value_of(1.3) - value_of(2.6) - lost) < 1e-5);
}

void BehaviourTest::events_tell_the_page_in_order() {
    const Params params = small_params();
    World world = make_world(params, 3);
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        open_session(world, params, PersonId(i));
        const auto page = best_page(world, params, PersonId(i));
        const Response response = see_page(world, params, PersonId(i), page, i);
        for (std::size_t k = 0; k < page.size(); ++k) {
            QVERIFY(response.events[k].kind == EventKind::impression);
            QVERIFY(response.events[k].item == page[k]);
            QCOMPARE(response.events[k].position, k);
        }
        QVERIFY(std::ranges::is_sorted(response.events, {}, &Event::time_s));
        const auto count = [&](EventKind kind) {
            return std::ranges::count(response.events, kind, &Event::kind);
        };
        QCOMPARE(count(EventKind::click), response.clicks);
        QCOMPARE(count(EventKind::watch), response.clicks);
        QVERIFY(response.clicks <= domain_pack(params.world.pack).choices_per_page);
        QVERIFY(world.population.people[i].session.now_s >= response.events.back().time_s);
    }
}

void BehaviourTest::budget_ends_the_session() {
    Params params = small_params();
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    world.catalogue.quality[7] = 50;
    open_session(world, params, kSomebody);
    world.population.people[0].session.budget_s = 60;
    const std::vector<ItemId> page = {ItemId(7)};
    const Response response = see_page(world, params, kSomebody, page, 1);
    QVERIFY(response.leaves);
    QVERIFY(response.watched_s <= 60);
}

void BehaviourTest::best_pages_beat_random_pages() {
    Params params = small_params();
    params.world.people = 300;
    params.world.items = 2000;
    World world = make_world(params, 3);
    int best = 0;
    int random = 0;
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        open_session(world, params, PersonId(i));
        std::vector<ItemId> page;
        Stream stream(9, Purpose::test, i);
        for (int k = 0; k < 10; ++k) page.push_back(ItemId(stream.below(world.catalogue.size())));
        random += see_page(world, params, PersonId(i), page, i).clicks;
        best +=
            see_page(world, params, PersonId(i), best_page(world, params, PersonId(i)), i + 1000)
                .clicks;
    }
    QVERIFY2(best > 2.5 * random, qPrintable(QString("%1 against %2").arg(best).arg(random)));
}

QTEST_GUILESS_MAIN(BehaviourTest)
#include "behaviour_test.moc"
