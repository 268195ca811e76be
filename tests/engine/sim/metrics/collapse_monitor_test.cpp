#include "engine/sim/metrics/collapse_monitor.h"

#include <QtTest>

using namespace cascadelab;

namespace {

constexpr CollapseReading kHealthy{0.5, 0.8, 0.1, 0};

GenerativeParams watched() {
    GenerativeParams params;
    params.monitor = true;
    params.monitor_effective_share = 0.1;
    params.monitor_perplexity_share = 0.2;
    params.monitor_repeat_rate = 0.6;
    params.monitor_changed_share = 0.3;
    params.monitor_recovery = 2;
    params.monitor_hold_h = 24;
    return params;
}

}  // namespace

class CollapseMonitorTest : public QObject {
    Q_OBJECT

  private slots:
    void each_threshold_trips_it_alone_and_says_why() {
        const std::pair<CollapseReading, std::string> cases[] = {
            {{0.09, 0.8, 0.1, 0}, "effective catalogue 9.0 %"},
            {{0.5, 0.19, 0.1, 0}, "code perplexity 19.0 %"},
            {{0.5, 0.8, 0.64, 0}, "repeats 64.0 %"},
            {{0.5, 0.8, 0.1, 0.4}, "changed codes 40.0 %"}};
        for (const auto& [reading, why] : cases) {
            CollapseMonitor monitor;
            QVERIFY(!monitor.look(kHealthy, watched(), kDay));
            QVERIFY(monitor.look(reading, watched(), 2 * kDay).has_value());
            QVERIFY(monitor.tripped);
            QCOMPARE(monitor.why, why);
            QCOMPARE(monitor.since_s, 2 * kDay);
        }
    }

    void at_the_threshold_nothing_happens() {
        CollapseMonitor monitor;
        QVERIFY(!monitor.look({0.1, 0.2, 0.6, 0.3}, watched(), kDay));
        QVERIFY(!monitor.tripped);
    }

    // Between the threshold and its double it stays where it is, whichever side it came from.
    void it_does_not_flutter_between_the_two_thresholds() {
        constexpr CollapseReading kBetween{0.15, 0.8, 0.1, 0};
        CollapseMonitor monitor;
        for (int day = 1; day < 5; ++day) QVERIFY(!monitor.look(kBetween, watched(), day * kDay));
        QVERIFY(monitor.look({0.05, 0.8, 0.1, 0}, watched(), 5 * kDay).has_value());
        for (int day = 6; day < 10; ++day) {
            QVERIFY(!monitor.look(kBetween, watched(), day * kDay));
            QVERIFY(monitor.tripped);
        }
        QVERIFY(monitor.look(kHealthy, watched(), 10 * kDay).has_value());
        QVERIFY(!monitor.tripped);
    }

    void what_has_tripped_it_holds_for_a_while() {
        CollapseMonitor monitor;
        QVERIFY(monitor.look({0.05, 0.8, 0.1, 0}, watched(), kDay).has_value());
        QVERIFY(!monitor.look(kHealthy, watched(), 2 * kDay - 1));
        QVERIFY(monitor.tripped);
        QVERIFY(monitor.look(kHealthy, watched(), 2 * kDay).has_value());
    }

    void everything_must_have_recovered() {
        CollapseMonitor monitor;
        QVERIFY(monitor.look({0.5, 0.8, 0.7, 0}, watched(), kDay).has_value());
        QVERIFY(!monitor.look({0.12, 0.8, 0.1, 0}, watched(), 3 * kDay));
        QVERIFY(!monitor.look({0.5, 0.8, 0.31, 0}, watched(), 4 * kDay));
        QVERIFY(monitor.tripped);
    }

    void off_it_never_holds_the_decoder_back() {
        CollapseMonitor monitor;
        QVERIFY(monitor.look({0.05, 0.8, 0.1, 0}, watched(), kDay).has_value());
        GenerativeParams off = watched();
        off.monitor = false;
        QVERIFY(!monitor.look({0.05, 0.8, 0.1, 0}, off, kDay + 1));
        QVERIFY(!monitor.tripped);
    }

    void what_was_not_measured_neither_trips_nor_keeps() {
        const double nothing = std::numeric_limits<double>::quiet_NaN();
        CollapseMonitor monitor;
        QVERIFY(!monitor.look({nothing, nothing, nothing, nothing}, watched(), kDay));
        QVERIFY(!monitor.tripped);
    }
};

QTEST_GUILESS_MAIN(CollapseMonitorTest)
#include "collapse_monitor_test.moc"
