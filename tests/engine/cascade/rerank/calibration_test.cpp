// The calibrated list against Steck's objective worked by hand and against the metric.
#include "engine/cascade/rerank/calibration.h"

#include <QtTest>
#include <cmath>

#include "engine/sim/metrics/metrics.h"

using namespace cascadelab;

namespace {

class CalibrationTest : public QObject {
    Q_OBJECT
  private slots:
    // Wanted 3/4 and 1/4, one item of the first topic: the list is all first topic.
    void divergence_is_the_one_by_hand() {
        const std::vector<float> wanted = {0.75f, 0.25f};
        CalibratedList list(wanted, 0.5);
        list.take(0);
        const double by_hand =
            0.75 * std::log(0.75 / (0.99 + 0.01 * 0.75)) + 0.25 * std::log(0.25 / (0.01 * 0.25));
        QVERIFY(std::abs(list.divergence() - by_hand) < 1e-12);
    }

    // A topic that nobody wants stands before them: it adds nothing and hides none of the others.
    void topics_that_are_not_wanted_add_nothing() {
        const std::vector<float> wanted = {0, 0.75f, 0, 0.25f};
        CalibratedList list(wanted, 0.5);
        list.take(1);
        const double by_hand =
            0.75 * std::log(0.75 / (0.99 + 0.01 * 0.75)) + 0.25 * std::log(0.25 / (0.01 * 0.25));
        QVERIFY(std::abs(list.divergence() - by_hand) < 1e-12);
    }

    void divergence_is_the_metric() {
        const std::vector<float> wanted = {0.5f, 0.25f, 0.125f, 0.125f};
        CalibratedList list(wanted, 0.5);
        std::vector<float> shown(4);
        int taken = 0;
        for (const std::size_t topic : {0, 2, 0, 1, 1, 3}) {
            list.take(topic);
            ++taken;
            std::vector<float> share;
            shown[topic] += 1;
            for (const float count : shown) share.push_back(count / static_cast<float>(taken));
            QVERIFY(std::abs(list.divergence() - calibration_kl(wanted, share)) < 1e-6);
        }
    }

    void what_is_gained_is_relevance_less_divergence() {
        const std::vector<float> wanted = {0.75f, 0.25f};
        CalibratedList list(wanted, 0.3);
        list.take(0);
        CalibratedList after = list;
        after.take(1);
        QVERIFY(std::abs(list.gain(1, 0.8) - (0.7 * 0.8 - 0.3 * after.divergence())) < 1e-12);
    }

    // With equal relevance ten places go 6 : 3 : 1 to wanted shares .6, .3, .1.
    void a_list_follows_the_mixture() {
        const std::vector<float> wanted = {0.6f, 0.3f, 0.1f};
        CalibratedList list(wanted, 1);
        std::vector<int> count(3, 0);
        for (int place = 0; place < 10; ++place) {
            std::size_t best = 0;
            for (std::size_t topic = 1; topic < 3; ++topic) {
                if (list.gain(topic, 0) > list.gain(best, 0)) best = topic;
            }
            list.take(best);
            ++count[best];
        }
        QCOMPARE(count, (std::vector<int>{6, 3, 1}));
    }

    void without_a_past_relevance_decides() {
        const std::vector<float> wanted = {0, 0, 0};
        CalibratedList list(wanted, 0.9);
        list.take(1);
        QVERIFY(list.gain(1, 0.5) > list.gain(0, 0.4));
        QCOMPARE(list.divergence(), 0.0);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CalibrationTest)
#include "calibration_test.moc"
