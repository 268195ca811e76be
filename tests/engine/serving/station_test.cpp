// Stations, service times and fan-out on cases worked by hand; the laws are the study's.
#include "engine/serving/station.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/serving/fan_out.h"

using namespace cascadelab;

namespace {

constexpr int kDraws = 100000;

double share_above(const ServiceTime& service, double limit_s) {
    Stream stream(1, Purpose::test);
    int above = 0;
    for (int i = 0; i < kDraws; ++i) above += service.draw(stream) > limit_s;
    return static_cast<double>(above) / kDraws;
}

class StationTest : public QObject {
    Q_OBJECT
  private slots:
    // Two servers; the third waits for the first to end at 4, the fourth for the second at 6.
    void arrivals_take_the_first_free_server() {
        Station station(2);
        QCOMPARE(station.arrive(0, 4).start_s, 0.0);
        QCOMPARE(station.arrive(1, 5).end_s, 6.0);
        QCOMPARE(station.arrive(2, 3).start_s, 4.0);
        QCOMPARE(station.arrive(2, 1).start_s, 6.0);
        QCOMPARE(station.arrive(20, 1).start_s, 20.0);
        QCOMPARE(station.busy_s(), 14.0);
    }

    void lognormal_keeps_its_two_percentiles() {
        const ServiceTime service = lognormal_from(0.01, 0.08);
        QVERIFY(std::abs(service.quantile_s(0.5) - 0.01) < 1e-12);
        QVERIFY(std::abs(service.quantile_s(0.99) - 0.08) < 1e-12);
        QVERIFY(std::abs(share_above(service, 0.01) - 0.5) < 0.008);
        QVERIFY(std::abs(share_above(service, 0.08) - 0.01) < 0.0016);
    }

    void moments_are_those_of_the_draws() {
        for (const ServiceTime& service :
             {ServiceTime{ServiceTime::Kind::constant, 0.3, 0},
              ServiceTime{ServiceTime::Kind::exponential, 0.2, 0}, lognormal_from(0.1, 0.5)}) {
            Stream stream(2, Purpose::test);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < kDraws; ++i) {
                const double s = service.draw(stream);
                sum += s / kDraws;
                squares += s * s / kDraws;
            }
            QVERIFY(std::abs(sum - service.mean_s()) < 0.015 * service.mean_s());
            const double scv = squares / (sum * sum) - 1;
            QVERIFY(std::abs(scv - service.scv()) < 0.05);
        }
        const ServiceTime exponential{ServiceTime::Kind::exponential, 2, 0};
        QVERIFY(std::abs(exponential.quantile_s(0.9) - 2 * std::log(10)) < 1e-12);
    }

    void a_request_is_as_slow_as_its_slowest_leaf() {
        const ServiceTime service = lognormal_from(0.01, 0.1);
        Stream one(3, Purpose::test), all(3, Purpose::test);
        double slowest_s = 0;
        for (int leaf = 0; leaf < 7; ++leaf) {
            slowest_s = std::max(slowest_s, service.draw(one));
        }
        const Answer answer = ask_leaves(7, service, kNeverHedge, all);
        QCOMPARE(answer.latency_s, slowest_s);
        QCOMPARE(answer.calls, 7);
    }

    // Exponential: the first call ends before 1 with 1 - e^-1; then two race, memoryless.
    void a_hedge_goes_out_only_when_the_first_is_late() {
        const ServiceTime service{ServiceTime::Kind::exponential, 1, 0};
        Stream stream(4, Purpose::test);
        double calls = 0;
        double mean_s = 0;
        for (int i = 0; i < kDraws; ++i) {
            const Answer answer = ask_leaf(service, 1, stream);
            calls += static_cast<double>(answer.calls) / kDraws;
            mean_s += answer.latency_s / kDraws;
        }
        QVERIFY(std::abs(calls - (1 + std::exp(-1))) < 0.01);
        QVERIFY(std::abs(mean_s - (1 - std::exp(-1) + std::exp(-1) / 2)) < 0.015);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(StationTest)
#include "station_test.moc"
