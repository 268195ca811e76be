// The latency view: bars stand on the scale of their ticks.
#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/views/latency/waterfall.h"

using namespace cascadelab;

class LatencyViewTest : public QObject {
    Q_OBJECT
  private slots:
    void bars_stand_on_the_scale_of_the_ticks();
    void a_stage_that_did_not_run_has_no_bar();
};

void LatencyViewTest::bars_stand_on_the_scale_of_the_ticks() {
    const auto snapshot = demoSnapshot();
    const CascadeTrace& trace = *snapshot->focus->trace;
    for (QSizeF size : {QSizeF(300, 130), QSizeF(900, 420)}) {
        const QRectF area({0, 0}, size);
        const Waterfall fall = layoutWaterfall(trace.start_us, trace.measured_us, area);
        QCOMPARE(fall.rows.size(), enum_count<CascadeStage>);
        QCOMPARE(fall.unit, QStringLiteral("µs"));
        for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
            const WaterfallRow& row = fall.rows[s];
            if (!row.ran) continue;
            QVERIFY(std::abs(row.bar.left() - fall.frame.left() -
                             trace.start_us[s] * fall.pixels_us) < 1e-6);
            QVERIFY(std::abs(row.bar.width() -
                             std::max(1.5, trace.measured_us[s] * fall.pixels_us)) < 1e-6);
            QVERIFY(area.adjusted(0, 0, 1, 1).contains(row.bar));
            QVERIFY(row.label.right() < fall.frame.left());
            QVERIFY(s == 0 || row.label.top() >= fall.rows[s - 1].label.bottom() - 1e-9);
        }
        QVERIFY(fall.ticks.size() >= 2);
        for (const WaterfallTick& tick : fall.ticks)
            QVERIFY(std::abs(tick.x - fall.frame.left() - tick.text.toDouble() * fall.pixels_us) <
                    1e-6);
    }
}

void LatencyViewTest::a_stage_that_did_not_run_has_no_bar() {
    StageTimes start{}, took{};
    took[0] = 1500;
    start[7] = 2000, took[7] = 3000;
    const Waterfall fall = layoutWaterfall(start, took, {0, 0, 400, 200});
    QCOMPARE(fall.total_us, 5000.0);
    QCOMPARE(fall.unit, QStringLiteral("ms"));
    QVERIFY(fall.rows[7].ran && !fall.rows[2].ran);
    QCOMPARE(fall.rows[2].bar.width(), 0.0);
    QCOMPARE(fall.rows[2].words, QStringLiteral("did not run"));
    QVERIFY(layoutWaterfall({}, {}, {0, 0, 400, 200}).ticks.empty());
}

QTEST_MAIN(LatencyViewTest)
#include "latency_view_test.moc"
