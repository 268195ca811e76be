// Same file, same run with the generative retriever in it: as a source, as the whole feed, through
// rebuilds of its codes, corrupted codes and the collapse monitor.
#include <QTest>

#include "tests/worlds/replay.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr std::int64_t kTicks = 180;

Scenario generative_world() {
    Scenario scenario = small_world();
    Params& p = scenario.params;
    p.retrieval.generative = 1;
    p.world.organic_views_per_day = 3;
    GenerativeParams& g = p.generative;
    use_small_decoder(g);
    g.length = 4;
    g.epochs = 1;
    g.examples = 2000;
    g.rebuild_every_h = 11;
    g.retrain_every_h = 4;
    return scenario;
}

std::unique_ptr<Player> make_player(int threads, bool keyframes = false) {
    return std::move(Player::make(generative_world(), {threads, "", keyframes}).value());
}

// What moves while the world runs.
std::vector<Command> moves(std::uint64_t tick) {
    if (tick == 40) return {SetParameter{"generative.feed", 1}};
    if (tick == 60) return {SetParameter{"generative.temperature", 0.5}};
    if (tick == 80) return {SetParameter{"generative.fresh_share", 0.5}};
    if (tick == 100) return {SetParameter{"generative.feed", 0}};
    if (tick == 110) return {SetParameter{"generative.rescoring", 0.5}};
    if (tick == 120) return {SetParameter{"generative.deploy_together", 0}};
    if (tick == 130) return {CorruptCodes{0.4}};
    if (tick == 140) return {SetParameter{"generative.sample", 1}};
    if (tick == 150) return {SetParameter{"generative.monitor", 1}};
    return {};
}

}  // namespace

class GenerativeRunTest : public QObject {
    Q_OBJECT
    std::vector<Hashes> m_straight;  // on one thread, unwatched, with moves

  private slots:
    void initTestCase() {
        auto player = make_player(1);
        m_straight = play(*player, kTicks, moves);
    }

    void any_number_of_threads_gives_the_same_hashes() {
        for (const int threads : {2, 3, 8}) {
            auto player = make_player(threads);
            QCOMPARE(where_they_part(m_straight, play(*player, kTicks, moves)), QString());
        }
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

    void the_source_brings_candidates_and_the_window_sees_codes() {
        auto player = make_player(2);
        for (int i = 0; i < 36; ++i) player->step({});
        player->simulation().set_focus({PersonId(3)});
        const auto snapshot = player->simulation().snapshot();
        const auto proposed = snapshot->funnel->proposed[Source::generative];
        QVERIFY(proposed > 0);
        QVERIFY(snapshot->generative.ready && !snapshot->generative.version_skew);
        QCOMPARE(snapshot->generative.maker, FeedMaker::cascade);
        QCOMPARE(snapshot->codes->items(), snapshot->items);
        QVERIFY(!snapshot->code_health->empty());
        QCOMPARE(snapshot->exposure->back().impressions->size(), snapshot->items);
        const BeamPicture& beam = snapshot->focus->trace->beam;
        QCOMPARE(beam.steps.size(), snapshot->codes->alphabet.size());
        QVERIFY(!beam.found.empty());
    }

    void the_whole_feed_is_what_the_beam_said_in_its_order() {
        auto player = make_player(2);
        for (int i = 0; i < 36; ++i) player->step({});
        player->step({SetParameter{"generative.feed", 1}});
        for (int i = 0; i < 12; ++i) {
            for (const auto& trace : player->step({}).traces) {
                QCOMPARE(trace->maker, FeedMaker::generative);
                std::vector<ItemId> left;
                for (const Candidate& candidate : trace->candidates) {
                    if (candidate.source == Source::generative && candidate.rank != 0xFFFF)
                        left.push_back(candidate.item);
                }
                const std::size_t said = std::min(left.size(), trace->slate.size());
                QVERIFY(said > 0);
                QVERIFY(std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(said),
                                   trace->slate.begin()));
            }
        }
        const auto share = [&](Source source) {
            const HourFunnel& funnel = *player->simulation().snapshot()->funnel;
            return funnel.by_source[source].left[FunnelStep::slate];
        };
        QVERIFY(share(Source::generative) > 0);
        QCOMPARE(share(Source::two_tower), std::uint64_t{0});
    }

    // Codes that came first leave the old decoder without a word, and the cascade serves.
    void a_stale_decoder_is_seen_and_not_asked() {
        auto player = make_player(2);
        const std::vector<Command> apart = {SetParameter{"generative.deploy_together", 0},
                                            SetParameter{"generative.feed", 1},
                                            SetParameter{"generative.retrain_every_h", 1008}};
        player->step(apart);
        while (player->simulation().now_s() < 10 * kHour) player->step({});
        QCOMPARE(player->simulation().snapshot()->generative.maker, FeedMaker::generative);
        while (player->simulation().now_s() < 14 * kHour) player->step({});
        const auto snapshot = player->simulation().snapshot();
        QVERIFY(snapshot->generative.version_skew && !snapshot->generative.ready);
        QVERIFY(snapshot->generative.codes_version > snapshot->generative.decoder_version);
        QCOMPARE(snapshot->generative.maker, FeedMaker::cascade);
    }

    void corrupted_codes_are_counted_and_a_rebuild_mends_them() {
        auto player = make_player(2), sound = make_player(1);
        while (player->simulation().now_s() < 4 * kHour) player->step({});
        while (sound->simulation().now_s() < 4 * kHour) sound->step({});
        player->step({CorruptCodes{0.5}});
        sound->step({});
        QVERIFY(player->simulation().hashes().models != sound->simulation().hashes().models);
        const auto changed = [&](Seconds until_s) {
            while (player->simulation().now_s() < until_s) player->step({});
            return player->simulation().snapshot()->code_health->back().changed_share;
        };
        QVERIFY(changed(6 * kHour) > 0.4f);
        QCOMPARE(changed(15 * kHour), 0.0f);  // rebuilt after eleven hours
    }

    void the_monitor_hands_over_and_leaves_a_mark() {
        auto player = make_player(2);
        player->step({SetParameter{"generative.feed", 1}, SetParameter{"generative.monitor", 1},
                      SetParameter{"generative.monitor_effective_share", 1}});
        while (player->simulation().now_s() < 23 * kHour) player->step({});
        QVERIFY(!player->simulation().snapshot()->generative.halted);
        while (player->simulation().now_s() < 25 * kHour) player->step({});
        const auto snapshot = player->simulation().snapshot();
        QVERIFY(snapshot->generative.halted);
        QCOMPARE(snapshot->generative.maker, FeedMaker::cascade);
        QVERIFY(std::ranges::any_of(snapshot->marks, [](const Mark& mark) {
            return mark.incident && mark.text.starts_with("collapse monitor");
        }));
    }
};

QTEST_GUILESS_MAIN(GenerativeRunTest)
#include "generative_run_test.moc"
