// How old news is, on cases worked by hand; against a simulated lane in the study.
#include "engine/serving/freshness.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

class NewsAgeTest : public QObject {
    Q_OBJECT
  private slots:
    // rho 1/2: 1 + 2 + 1/2.
    void age_of_information_is_the_one_by_hand() {
        QVERIFY(std::abs(age_of_information_mm1(0.5, 1) - 3.5) < 1e-12);
        QVERIFY(std::abs(age_of_information_mm1(50, 0.01) - 0.035) < 1e-12);
    }

    void a_lane_run_hot_is_staler() {
        const double best = freshest_load_mm1();
        QVERIFY(std::abs(best - 0.531) < 5e-4);
        for (const double load : {0.1, 0.4, best - 0.01, best + 0.01, 0.7, 0.95}) {
            QVERIFY(age_of_information_mm1(load, 1) > age_of_information_mm1(best, 1));
        }
    }

    void a_batch_feature_is_as_old_as_its_delay_and_up_to_a_period_more() {
        QCOMPARE(batch_age_quantile_s(600, 3600, 0), 600.0);
        QCOMPARE(batch_age_quantile_s(600, 3600, 0.5), 2400.0);
        QCOMPARE(batch_age_quantile_s(600, 3600, 1), 4200.0);
    }

    void an_edge_misses_what_is_younger_than_its_lag() {
        QVERIFY(std::abs(edge_miss_share(1 / 20.0, 10) - (1 - std::exp(-0.5))) < 1e-12);
        QCOMPARE(edge_miss_share(1, 0), 0.0);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(NewsAgeTest)
#include "news_age_test.moc"
