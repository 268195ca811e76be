// The comparison of segments: values stand where their panel's axis puts them, groups without a
// value have no row, and the day to compare with can be chosen.
#include "ui/views/segments/segments_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

// Nine days of one metric; group g has the value 10 g + day.
MetricSeries someSeries() {
    MetricSeries series;
    for (int hours = 3; hours <= 9 * 24; hours += 3) {
        MetricPoint point;
        point.time_s = hours * kHour;
        for (auto& groups : point.value) groups.fill(kNone);
        auto& regret = point.value[std::size_t(Metric::regret)];
        for (std::size_t g = 0; g < 4; ++g) regret[g] = float(10 * g) + float(hours) / 24;
        series.push_back(point);
    }
    return series;
}

constexpr std::array kOne = {Metric::regret};

}  // namespace

class SegmentsViewTest : public QObject {
    Q_OBJECT
  private slots:
    void values_are_those_of_the_chosen_days() {
        const MetricSeries series = someSeries();
        const auto first = segmentMetrics(series, kOne, SegmentSince::first_day);
        QCOMPARE(first[0].then_s, kDay);
        QCOMPARE(first[0].now_s, 9 * kDay);
        QCOMPARE(first[0].groups.size(), std::size_t{4});  // newcomers have no value
        QCOMPARE(first[0].groups[2].then, 21.0);
        QCOMPARE(first[0].groups[2].now, 29.0);
        QCOMPARE(segmentMetrics(series, kOne, SegmentSince::day_before)[0].groups[0].then, 8.0);
        QCOMPARE(segmentMetrics(series, kOne, SegmentSince::week_before)[0].groups[0].then, 2.0);
        // A young run is compared with its first window.
        const MetricSeries young(series.begin(), series.begin() + 2);
        QCOMPARE(segmentMetrics(young, kOne, SegmentSince::week_before)[0].then_s, 3 * kHour);
        QVERIFY(segmentMetrics({}, kOne, SegmentSince::first_day).empty());
        constexpr std::array kOther = {Metric::coverage};
        QVERIFY(segmentMetrics(series, kOther, SegmentSince::first_day)[0].groups.empty());
    }

    void dots_stand_in_their_tracks_in_the_order_of_their_values() {
        QVERIFY(rc::check([] {
            MetricSeries series = someSeries();
            for (MetricPoint& point : series)
                for (float& value : point.value[std::size_t(Metric::regret)])
                    value = float(*rc::gen::inRange(-1000, 1000)) / 7;
            std::vector<Metric> metrics(std::size_t(*rc::gen::inRange(1, 10)), Metric::regret);
            const auto content = segmentMetrics(series, metrics, SegmentSince::first_day);
            const QRectF area(0, 0, *rc::gen::inRange(250, 1400), *rc::gen::inRange(150, 900));
            const SegmentsLayout layout = layoutSegments(content, area);
            RC_ASSERT(!layout.panels.empty());
            for (const SegmentPanel& panel : layout.panels) {
                RC_ASSERT(area.adjusted(-1, -1, 1, 1).contains(panel.area));
                RC_ASSERT(panel.rows.size() == content[panel.metric].groups.size());
                for (std::size_t r = 0; r < panel.rows.size(); ++r) {
                    const SegmentRow& row = panel.rows[r];
                    RC_ASSERT(row.track.adjusted(-1, -1, 1, 1).contains(row.now));
                    RC_ASSERT(row.track.adjusted(-1, -1, 1, 1).contains(*row.then));
                    RC_ASSERT(row.label.right() <= row.track.left());
                    RC_ASSERT(row.track.right() <= row.value.left());
                    const SegmentValues& values = content[panel.metric].groups[r];
                    if (values.now > values.then) RC_ASSERT(row.now.x() >= row.then->x());
                    RC_ASSERT(row.line.bottom() <= panel.area.bottom() + 0.5);
                }
            }
            // Nothing is left empty below the last line of panels.
            RC_ASSERT(std::abs(layout.panels.back().area.bottom() - area.bottom()) < 1);
            for (std::size_t a = 0; a < layout.panels.size(); ++a)
                for (std::size_t b = 0; b < a; ++b)
                    RC_ASSERT(!layout.panels[a]
                                   .area.adjusted(1, 1, -1, -1)
                                   .intersects(layout.panels[b].area));
        }));
    }

    void words_name_group_value_and_unit() {
        Selection selection;
        SegmentsView view(selection);
        view.resize(900, 600);
        view.setSnapshot(demoSnapshot());
        view.showMetrics({Metric::session_length_s, Metric::coverage});
        QCOMPARE(view.placed().panels.size(), std::size_t{2});
        const SegmentPanel& panel = view.placed().panels[0];
        const QString words = view.wordsAt(panel.rows[1].line.center());
        QVERIFY2(words.contains(QStringLiteral("mainstream")), qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("Session length")));
        QCOMPARE(view.wordsAt(panel.head.center()),
                 QString::fromUtf8(metric_info(Metric::session_length_s).help.data()));
        QVERIFY(view.wordsAt({-5, -5}).isEmpty());
        const int rows = view.table()->rowCount();
        QCOMPARE(rows, 10);
        view.compareWith(SegmentSince::week_before);
        QVERIFY(view.subtitle().contains(QStringLiteral("Day 5")));
    }

    void an_axis_ends_at_round_numbers_of_its_unit() {
        constexpr std::array kTwo = {Metric::session_length_s, Metric::click_rate};
        MetricSeries series = someSeries();
        for (MetricPoint& point : series) {
            point.value[std::size_t(Metric::session_length_s)].fill(871);
            point.value[std::size_t(Metric::session_length_s)][1] = 40;
            point.value[std::size_t(Metric::click_rate)].fill(0.31f);
        }
        const auto content = segmentMetrics(series, kTwo, SegmentSince::first_day);
        QCOMPARE(content[0].axis.name, std::string_view("min"));
        QCOMPARE(content[0].range.low, 0.0);
        QCOMPARE(content[0].range.high, 15.0 * 60);
        QCOMPARE(content[1].axis.name, std::string_view("%"));
    }

    void a_wide_view_says_how_much_changed() {
        Selection selection;
        SegmentsView view(selection);
        view.resize(940, 800);
        view.setSnapshot(demoSnapshot());
        for (const SegmentPanel& panel : view.placed().panels)
            for (const SegmentRow& row : panel.rows) {
                QVERIFY(!row.change.isNull() && !row.change.intersects(row.value));
                QVERIFY(row.line.contains(row.change) && row.line.contains(row.value));
            }
    }

    void what_does_not_fit_is_told() {
        Selection selection;
        SegmentsView view(selection);
        view.resize(300, 320);
        view.setSnapshot(demoSnapshot());
        QVERIFY(view.placed().panels.size() < 6);
        QVERIFY(view.tag().contains(QStringLiteral("of 6")));
        view.resize(1200, 700);
        view.grab();
        QCOMPARE(view.placed().panels.size(), std::size_t{6});
        QVERIFY(view.tag().isEmpty());
    }
};

QTEST_MAIN(SegmentsViewTest)
#include "segments_view_test.moc"
