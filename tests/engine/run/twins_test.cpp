#include "engine/run/twins.h"

#include <QTest>
#include <cmath>

#include "engine/base/random.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

class TwinsTest : public QObject {
    Q_OBJECT

  private slots:
    void interval_of_hand_worked_differences() {
        // Mean 3, s = 1, t(4 - 1) = 3.182: 3 +- 3.182 / 2 * sqrt(2) / sqrt(1.5)
        const ConfidenceInterval interval = paired_interval(std::array{2.0, 3.0, 3.0, 4.0});
        const double error = std::sqrt(2.0 / 3 / 4);
        QCOMPARE(interval.mean, 3.0);
        QVERIFY(std::abs(interval.high - (3 + 3.182 * error)) < 1e-9);
        QVERIFY(std::abs(interval.low - (3 - 3.182 * error)) < 1e-9);
    }

    void one_pair_has_no_interval() {
        const ConfidenceInterval interval = paired_interval(std::array{2.0});
        QCOMPARE(interval.mean, 2.0);
        QVERIFY(std::isnan(interval.low) && std::isnan(interval.high));
    }

    void interval_covers_the_truth_at_its_rate() {
        // 4,000 samples each: one standard deviation of the share is .0034.
        for (const std::size_t size : std::array<std::size_t, 4>{2, 5, 31, 40}) {
            Stream stream(9, Purpose::test, size);
            int covered = 0;
            for (int sample = 0; sample < 4000; ++sample) {
                std::vector<double> values(size);
                for (double& value : values) value = stream.normal(1.5, 4);
                const ConfidenceInterval interval = paired_interval(values);
                covered += interval.low <= 1.5 && 1.5 <= interval.high;
            }
            QVERIFY2(std::abs(covered / 4000.0 - 0.95) < 0.012,
                     qPrintable(QString::number(covered)));
        }
    }

    void twins_without_a_difference_are_the_same_to_the_bit() {
        const auto report =
            run_twins(small_world(1), small_world(1), {.seeds = 2, .threads = 2, .go_on = {}});
        QVERIFY(report.ok());
        QVERIFY(report.value().complete);
        QCOMPARE(report.value().pairs.size(), 2u);
        QVERIFY(report.value().pairs[0].base_hash != report.value().pairs[1].base_hash);
        for (const TwinPair& pair : report.value().pairs) QCOMPARE(pair.base_hash, pair.twin_hash);
        for (const TwinDay& day : report.value().days) {
            const ConfidenceInterval& clicks = day.value[Metric::click_rate][0].difference;
            QCOMPARE(clicks.mean, 0.0);
            QCOMPARE(clicks.high, 0.0);
        }
    }

    void a_difference_shows_and_its_sign_is_twin_less_base() {
        Scenario twin = small_world(1);
        twin.params.rerank.exploration_slots = 5;
        const auto report =
            run_twins(small_world(1), twin, {.seeds = 2, .threads = 2, .go_on = {}});
        QVERIFY(report.ok());
        const TwinValue& ndcg = report.value().days.back().value[Metric::ndcg_at_10][0];
        QVERIFY(ndcg.difference.mean < 0);
        QVERIFY(std::abs(ndcg.twin - ndcg.base - ndcg.difference.mean) < 1e-9);
    }

    void only_whole_pairs_count_when_it_is_ended() {
        // Three quarters of the way the second pair's twin begins.
        TwinOptions options{.seeds = 2, .threads = 2, .go_on = {}};
        options.go_on = [](double share, const std::string&) { return share < 0.8; };
        const auto report = run_twins(small_world(1), small_world(1), options);
        QVERIFY(report.ok());
        QVERIFY(!report.value().complete);
        QCOMPARE(report.value().pairs.size(), 1u);
        QVERIFY(!report.value().days.empty());
    }
};

QTEST_GUILESS_MAIN(TwinsTest)
#include "twins_test.moc"
