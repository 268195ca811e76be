// Commands: refused whole or applied whole, and what each of them does.
#include <QtTest>

#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

TickReport step_with(Simulation& simulation, const Command& command) {
    const std::vector<Command> commands = {command};
    return simulation.step(commands);
}

}  // namespace

class CommandTest : public QObject {
    Q_OBJECT

  private slots:
    void refused_commands_touch_nothing_data();
    void refused_commands_touch_nothing();
    void a_slider_set_to_its_own_value_changes_nothing();
    void a_slider_that_moves_moves_the_hash();
    void a_search_is_made_and_answered();
    void a_search_waits_for_the_end_of_a_film();
    void released_items_can_be_retrieved_at_once();
    void a_lever_is_pulled_on_the_next_fitting_page();
    void a_taste_turns_to_the_topic_at_once_and_stays();
    void two_turns_in_one_tick_take_different_people();
    void news_rises_at_once_brings_items_and_dies();
    void news_and_turned_tastes_survive_a_keyframe();
    void sessions_end_now_and_only_those_under_way();
};

void CommandTest::refused_commands_touch_nothing_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("found");
    QTest::newRow("too large") << 0 << "rerank.diversity"
                               << "1.5";
    QTest::newRow("not whole") << 1 << "rerank.slate_size"
                               << "2.5";
    QTest::newRow("unknown key") << 2 << "rerank.divresity"
                                 << "an unknown parameter";
    QTest::newRow("needs a restart") << 3 << "world.people"
                                     << "a change while the world runs";
    QTest::newRow("page longer than what is kept") << 4 << "ranking.keep"
                                                   << "20";
    QTest::newRow("no such topic") << 5 << "topic"
                                   << "8";
    QTest::newRow("no such person") << 6 << "search.person"
                                    << "60";
    QTest::newRow("share above one") << 7 << "search.share"
                                     << "1.2";
    QTest::newRow("no items") << 8 << "release.count"
                              << "0";
    QTest::newRow("quality of another world") << 9 << "release.quality"
                                              << "9";
    QTest::newRow("no such person to turn") << 10 << "change_taste.person"
                                            << "60";
    QTest::newRow("taste of nobody and less") << 11 << "change_taste.share"
                                              << "-0.1";
    QTest::newRow("no such topic of news") << 12 << "topic"
                                           << "9";
    QTest::newRow("news that never ends") << 13 << "burst.hours"
                                          << "1000";
    QTest::newRow("news against a topic") << 14 << "burst.strength"
                                          << "-1";
    QTest::newRow("fewer items than none") << 15 << "burst.releases"
                                           << "-1";
    QTest::newRow("more codes than all") << 16 << "corrupt_codes.share"
                                         << "1.5";
    QTest::newRow("no such person to ask") << 17 << "pull_lever.person"
                                           << "60";
}

void CommandTest::refused_commands_touch_nothing() {
    QFETCH(int, which);
    const Command commands[] = {SetParameter{"rerank.diversity", 1.5},
                                SetParameter{"rerank.slate_size", 2.5},
                                SetParameter{"rerank.divresity", 0.5},
                                SetParameter{"world.people", 70},
                                SetParameter{"ranking.keep", 20},
                                Search{PersonId(), 1, TopicId(8)},
                                Search{PersonId(60), 1, TopicId(1)},
                                Search{PersonId(), 1.2, TopicId(1)},
                                ReleaseItems{TopicId(1), 0, 0},
                                ReleaseItems{TopicId(1), 9, 1},
                                ChangeTaste{PersonId(60), 1, TopicId(1)},
                                ChangeTaste{PersonId(), -0.1, TopicId(1)},
                                Burst{TopicId(9), 1, 24, 1},
                                Burst{TopicId(1), 1, 1000, 1},
                                Burst{TopicId(1), -1, 24, 1},
                                Burst{TopicId(1), 1, 24, -1},
                                CorruptCodes{1.5},
                                PullLever{EventKind::like, PersonId(60), 1, TopicId(1)}};
    Params params = tiny_params();
    params.rerank.slate_size = 25;
    Simulation with(params, 5, 1), without(params, 5, 1);
    const Command& command = commands[which];

    const Hashes before = with.hashes();
    const Status status = with.check(command);
    QVERIFY(!status);
    QCOMPARE(with.hashes(), before);
    QTEST(QString::fromStdString(status.problem().path), "path");
    QTEST(QString::fromStdString(status.problem().found), "found");
    QVERIFY(!status.problem().expected.empty());

    // The rest of the tick goes on, and so do the commands beside it.
    const std::vector<Command> both = {command, Note{"still here"}};
    const TickReport report = with.step(both);
    QCOMPARE(report.refused.size(), std::size_t{1});
    QCOMPARE(report.applied.size(), std::size_t{1});
    without.step();
    QCOMPARE(with.hashes(), without.hashes());
}

void CommandTest::a_slider_set_to_its_own_value_changes_nothing() {
    Simulation moved(tiny_params(), 5, 2), still(tiny_params(), 5, 2);
    const auto table = parameter_table();
    std::size_t next = 0;
    for (int tick = 0; tick < 72; ++tick) {
        std::vector<Command> commands;
        for (int i = 0; i < 3; ++i) {
            const Parameter& parameter = table[next++ % table.size()];
            if (parameter.when == When::live) {
                commands.push_back(
                    SetParameter{std::string(parameter.key), parameter.get(moved.params())});
            }
        }
        const TickReport report = moved.step(commands);
        QVERIFY(report.refused.empty());
        QCOMPARE(report_hash(report), report_hash(still.step()));
    }
    QCOMPARE(moved.hashes(), still.hashes());
}

void CommandTest::a_slider_that_moves_moves_the_hash() {
    Simulation moved(tiny_params(), 5, 2), still(tiny_params(), 5, 2);
    const auto with = step_with(moved, SetParameter{"rerank.diversity", 0.9}).hashes;
    const auto without = still.step().hashes;
    QVERIFY(with.params != without.params);
    QCOMPARE(moved.params().rerank.diversity, 0.9);
    run_ticks(moved, 24);
    run_ticks(still, 24);
    QVERIFY(moved.hashes().log != still.hashes().log);
}

void CommandTest::a_search_is_made_and_answered() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, 40);
    const auto before = simulation.keyframe();
    PersonId person;
    for (std::size_t p = 0; p < 60 && !person.valid(); ++p) {
        const Person& who = before->world.population.people[p];
        if (!who.session.active && !who.churned && who.session.now_s < before->now_s())
            person = PersonId(p);
    }
    QVERIFY(person.valid());
    const TopicId topic(6);
    QVERIFY(step_with(simulation, Search{person, 1, topic}).refused.empty());

    const auto after = simulation.keyframe();
    int searches = 0;
    after->log.visit_from(before->log.appended(), [&](const Event& event) {
        if (event.kind == EventKind::search && event.person == person && event.topic == 6) {
            ++searches;
            QCOMPARE(event.time_s, before->now_s());
        }
    });
    QCOMPARE(searches, 1);
    QVERIFY(after->searches.empty());
    QCOMPARE(after->store.realtime(person).search_topic, std::uint8_t{6});

    const auto trace = simulation.explain(person);
    int found = 0;
    for (const Candidate& c : trace->candidates) {
        if ((c.proposers >> static_cast<unsigned>(Source::search_intent) & 1) == 0) continue;
        ++found;
        QCOMPARE(after->world.catalogue.cards[c.item.index()].topic, topic);
    }
    QVERIFY(found > 0);
}

void CommandTest::a_search_waits_for_the_end_of_a_film() {
    Simulation simulation(tiny_params(), 5, 2);
    PersonId person;
    std::shared_ptr<const SimulationState> before;
    while (!person.valid()) {
        simulation.step();
        before = simulation.keyframe();
        for (std::size_t p = 0; p < 60; ++p) {
            const Session& session = before->world.population.people[p].session;
            // Watching beyond the coming tick, or has left a film that ended beyond it.
            if (session.now_s >= before->now_s() + 900) person = PersonId(p);
        }
        QVERIFY(simulation.tick() < 200);
    }
    const Seconds free_s = before->world.population.people[person.index()].session.now_s;
    step_with(simulation, Search{person, 1, TopicId(2)});
    const auto keyframe = simulation.keyframe();
    QCOMPARE(keyframe->searches.size(), std::size_t{1});
    const auto hashes = run_ticks(simulation, 32);

    const auto after = simulation.keyframe();
    QVERIFY(after->searches.empty());
    Seconds searched_s = -1;
    after->log.visit_from(before->log.appended(), [&](const Event& event) {
        if (event.kind == EventKind::search && event.person == person && searched_s < 0)
            searched_s = event.time_s;
    });
    QCOMPARE(searched_s, free_s);
    simulation.restore(keyframe);  // what waits is part of the state
    QCOMPARE(run_ticks(simulation, 32), hashes);
}

void CommandTest::released_items_can_be_retrieved_at_once() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, 8);  // models are live
    const auto before = simulation.keyframe();
    QVERIFY(before->models.eras[Era::two_tower].model &&
            before->models.eras[Era::factorization].model);
    step_with(simulation, ReleaseItems{TopicId(4), 1.5, 3});
    const auto after = simulation.keyframe();
    const Catalogue& catalogue = after->world.catalogue;
    const std::size_t first = before->world.catalogue.size();
    QVERIFY(catalogue.size() >= first + 3);
    QCOMPARE(after->models.eras[Era::two_tower].space.size(), catalogue.size());
    for (const float x : after->models.eras[Era::factorization].space[ItemId(first)])
        QCOMPARE(x, 0.0f);

    for (std::size_t i = first; i < first + 3; ++i) {
        const ItemId item(i);
        QCOMPARE(catalogue.true_topic[i], TopicId(4));
        QCOMPARE(catalogue.quality[i], 1.5f);
        QCOMPARE(catalogue.cards[i].released_s, before->now_s());
        QVERIFY(std::ranges::count(after->models.newest, item) == 1);
        // Asked with its own vector, the index finds it first.
        std::vector<ScoredItem> found;
        after->models.eras[Era::two_tower].space.index.search(
            after->models.eras[Era::two_tower].space[item], 1, {.ef = 100}, found);
        QCOMPARE(found.front().item, item);
    }
    // The fresh source proposes them in the very same tick's requests and after.
    step_with(simulation, SetParameter{"retrieval.fresh", 1});
    int proposed = 0;
    for (std::size_t p = 0; p < 60; ++p) {
        const auto trace = simulation.explain(PersonId(p));
        for (const Candidate& c : trace->candidates)
            proposed += c.item.index() >= first && c.item.index() < first + 3;
    }
    QVERIFY(proposed > 0);
}

void CommandTest::a_lever_is_pulled_on_the_next_fitting_page() {
    Params params = tiny_params();
    params.behaviour.lever_rate = 0;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 10);
    const TopicId topic(2);
    const auto before = simulation.keyframe();
    const std::uint64_t from = before->log.appended();
    const std::size_t people = before->world.population.size();  // some have joined already
    step_with(simulation, PullLever{EventKind::not_interested, PersonId(), 1, topic});
    run_ticks(simulation, static_cast<int>(2 * kDay / params.clock.tick_s));
    const auto after = simulation.keyframe();
    std::vector<int> said(people, 0);
    after->log.visit_from(from, [&](const Event& event) {
        if (!is_lever(event.kind)) return;
        QVERIFY(event.person.index() < people);
        QVERIFY(event.kind == EventKind::not_interested);
        QVERIFY(after->world.catalogue.cards[event.item.index()].topic == topic);
        ++said[event.person.index()];
    });
    // Nearly everybody has come and seen one since; nobody says it twice, and all is remembered.
    QVERIFY(std::ranges::count(said, 1) > 30);
    QCOMPARE(std::ranges::max(said), 1);
    for (std::size_t p = 0; p < people; ++p) {
        const bool pending = after->world.population.people[p].intention.topic.valid();
        QCOMPARE(pending, said[p] == 0);
        QCOMPARE(after->store.history(PersonId(p)).blocked.size(), std::size_t(said[p]));
    }
}

void CommandTest::a_taste_turns_to_the_topic_at_once_and_stays() {
    Simulation simulation(tiny_params(), 5, 2);
    run_ticks(simulation, 10);
    const auto before = simulation.keyframe();
    const TopicId topic(6);
    QVERIFY(step_with(simulation, ChangeTaste{PersonId(7), 1, topic}).refused.empty());
    const auto after = simulation.keyframe();
    const auto centre = after->world.topic_centres[topic.index()];
    const Population &old = before->world.population, &now = after->world.population;
    QVERIFY(dot(now.innate[7], centre) > dot(old.innate[7], centre));
    for (std::size_t other = 0; other < kTopicCount; ++other) {
        if (other != topic.index())
            QVERIFY(dot(now.innate[7], centre) >
                    dot(now.innate[7], after->world.topic_centres[other]));
    }
    QVERIFY(std::abs(dot(now.innate[7], now.innate[7]) - 1) < 1e-5f);
    QVERIFY(dot(now.taste[7], now.innate[7]) > 0.95f);  // at most one tick of drift apart
    QVERIFY(now.people[7].survey == old.people[7].survey);
    for (std::size_t p = 0; p < 60; ++p) {
        if (p != 7) QVERIFY(std::ranges::equal(now.innate[p], old.innate[p]));
    }
}

void CommandTest::two_turns_in_one_tick_take_different_people() {
    Simulation simulation(tiny_params(), 5, 2);
    const auto before = simulation.keyframe();
    const std::vector<Command> both = {ChangeTaste{PersonId(), 0.5, TopicId(1)},
                                       ChangeTaste{PersonId(), 0.5, TopicId(2)}};
    simulation.step(both);
    const auto after = simulation.keyframe();
    const World& world = after->world;
    int first = 0, second = 0, same = 0;
    for (std::size_t p = 0; p < 60; ++p) {
        if (std::ranges::equal(world.population.innate[p], before->world.population.innate[p])) {
            ++same;
            continue;
        }
        const auto innate = world.population.innate[p];
        (dot(innate, world.topic_centres[1]) > dot(innate, world.topic_centres[2]) ? first
                                                                                   : second)++;
    }
    QVERIFY(first > 5 && second > 15 && same > 5);  // a quarter, a half, a quarter of 60
}

void CommandTest::news_rises_at_once_brings_items_and_dies() {
    Params params = tiny_params();
    params.world.trend_strength = 0;
    params.world.new_items_per_day = 0;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 8);
    const std::size_t known = simulation.keyframe()->world.catalogue.size();
    const TopicId topic(3);
    step_with(simulation, Burst{topic, 2, 12, 10});
    auto state = simulation.keyframe();
    QCOMPARE(state->world.trend[topic.index()], 2.0f);
    QCOMPARE(state->world.trend[0], 0.0f);
    QCOMPARE(state->world.catalogue.size(), known + 1);
    QCOMPARE(state->models.newest.front(), ItemId(known));
    QCOMPARE(state->models.eras[Era::two_tower].space.size(), known + 1);

    run_ticks(simulation,
              24);  // half of its time: a quarter of the interest, 1/8 of the items left
    state = simulation.keyframe();
    QCOMPARE(state->world.trend[topic.index()], 0.5f);
    QCOMPARE(state->world.catalogue.size(), known + 9);
    for (std::size_t i = known; i < state->world.catalogue.size(); ++i)
        QCOMPARE(state->world.catalogue.true_topic[i], topic);

    run_ticks(simulation, 24);
    state = simulation.keyframe();
    QCOMPARE(state->world.trend[topic.index()], 0.0f);
    QCOMPARE(state->world.catalogue.size(), known + 10);
    QVERIFY(state->world.news.empty());
}

void CommandTest::news_and_turned_tastes_survive_a_keyframe() {
    Simulation simulation(tiny_params(), 5, 2);
    const std::vector<Command> both = {ChangeTaste{PersonId(), 0.4, TopicId(1)},
                                       Burst{TopicId(2), 3, 20, 30}};
    simulation.step(both);
    const auto keyframe = simulation.keyframe();
    const auto hashes = run_ticks(simulation, 30);
    Simulation other(tiny_params(), 5, 1);
    other.restore(keyframe);
    QCOMPARE(run_ticks(other, 30), hashes);
}

void CommandTest::sessions_end_now_and_only_those_under_way() {
    Simulation simulation(tiny_params(), 5, 2);
    std::shared_ptr<const SimulationState> before;
    std::vector<bool> active;
    do {
        simulation.step();
        before = simulation.keyframe();
        active.clear();
        for (const Person& person : before->world.population.people)
            active.push_back(person.session.active);
    } while (std::ranges::count(active, true) < 3);
    QVERIFY(step_with(simulation, EndSession{}).refused.empty());
    const auto after = simulation.keyframe();
    std::vector<int> ended(active.size(), 0);
    after->log.visit_from(before->log.appended(), [&](const Event& event) {
        const Session& session = before->world.population.people[event.person.index()].session;
        if (event.kind != EventKind::session_end || event.time_s != session.now_s) return;
        QCOMPARE(event.value, static_cast<float>(session.now_s - session.started_s));
        ++ended[event.person.index()];
    });
    for (std::size_t p = 0; p < active.size(); ++p) QCOMPARE(ended[p], active[p] ? 1 : 0);
    QVERIFY(after->caused.empty());

    // The same again on another number of threads, from a keyframe.
    const auto hashes = run_ticks(simulation, 20);
    Simulation other(tiny_params(), 5, 1);
    other.restore(before);
    step_with(other, EndSession{});
    QCOMPARE(run_ticks(other, 20), hashes);
}

QTEST_GUILESS_MAIN(CommandTest)
#include "command_test.moc"
