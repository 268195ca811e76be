// The latency and dynamics views: bars on their scale, lines on honest axes, values in words.
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/house/places.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"
#include "ui/views/dynamics/dynamics_view.h"
#include "ui/views/latency/latency_view.h"
#include "ui/views/latency/waterfall.h"
#include "ui/words/numbers.h"

using namespace cascadelab;

class TimeViewsTest : public QObject {
    Q_OBJECT
  private slots:
    void bars_stand_on_the_scale_of_the_ticks();
    void a_stage_that_did_not_run_has_no_bar();
    void metrics_of_one_unit_share_an_axis();
    void groups_get_a_panel_a_metric();
    void references_stand_beside_what_was_shown();
    void planned_marks_are_not_drawn();
    void a_range_holds_its_values_and_shares_end_at_one();
    void values_are_said_in_words();
    void the_crosshair_says_every_value();
    void the_same_series_changes_nothing();
};

void TimeViewsTest::bars_stand_on_the_scale_of_the_ticks() {
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

void TimeViewsTest::a_stage_that_did_not_run_has_no_bar() {
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

void TimeViewsTest::metrics_of_one_unit_share_an_axis() {
    const auto snapshot = demoSnapshot();
    const DynamicsChoice choice = {
        {Metric::coverage, Metric::topic_entropy_bits, Metric::click_rate}, {0}};
    const ChartContent content = dynamicsContent(*snapshot->series, {}, choice, Theme::dark());
    QCOMPARE(content.panels.size(), std::size_t{2});
    QCOMPARE(content.panels[0].series.size(), std::size_t{2});
    QCOMPARE(content.panels[0].factor, 100.0);
    QCOMPARE(content.panels[1].series.size(), std::size_t{1});
    QVERIFY(content.panels[1].axis.endsWith(QStringLiteral(", bits")));
    QVERIFY(content.panels[0].series[0].colour != content.panels[0].series[1].colour);
    for (const ChartPanel& panel : content.panels)
        for (const ChartSeries& series : panel.series)
            for (double y : series.y) QVERIFY(y >= panel.range.low && y <= panel.range.high);
}

void TimeViewsTest::groups_get_a_panel_a_metric() {
    const auto snapshot = demoSnapshot();
    const DynamicsChoice choice = {{Metric::coverage, Metric::click_rate}, {1, 2, 3}};
    const ChartContent content = dynamicsContent(*snapshot->series, {}, choice, Theme::light());
    QCOMPARE(content.panels.size(), std::size_t{2});
    QCOMPARE(content.panels[1].series.size(), std::size_t{3});
    QCOMPARE(content.panels[1].series[1].label, toText(group_name(2)));
    QVERIFY(content.panels[1].series[0].pen != content.panels[1].series[1].pen);
}

// Coverage depends on how many pages there are, serendipity does not, a click needs a life.
void TimeViewsTest::references_stand_beside_what_was_shown() {
    const auto snapshot = demoSnapshot();
    DynamicsChoice choice = {{Metric::coverage, Metric::serendipity, Metric::click_rate}, {2}};
    choice.references = true;
    const ChartContent content = dynamicsContent(*snapshot->series, {}, choice, Theme::dark());
    QCOMPARE(content.panels.size(), std::size_t{3});
    QCOMPARE(content.panels[0].series.size(), std::size_t{4});
    QCOMPARE(content.panels[1].series.size(), std::size_t{3});
    QCOMPARE(content.panels[2].series.size(), std::size_t{1});
    Selection selection;
    DynamicsView view(selection);
    view.resize(760, 620);
    view.show();
    view.setSnapshot(snapshot);
    const QString folder = build_path("pictures");
    QDir().mkpath(folder);
    for (const bool dark : {true, false}) {
        applyTheme(&view, dark ? Theme::dark() : Theme::light());
        view.setChoice(choice);
        QVERIFY(
            view.grab().save(folder + (dark ? "/references-dark.png" : "/references-light.png")));
    }
    const ChartSeries& oracle = content.panels[1].series[1];
    QCOMPARE(oracle.label, QStringLiteral("oracle"));
    QCOMPARE(oracle.pen, Qt::DashLine);
    const auto serendipity = index_of(Metric::serendipity);
    const MetricPoint& last = snapshot->series->back();
    QCOMPARE(oracle.y.back(), double(last.reference[0][serendipity][2]));
    QCOMPARE(content.panels[1].series[2].y.back(), double(last.reference[1][serendipity][2]));
}

void TimeViewsTest::planned_marks_are_not_drawn() {
    const auto snapshot = demoSnapshot();
    const ChartContent content =
        dynamicsContent(*snapshot->series, snapshot->marks, defaultChoice(), Theme::dark());
    const auto planned = std::count_if(snapshot->marks.begin(), snapshot->marks.end(),
                                       [](const Mark& mark) { return mark.planned; });
    QCOMPARE(content.marks.size() + std::size_t(planned), snapshot->marks.size());
}

void TimeViewsTest::a_range_holds_its_values_and_shares_end_at_one() {
    QCOMPARE(metricRange(0.1, 0.97, "share"), (AxisRange{0, 1}));
    QCOMPARE(metricRange(0.0, 1.0, "share").high, 1.0);
    const AxisRange high = metricRange(900, 1000, "items");
    QVERIFY(high.low > 0 && high.low <= 900 && high.high >= 1000);
    const AxisRange nothing = metricRange(std::nan(""), std::nan(""), "");
    QVERIFY(nothing.low < nothing.high);
}

void TimeViewsTest::values_are_said_in_words() {
    const QString thin(QChar(0x2009));
    QCOMPARE(valueText(0.634, "share"), QStringLiteral("63") + thin + QStringLiteral("%"));
    QCOMPARE(valueText(2.349, "bits"), QStringLiteral("2.35") + thin + QStringLiteral("bits"));
    QCOMPARE(valueText(std::nan(""), "share"), QStringLiteral("no value"));
    QCOMPARE(valueText(7200 * 3, "s"), QStringLiteral("6.0") + thin + QStringLiteral("h"));
    QCOMPARE(changeText(0.35, 0.63, "share"),
             QStringLiteral("up 28") + thin + QStringLiteral("points"));
    QCOMPARE(changeText(2.0, 1.5, "bits"), QStringLiteral("down 0.50"));
    QCOMPARE(changeText(0.5, 0.501, "share"), QStringLiteral("unchanged"));
    QCOMPARE(changeText(std::nan(""), 1, ""), QString());
    QCOMPARE(microsText(640), QStringLiteral("640") + thin + QStringLiteral("µs"));
    QCOMPARE(microsText(1240), QStringLiteral("1.24") + thin + QStringLiteral("ms"));
    QCOMPARE(countText(2310), QStringLiteral("2,310"));
    QCOMPARE(countText(0.26), QStringLiteral("0.26"));
}

void TimeViewsTest::the_crosshair_says_every_value() {
    const auto snapshot = demoSnapshot();
    LineChart chart;
    chart.resize(420, 300);
    chart.setTheme(Theme::dark());
    chart.setContent(
        dynamicsContent(*snapshot->series, snapshot->marks, defaultChoice(), Theme::dark()));
    chart.show();
    QCOMPARE(chart.indexAt(-50), std::optional<std::size_t>());
    std::size_t before = 0;
    for (double x = 60; x < 250; x += 10) {
        const auto index = chart.indexAt(x);
        QVERIFY(index && *index >= before);  // further right is later
        before = *index;
    }
    QVERIFY(before > 5);
    const QString sentence = chart.sentenceAt(7);
    QVERIFY(sentence.startsWith(timeText((*snapshot->series)[7].time_s)));
    for (Metric metric : defaultChoice().metrics)
        QVERIFY2(sentence.contains(toText(metric_info(metric).label) + QStringLiteral(": ")),
                 qPrintable(sentence));
}

void TimeViewsTest::the_same_series_changes_nothing() {
    Selection selection;
    DynamicsView view(selection);
    view.resize(400, 300);
    QSignalSpy spy(&view, &View::headingChanged);
    const auto snapshot = demoSnapshot();
    view.setSnapshot(snapshot);
    QCOMPARE(spy.count(), 1);
    view.setSnapshot(std::make_shared<Snapshot>(*snapshot));  // a later tick, the same day
    QCOMPARE(spy.count(), 1);
    view.setChoice({{Metric::gini}, {0}});
    QCOMPARE(spy.count(), 2);
    view.setChoice({{}, {0}});  // nothing to draw is no choice
    QCOMPARE(view.choice().metrics, std::vector<Metric>{Metric::gini});
}

QTEST_MAIN(TimeViewsTest)
#include "time_views_test.moc"
