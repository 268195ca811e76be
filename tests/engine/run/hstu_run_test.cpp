// Same file, same run with the sequence model in it: what a person's thread remembers between two
// requests never shows in a result.
#include <QTest>

#include "tests/worlds/replay.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr std::int64_t kTicks = 180;

Scenario hstu_world() {
    Scenario scenario = small_world();
    Params& p = scenario.params;
    p.retrieval.hstu = 1;
    p.eras.ranking = Era::hstu;
    p.features.sequence_events = 16;
    p.features.streaming_lag_s = 40;
    p.training.hstu_dims = 8;
    p.training.hstu_blocks = 1;
    p.training.hstu_epochs = 2;
    p.training.hstu_negatives = 16;
    return scenario;
}

std::unique_ptr<Player> make_player(int threads, bool keyframes = false) {
    return std::move(Player::make(hstu_world(), {threads, "", keyframes}).value());
}

// What moves while the world runs: the era goes and comes back, people are served as of the night.
std::vector<Command> moves(std::uint64_t tick) {
    if (tick == 60) return {SetParameter{"retrieval.hstu", 0}};
    if (tick == 80) return {SetParameter{"retrieval.hstu", 0.5}};
    if (tick == 100) return {SetParameter{"freshness.people_vectors", 0}};
    if (tick == 150) return {SetParameter{"freshness.people_vectors", 2}};
    return {};
}

}  // namespace

class HstuRunTest : public QObject {
    Q_OBJECT
    std::vector<Hashes> m_straight;  // on one thread, unwatched, with moves

  private slots:
    void initTestCase() {
        auto player = make_player(1);
        m_straight = play(*player, kTicks, moves);
        player->simulation().set_focus({PersonId(3)});
        const auto snapshot = player->simulation().snapshot();
        QCOMPARE(snapshot->curves.size(), std::size_t{2});
        QCOMPARE(snapshot->curves.back().model, std::string("HSTU"));
        QVERIFY(snapshot->curves.back().trained_s == 24 * kHour);
        QVERIFY(!snapshot->curves.back().train.empty());
        QVERIFY(!snapshot->focus->trace->attention.events.empty());
        const auto proposed = snapshot->funnel->proposed[Source::hstu];
        QVERIFY(proposed > 0);
    }

    void any_number_of_threads_gives_the_same_hashes() {
        auto player = make_player(3);
        QCOMPARE(where_they_part(m_straight, play(*player, kTicks, moves)), QString());
    }

    void watching_changes_nothing() {
        auto player = make_player(2);
        QCOMPARE(where_they_part(m_straight, play_watched(*player, kTicks, moves)), QString());
    }

    void a_keyframe_goes_on_as_the_first_time() {
        auto player = make_player(2, true);
        play(*player, kTicks, moves);
        for (const Seconds time : {18 * kHour, 6 * kHour})
            QCOMPARE(where_it_parts_after_going_back(*player, time, m_straight), QString());
    }

    // The rows of a session that was under way are those of a future that will not come.
    void another_history_after_going_back_remembers_nothing_of_the_first() {
        const auto go_on = [](Player& player) {
            player.step({SetParameter{"rerank.slate_size", 4}});
            return play(player, 36, moves);
        };
        auto straight = make_player(2), back = make_player(2, true);
        play(*straight, 108, moves);
        play(*back, 112, moves);
        back->go_back(18 * kHour);
        QVERIFY(go_on(*back) == go_on(*straight));
    }
};

QTEST_GUILESS_MAIN(HstuRunTest)
#include "hstu_run_test.moc"
