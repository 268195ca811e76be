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
        QVERIFY(near(any_slow_hedged(0.1, 1), 0.01));
        QVERIFY(std::abs(any_slow_hedged(0.01, 100) - 0.0099) < 1e-4);
    }

    // M/M/1 waits longer than t with rho e^-(mu - lambda) t.
    void a_quantile_of_the_wait_is_where_its_tail_is_that_small() {
        const double wait_s = wait_quantile_mmc(0.9 / 0.2, 0.2, 1, 0.99);
        QVERIFY(near(0.9 * std::exp(-(1 - 0.9) / 0.2 * wait_s), 0.01));
        // Nine of ten are served at once when one of ten servers' worth is busy: no wait to speak
        // of.
        QCOMPARE(wait_quantile_mmc(1, 1, 20, 0.99), 0.0);
        // In services, at load .9 and .98: one big pool is not many small ones.
        const double calm[] = {45, 5.3, 0.54, 0};
        const double full[] = {229, 28, 3.4, 0.33};
        const int servers[] = {1, 8, 64, 600};
        for (int i = 0; i < 4; ++i) {
            const int c = servers[i];
            QVERIFY(std::abs(wait_quantile_mmc(0.9 * c, 1, c, 0.99) - calm[i]) <= 0.02 * calm[i]);
            QVERIFY(std::abs(wait_quantile_mmc(0.98 * c, 1, c, 0.99) - full[i]) <= 0.02 * full[i]);
        }
    }

    void staffing_by_the_square_root() {
        QCOMPARE(square_root_staffing(100, 1), 110);
        QCOMPARE(square_root_staffing(0, 2), 1);
        const double waits[] = {0.504, 0.223, 0.085, 0.027};
        for (int i = 0; i < 4; ++i) {
            const double beta = 0.5 * (i + 1);
            QVERIFY(std::abs(waits_halfin_whitt(beta) - waits[i]) < 6e-4);
            // Erlang's own value tends to it as the pool grows.
            const int servers = square_root_staffing(250000, beta);
            QVERIFY(std::abs(erlang_c(servers, 250000) - waits[i]) < 2e-3);
        }
        QVERIFY(waits_halfin_whitt(50) >= 0);  // no 0 / 0
    }

    // Two choices at load .5: 1 + .5^2 + .5^6 + .5^14 + .5^30 ...
    void a_second_choice_is_worth_most() {
        QVERIFY(near(mean_time_of_choices(0.9, 1), 10));
        const double by_hand =
            1 + std::pow(0.5, 2) + std::pow(0.5, 6) + std::pow(0.5, 14) + std::pow(0.5, 30);
        QVERIFY(std::abs(mean_time_of_choices(0.5, 2) - by_hand) < 1e-15);
        QVERIFY(std::abs(mean_time_of_choices(0.9, 2) - 2.61) < 0.005);
        QVERIFY(std::abs(mean_time_of_choices(0.9, 3) - 2.03) < 0.005);
        QVERIFY(std::abs(mean_time_of_choices(0.99, 2) - 5.43) < 0.005);
        QCOMPARE(mean_time_of_choices(0, 2), 1.0);
    }

    // 1.3 of capacity for 300 s leaves 90 s of it; then 1.3/.6 serve 1.3 and the rest.
    void overload_is_linear() {
        QVERIFY(near(overload_backlog_s(1.3, 300), 90));
        QCOMPARE(overload_backlog_s(0.8, 300), 0.0);
        QVERIFY(near(overload_drain_s(1.3, 300, 0.6), 90 / (1.3 / 0.6 - 1.3)));
        QVERIFY(near(overload_drain_s(2, 300, 0.6), 225));
        QCOMPARE(overload_drain_s(0.8, 300, 0.6), 0.0);
        QVERIFY(std::isinf(overload_drain_s(1.3, 300, 1)));
    }

    void retries_multiply() {
        QVERIFY(near(retry_amplification(0.5, 2), 1.75));
        QVERIFY(near(retry_amplification(1, 4), 5));
        QVERIFY(near(retry_amplification(0, 4), 1));
        QVERIFY(near(retry_amplification(1, 4, 0.1), 1.1));
        QVERIFY(near(retry_amplification(0.05, 4, 0.1), retry_amplification(0.05, 4)));
        QCOMPARE(layered_retry_amplification(2, 5), 243.0);
        QVERIFY(!retries_can_sustain_overload(0.19, 4) && retries_can_sustain_overload(0.21, 4));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(QueueingTest)
#include "queueing_test.moc"
