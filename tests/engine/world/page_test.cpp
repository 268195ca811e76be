// Pages in rows and what was left unfinished: attention, pull and sittings against their closed
// forms.
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/world/people/utility.h"
#include "tests/worlds/one_person.h"

using namespace cascadelab;

namespace {

// Three rows of four, three and two items.
constexpr std::array<PageRow, 3> kThreeRows = {{
    {Surface::home, {}, 0, 4},
    {Surface::because_watched, ItemId(std::size_t{99}), 4, 3},
    {Surface::continue_watching, {}, 7, 2},
}};

Response see_rows(World& world, const Params& params, std::span<const ItemId> page,
                  std::uint64_t draw) {
    constexpr std::array<bool, 9> kNone{};
    return respond(surroundings(world, params), world.population, kSomebody,
                   {page, kNone, kThreeRows}, Stream(5, Purpose::response, draw));
}

std::vector<ItemId> first_items(std::size_t count) {
    std::vector<ItemId> page;
    for (std::size_t i = 0; i < count; ++i) page.push_back(ItemId(i));
    return page;
}

}  // namespace

class PageTest : public QObject {
    Q_OBJECT

  private slots:
    void rows_are_read_in_two_dimensions();
    void a_row_is_passed_over_as_a_whole();
    void who_looks_down_reads_every_row_that_is_noticed();
    void a_page_that_takes_long_costs_its_time();
    void events_carry_the_surface_of_their_row();
    void what_was_left_pulls_and_the_pull_halves();
    void sittings_of_an_item_add_up();
    void without_a_pull_an_item_begins_anew();
};

void PageTest::rows_are_read_in_two_dimensions() {
    Params params = small_params();
    params.world.position_decay = 0.7;
    params.world.row_decay = 0.5;
    World world = make_world(params, 3);
    for (float& quality : world.catalogue.quality) quality = -100;
    open_session(world, params, kSomebody);
    double expected = 0;
    for (std::size_t r = 0; r < kThreeRows.size(); ++r) {
        for (std::size_t c = 0; c < kThreeRows[r].count; ++c)
            expected += std::pow(static_cast<double>(r + 1), -0.5) *
                        std::pow(static_cast<double>(c + 1), -0.7);
    }
    const auto page = first_items(9);
    const Population before = world.population;
    constexpr int kDraws = 20000;
    double examined = 0;
    for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
        world.population = before;
        examined += see_rows(world, params, page, draw).examined;
    }
    QVERIFY2(std::abs(examined / kDraws - expected) < 0.05,
             qPrintable(QString("%1 against %2").arg(examined / kDraws).arg(expected)));
}

void PageTest::a_row_is_passed_over_as_a_whole() {
    Params params = small_params();
    params.world.position_decay = 0;
    params.world.row_decay = 1;
    World world = make_world(params, 3);
    for (float& quality : world.catalogue.quality) quality = -100;
    open_session(world, params, kSomebody);
    const auto page = first_items(9);
    const Population before = world.population;
    std::array<int, 10> times{};
    for (std::uint64_t draw = 0; draw < 6000; ++draw) {
        world.population = before;
        ++times[static_cast<std::size_t>(see_rows(world, params, page, draw).examined)];
    }
    // First row always, second with 1/2, third with 1/3.
    const std::array<double, 4> seen = {double(times[4]), double(times[7]), double(times[6]),
                                        double(times[9])};
    const std::array<double, 4> expected = {1 / 3.0, 1 / 3.0, 1 / 6.0, 1 / 6.0};
    QCOMPARE(std::accumulate(seen.begin(), seen.end(), 0.0), 6000.0);
    QVERIFY2(chi_square(seen, expected) < 16.3, "three degrees of freedom, one in a thousand");
}

// With nobody giving up and every row noticed, all nine items of the three rows are looked at.
void PageTest::who_looks_down_reads_every_row_that_is_noticed() {
    Params params = small_params();
    params.world.row_decay = 0;
    params.behaviour.looks_down = Who::everybody;
    params.behaviour.persistence = 1;
    World world = make_world(params, 3);
    for (float& quality : world.catalogue.quality) quality = -100;
    open_session(world, params, kSomebody);
    const Population before = world.population;
    QCOMPARE(see_rows(world, params, first_items(9), 1).examined, 9);
    world.population = before;
    QCOMPARE(see_page(world, params, kSomebody, first_items(9), 1).examined, 9);
    params.behaviour.persistence = 0;  // the first of each row
    world.population = before;
    QCOMPARE(see_rows(world, params, first_items(9), 1).examined, 3);
}

// What a fleet made somebody wait passes for the person; who is gone has seen nothing.
void PageTest::a_page_that_takes_long_costs_its_time() {
    const Params params = small_params();
    World world = make_world(params, 3);
    open_session(world, params, kSomebody);
    const Population before = world.population;
    const std::vector<ItemId> page = first_items(9);
    constexpr std::array<bool, 9> kNone{};
    const auto see = [&](double delay_s, double leave) {
        world.population = before;
        return respond(surroundings(world, params), world.population, kSomebody,
                       {page, kNone, {}, {}, {.delay_s = delay_s, .leave = leave}},
                       Stream(5, Purpose::response, 1));
    };
    const Session& session = world.population.people[0].session;
    const Session start = session;
    for (const double delay_s : {0.0, 90.0}) {
        const Response waited = see(delay_s, 0);
        QVERIFY(!waited.abandoned && waited.events.size() >= 9);
        QCOMPARE(waited.events.front().time_s, start.now_s + static_cast<Seconds>(delay_s));
        const Response gone = see(delay_s, 1);
        QVERIFY(gone.abandoned && gone.leaves && gone.events.empty());
        QCOMPARE(session.now_s, start.now_s + static_cast<Seconds>(delay_s));
        QCOMPARE(session.budget_s, start.budget_s - static_cast<float>(delay_s));
    }
}

void PageTest::events_carry_the_surface_of_their_row() {
    Params params = small_params();
    params.world.position_decay = 0;
    params.world.row_decay = 0;
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    world.catalogue.quality[5] = 50;
    open_session(world, params, kSomebody);
    const Response response = see_rows(world, params, first_items(9), 1);
    for (const PageRow& row : kThreeRows) {
        for (std::size_t k = row.first; k < row.first + std::size_t{row.count}; ++k)
            QVERIFY(response.events[k].surface == row.surface);
    }
    QVERIFY(response.clicks > 0);
    for (const Event& event : response.events) {
        if (event.item == ItemId(5u)) QVERIFY(event.surface == Surface::because_watched);
    }
}

void PageTest::what_was_left_pulls_and_the_pull_halves() {
    Params params = small_params();
    params.world.context_weight = 0;
    params.world.unfinished_pull = 3;
    params.world.unfinished_half_life_h = 24;
    World world = make_world(params, 3);
    const Surroundings around = surroundings(world, params);
    const auto value_at = [&](Seconds t) {
        return utility(around, world.population, kSomebody, ItemId(9), t);
    };
    const double plain = value_at(0);
    leave_item(world.population.people[0], ItemId(9), 0.5, 0);
    QCOMPARE(value_at(kHour - 1), plain);  // just left
    QVERIFY(std::abs(value_at(kDay) - plain - 3 * 0.5 / 2) < 1e-6);
    QVERIFY(std::abs(value_at(2 * kDay) - plain - 3 * 0.5 / 4) < 1e-6);
    // The oracle adds up the same.
    std::vector<double> all(world.catalogue.size());
    utilities(around, world.population, kSomebody, kDay, all);
    for (std::size_t i = 0; i < all.size(); ++i)
        QVERIFY(all[i] == utility(around, world.population, kSomebody, ItemId(i), kDay));
    leave_item(world.population.people[0], ItemId(9), 0.8, kDay);
    QVERIFY(world.population.people[0].unfinished.empty());
    QVERIFY(has_watched(world.population.people[0], ItemId(9)));
}

void PageTest::sittings_of_an_item_add_up() {
    Params params = small_params();
    params.world.choice_noise = 0;
    params.world.unfinished_pull = 2;
    int resumed = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        World world = make_world(params, seed);
        world.catalogue.quality[7] = 50;
        const std::vector<ItemId> page = {ItemId(7)};
        float seen = 0;
        for (std::uint64_t sitting = 0; sitting < 12; ++sitting) {
            world.population.people[0].session = {};
            open_session(world, params, kSomebody);
            world.population.people[0].session.budget_s =
                0.08f * static_cast<float>(1 + seed % 4) * world.catalogue.cards[7].duration_s;
            const Response response = see_page(world, params, kSomebody, page, sitting);
            const auto watch = std::ranges::find(response.events, EventKind::watch, &Event::kind);
            if (watch == response.events.end()) break;
            const Person& person = world.population.people[0];
            QCOMPARE(watch->from, seen);
            resumed += seen > 0;
            const float reached = watch->from + watch->value;
            QVERIFY(reached <= 1.0f + 1e-6f);
            const bool done = has_watched(person, ItemId(7));
            QCOMPARE(done, reached >= 0.7f);
            if (done) {
                QVERIFY(person.unfinished.empty());
                break;
            }
            // Less than a tenth is not begun, and adds nothing to what was.
            if (reached >= 0.1f) seen = reached;
            QVERIFY(std::abs(share_seen(person, ItemId(7)) - seen) < 1e-6);
        }
    }
    QVERIFY2(resumed > 10, qPrintable(QString::number(resumed)));
}

void PageTest::without_a_pull_an_item_begins_anew() {
    Params params = small_params();
    params.world.choice_noise = 0;
    World world = make_world(params, 3);
    world.catalogue.quality[7] = 50;
    leave_item(world.population.people[0], ItemId(7), 0.6, 0);
    open_session(world, params, kSomebody);
    const std::vector<ItemId> page = {ItemId(7)};
    const Response response = see_page(world, params, kSomebody, page, 1);
    const auto watch = std::ranges::find(response.events, EventKind::watch, &Event::kind);
    QVERIFY(watch != response.events.end());
    QCOMPARE(watch->from, 0.0f);
}

QTEST_GUILESS_MAIN(PageTest)
#include "page_test.moc"
