// The dynamics view: lines on honest axes, references beside them, a crosshair that says every
// value.
#include "ui/views/dynamics/dynamics_view.h"

#include <QSignalSpy>
#include <QtTest>
#include <algorithm>
#include <cmath>

#include "tests/house/places.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

using namespace cascadelab;

class DynamicsViewTest : public QObject {
    Q_OBJECT
  private slots:
    void metrics_of_one_unit_share_an_axis();
    void groups_get_a_panel_a_metric();
    void references_stand_beside_what_was_shown();
    void planned_marks_are_not_drawn();
    void a_range_holds_its_values_and_shares_end_at_one();
    void the_crosshair_says_every_value();
    void the_same_series_changes_nothing();
};

void DynamicsViewTest::metrics_of_one_unit_share_an_axis() {
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

void DynamicsViewTest::groups_get_a_panel_a_metric() {
    const auto snapshot = demoSnapshot();
    const DynamicsChoice choice = {{Metric::coverage, Metric::click_rate}, {1, 2, 3}};
    const ChartContent content = dynamicsContent(*snapshot->series, {}, choice, Theme::light());
    QCOMPARE(content.panels.size(), std::size_t{2});
    QCOMPARE(content.panels[1].series.size(), std::size_t{3});
    QCOMPARE(content.panels[1].series[1].label, toText(group_name(2)));
    QVERIFY(content.panels[1].series[0].pen != content.panels[1].series[1].pen);
}

// Coverage depends on how many pages there are, serendipity does not, a click needs a life.
void DynamicsViewTest::references_stand_beside_what_was_shown() {
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

void DynamicsViewTest::planned_marks_are_not_drawn() {
    const auto snapshot = demoSnapshot();
    const ChartContent content =
        dynamicsContent(*snapshot->series, snapshot->marks, defaultChoice(), Theme::dark());
    const auto planned =
        std::ranges::count_if(snapshot->marks, [](const Mark& mark) { return mark.planned; });
    QCOMPARE(content.marks.size() + std::size_t(planned), snapshot->marks.size());
}

void DynamicsViewTest::a_range_holds_its_values_and_shares_end_at_one() {
    QCOMPARE(metricRange(0.1, 0.97, "share"), (AxisRange{0, 1}));
    QCOMPARE(metricRange(0.0, 1.0, "share").high, 1.0);
    const AxisRange high = metricRange(900, 1000, "items");
    QVERIFY(high.low > 0 && high.low <= 900 && high.high >= 1000);
    const AxisRange nothing = metricRange(std::nan(""), std::nan(""), "");
    QVERIFY(nothing.low < nothing.high);
}

void DynamicsViewTest::the_crosshair_says_every_value() {
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
    QVERIFY(sentence.startsWith(momentText((*snapshot->series)[7].time_s)));
    for (Metric metric : defaultChoice().metrics)
        QVERIFY2(sentence.contains(toText(metric_info(metric).label) + QStringLiteral(": ")),
                 qPrintable(sentence));
}

void DynamicsViewTest::the_same_series_changes_nothing() {
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

QTEST_MAIN(DynamicsViewTest)
#include "dynamics_view_test.moc"
