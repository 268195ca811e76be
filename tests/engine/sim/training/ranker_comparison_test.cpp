// Kinds of ranker in a run: taken up at the next training, compared without moving the run, told
// apart from the clock.
#include "engine/sim/training/ranker_comparison.h"

#include <QtTest>

#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

std::string_view live_model(const Simulation& simulation) {
    const auto state = simulation.keyframe();
    return state->models.ranker ? state->models.ranker->models.front()->label() : "none";
}

class RankerComparisonTest : public QObject {
    Q_OBJECT
  private slots:
    void a_model_is_taken_up_at_the_next_training() {
        Params params = tiny_params();
        params.ranking.deep_epochs = 1;
        Simulation simulation(params, 3, 1);
        run_ticks(simulation, kTicksADay);
        QCOMPARE(live_model(simulation), "XGBoost");
        const Command deep[] = {SetParameter{"ranking.model", 2.0}};
        simulation.step(deep);
        QCOMPARE(live_model(simulation), "XGBoost");
        run_ticks(simulation, kTicksADay / 2 + 4);
        QCOMPARE(live_model(simulation), "Deep (DCN-v2)");
        QVERIFY(simulation.snapshot()->ranker == RankingModel::deep);
        const Command plain[] = {SetParameter{"ranking.model", 0.0}};
        simulation.step(plain);
        run_ticks(simulation, kTicksADay / 2 + 4);
        QCOMPARE(live_model(simulation), "Logistic regression");
    }

    void comparing_moves_nothing_of_the_run() {
        Params params = tiny_params();
        params.ranking.deep_epochs = 1;
        Simulation plain(params, 4, 1);
        params.ranking.compare = true;
        Simulation comparing(params, 4, 2);
        for (int i = 0; i < 2 * kTicksADay; ++i) {
            plain.step();
            comparing.step();
        }
        const Hashes a = plain.hashes(), b = comparing.hashes();
        QVERIFY(a.world == b.world && a.features == b.features && a.log == b.log);
        QVERIFY(a.models != b.models);  // what was found is part of the run

        QVERIFY(!plain.snapshot()->rankers || plain.snapshot()->rankers->empty());
        const auto rounds = comparing.snapshot()->rankers;
        QVERIFY(rounds && rounds->size() >= 2);
        for (const RankerRoundView& round : *rounds) {
            QVERIFY(round.learned > 3 * round.held_out && round.held_out > 0);
            for (const RankerPoint& point : round.models) {
                QVERIFY(point.log_loss > 0 && point.auc > 0 && point.auc < 1);
                QVERIFY(point.ndcg_at_10 > 0 && point.ndcg_at_10 <= 1);
                QVERIFY(point.train_s > 0 && point.score_us > 0);
            }
        }
    }

    void a_comparison_is_the_same_again_and_after_going_back() {
        Params params = tiny_params();
        params.ranking.compare = true;
        params.ranking.deep_epochs = 1;
        Simulation first(params, 5, 1);
        run_ticks(first, kTicksADay);
        const auto keyframe = first.keyframe();
        const auto hashes = run_ticks(first, kTicksADay);
        const auto rounds = first.keyframe()->rankers;
        first.restore(keyframe);
        QVERIFY(run_ticks(first, kTicksADay) == hashes);

        Simulation second(params, 5, 2);
        second.restore(keyframe);
        QVERIFY(run_ticks(second, kTicksADay) == hashes);
        const auto again = second.keyframe()->rankers;
        QVERIFY(again && again->size() == rounds->size());
        for (std::size_t r = 0; r < rounds->size(); ++r) {
            for (std::size_t m = 0; m < enum_count<RankingModel>; ++m)
                QCOMPARE((*again)[r].quality[m].auc, (*rounds)[r].quality[m].auc);
        }
        // What another simulation timed is not known here.
        QVERIFY(std::isnan(second.snapshot()->rankers->front().models[0].train_s));
        QVERIFY(second.snapshot()->rankers->back().models[0].train_s > 0);
    }

    void newest_requests_are_held_out() {
        ShownRows rows{Matrix::Zero(40, 3), Matrix::Zero(40, 4), {}};
        for (Eigen::Index r = 0; r < 40; ++r) {
            rows.rows(r, 0) = static_cast<float>(r);
            if (r % 4 == 0) rows.requests.push_back(r);
        }
        const RankerSplit split = split_by_time(rows);
        QCOMPARE(split.learned.requests.size(), std::size_t(8));
        QCOMPARE(split.held_out.requests.size(), std::size_t(2));
        QCOMPARE(split.learned.rows(31, 0), 31.0f);
        QCOMPARE(split.held_out.rows(0, 0), 32.0f);
    }

    void too_few_rows_say_nothing() {
        ShownRows rows{Matrix::Zero(10, 3), Matrix::Zero(10, 4), {0, 5}};
        QVERIFY(!compare_rankers(rows, {}, 1));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RankerComparisonTest)
#include "ranker_comparison_test.moc"
