// The closed forms on cases worked by hand.
#include "engine/serving/queueing.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

bool near(double a, double b) {
    return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

class QueueingTest : public QObject {
    Q_OBJECT
  private slots:
    // One server waits when it is busy; two at load 1: B = 1/5, C = 1/3.
    void erlang_c_is_the_one_by_hand() {
        QVERIFY(near(erlang_c(1, 0.7), 0.7));
        QVERIFY(near(erlang_c(2, 1), 1.0 / 3));
        QCOMPARE(erlang_c(5, 0), 0.0);
        // Three at load 2: 4 / (1 + 2 + 2 + 4) = 4/9.
        QVERIFY(near(erlang_c(3, 2), 4.0 / 9));
        QVERIFY(erlang_c(400, 380) > 0.05 && erlang_c(400, 380) < 0.3);  // no overflow
    }

    // M/M/1: rho / (mu - lambda).
    void one_exponential_server_is_both_laws() {
        for (const double load : {0.1, 0.5, 0.9}) {
            const double wait_s = load / (1 / 0.2 - load / 0.2);
            QVERIFY(near(mean_wait_mmc(load / 0.2, 0.2, 1), wait_s));
            QVERIFY(near(mean_wait_mg1(load / 0.2, 0.2, 1), wait_s));
        }
    }

    void constant_service_halves_the_wait() {
        QVERIFY(near(mean_wait_mg1(4, 0.2, 0), mean_wait_mg1(4, 0.2, 1) / 2));
    }

    void a_hundred_leaves_find_the_slow_one() {
        QVERIFY(near(any_slow(0.01, 1), 0.01));
        QVERIFY(std::abs(any_slow(0.01, 100) - 0.634) < 1e-3);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(QueueingTest)
#include "queueing_test.moc"
