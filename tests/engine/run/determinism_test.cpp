// Same file, same run: for any number of threads, watched or not, straight or restored, run or
// verified, with knobs moved in between.
#include <QTemporaryDir>
#include <QTest>

#include "tests/worlds/replay.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr std::int64_t kTicksADay = 144;

std::unique_ptr<Player> make_player(int threads, bool keyframes = false,
                                    const std::string& run_file = "") {
    return std::move(Player::make(small_world(), {threads, run_file, keyframes}).value());
}

// What a restless person does while the world runs.
std::vector<Command> moves(std::uint64_t tick) {
    if (tick == 60) return {SetParameter{"rerank.method", 2}};
    if (tick == 100) return {SetParameter{"retrieval.candidates", 90}, Note{"more"}};
    if (tick == 101) return {Search{PersonId(5), 1, TopicId(4)}};
    if (tick == 170) return {SetParameter{"rerank.exploration_slots", 2}};
    return {};
}

}  // namespace

class DeterminismTest : public QObject {
    Q_OBJECT
    std::vector<Hashes> m_straight;  // two days on one thread, unwatched, with moves

  private slots:
    void initTestCase() {
        auto player = make_player(1);
        m_straight = play(*player, 2 * kTicksADay, moves);
        QVERIFY(m_straight.front() != m_straight.back());
        QVERIFY(m_straight.back().models != 0);
    }

    void any_number_of_threads_gives_the_same_hashes_data() {
        QTest::addColumn<int>("threads");
        for (const int threads : {2, 3, 8}) {
            QTest::newRow(std::to_string(threads).c_str()) << threads;
        }
    }
    void any_number_of_threads_gives_the_same_hashes() {
        QFETCH(int, threads);
        auto player = make_player(threads);
        QCOMPARE(where_they_part(m_straight, play(*player, 2 * kTicksADay, moves)), QString());
    }

    void watching_changes_nothing() {
        auto player = make_player(2);
        const auto hashes = play_watched(*player, 2 * kTicksADay, moves);
        QCOMPARE(where_they_part(m_straight, hashes), QString());
    }

    void a_keyframe_goes_on_as_the_first_time() {
        auto player = make_player(2, true);
        play(*player, 2 * kTicksADay, moves);
        const std::vector<Seconds> times = player->keyframes().times();
        QVERIFY(times.size() > 4);
        for (const Seconds time : times) {
            if (time == player->now_s()) continue;
            QCOMPARE(where_it_parts_after_going_back(*player, time, m_straight), QString());
        }
    }

    void a_command_after_going_back_begins_another_history() {
        auto player = make_player(2, true);
        play(*player, 150, moves);
        player->go_back(6 * kHour);
        while (player->simulation().tick() < 80) player->step();
        player->step({SetParameter{"rerank.slate_size", 5}});
        QCOMPARE(player->simulation().tick(), std::uint64_t{81});
        std::vector<std::string> texts;
        for (const Mark& mark : player->marks()) {
            if (!mark.planned) texts.push_back(mark.text);
        }
        QVERIFY(std::ranges::find(texts, "3 later commands dropped") != texts.end());
        while (player->simulation().tick() < 150) player->step();
        // What was submitted at ticks 100 and 101 is gone, the timeline is not.
        QCOMPARE(player->simulation().params().retrieval.candidates, 60);
        QCOMPARE(player->simulation().params().rerank.slate_size, 5);
        QVERIFY(player->simulation().params().rerank.method == RerankMethod::dpp);
        QCOMPARE(player->simulation().params().rerank.diversity, 0.5);
    }

    void a_run_file_verifies_with_moves_in_between() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("a.cascade").toStdString();
        {
            auto player = make_player(2, true, path);
            play(*player, 150, moves);
            player->go_back(20 * kHour);
            while (player->simulation().tick() < 130) player->step();
            player->step({SetParameter{"rerank.slate_size", 5}});
            play(*player, 40, moves);
            QVERIFY(!player->take_problem());
        }
        const auto report = verify_run_file(path, 1, {});
        QVERIFY2(report.ok(), report ? "" : report.problem().sentence().c_str());
        QCOMPARE(report.value().ticks, std::uint64_t{171});
        QVERIFY2(report.value().held(),
                 report.value().difference ? report.value().difference->sentence().c_str() : "");
    }

    void verify_names_the_first_tick_and_ingredient_that_differ() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("a.cascade").toStdString();
        play(*make_player(2, false, path), 20, moves);
        {
            auto database = Database::open(path, {});
            QVERIFY(database.value().exec("UPDATE ticks SET log = 5 WHERE tick > 12").ok());
        }
        const auto report = verify_run_file(path, 2, {});
        QCOMPARE(report.value().difference->tick, std::uint64_t{13});
        QCOMPARE(report.value().difference->ingredient, "log");
        QVERIFY(!report.value().held());
    }

    void a_scenario_is_held_against_its_promises() {
        Scenario scenario = small_world(1);
        scenario.expect = {{Metric::coverage, 0, 1, 0.0, 1.0, std::nullopt, "a share"},
                           {Metric::gini, 0, 1, std::nullopt, -1.0, std::nullopt, ""},
                           {Metric::gini, 0, 1, 0.99, 1.01, 1, "itself"}};
        const auto report = verify_scenario(scenario, {});
        QVERIFY(report.ok());
        QVERIFY(!report.value().difference);
        QCOMPARE(report.value().expectations.size(), std::size_t{3});
        QVERIFY(report.value().expectations[0].held);
        QVERIFY(!report.value().expectations[1].held);
        QVERIFY(report.value().expectations[2].held);
        QVERIFY(!report.value().held());

        scenario.expect.clear();
        scenario.expected_hash = report.value().hash;
        QVERIFY(verify_scenario(scenario, {}).value().held());
        scenario.expected_hash[0] = scenario.expected_hash[0] == '0' ? '1' : '0';
        QVERIFY(verify_scenario(scenario, {}).value().hash_problem.has_value());
    }
};

QTEST_GUILESS_MAIN(DeterminismTest)
#include "determinism_test.moc"
