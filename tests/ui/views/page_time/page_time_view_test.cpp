// The time of a page: modelled and measured never share a panel, the budget is always on its axis,
// and no hour of either is lost.
#include "ui/views/page_time/page_time_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <set>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

class PageTimeViewTest : public QObject {
    Q_OBJECT
  private slots:
    void every_hour_of_both_stands_once_and_in_order() {
        QVERIFY(rc::check([] {
            std::vector<FleetPoint> fleet;
            std::vector<LatencyPoint> own;
            std::set<Seconds> expected;
            const auto hours = *rc::gen::inRange(1, 60);
            for (int h = 0; h < hours; ++h) {
                if (fleet.empty() || *rc::gen::inRange(0, 4) > 0) {
                    FleetPoint point;
                    point.time_s = (h + 1) * kHour;
                    point.p99_ms = 100 + h;
                    fleet.push_back(point);
                    expected.insert(point.time_s);
                }
                if (*rc::gen::inRange(0, 4) > 0) {
                    LatencyPoint point;
                    point.time_s = (h + 1) * kHour;
                    point.p50_us = 900;
                    own.push_back(point);
                    expected.insert(point.time_s);
                }
            }
            const auto all = pageHours(fleet, own);
            RC_ASSERT(all.size() == expected.size());
            auto next = expected.begin();
            for (const PageHour& hour : all) {
                RC_ASSERT(hour.time_s == *next++);
                RC_ASSERT(std::isfinite(hour.p99_ms) || std::isfinite(hour.own_p50_us));
            }
        }));
    }
    void our_own_before_the_fleet_are_left_out() {
        FleetPoint point;
        point.time_s = 5 * kHour;
        LatencyPoint early;
        early.time_s = 2 * kHour;
        QCOMPARE(pageHours({&point, 1}, {&early, 1}).size(), std::size_t{1});
        QVERIFY(pageHours({}, {&early, 1}).empty());
    }
    void the_budget_and_the_aim_are_level_and_on_the_axis() {
        const auto snapshot = demoSnapshot();
        const auto hours = pageHours(*snapshot->fleet->points, *snapshot->latency);
        for (const PagePanels panels :
             {PagePanels::latency, PagePanels::latency_and_own, PagePanels::all}) {
            const auto content = pageTimeContent(hours, *snapshot->fleet, panels, Theme::dark());
            const ChartPanel& latency = content.panels.front();
            QCOMPARE(latency.series.size(), std::size_t{5});
            QVERIFY(latency.axis.contains("modelled"));
            QVERIFY(latency.range.high >= snapshot->fleet->budget_ms);
            for (const std::size_t level : {std::size_t{3}, std::size_t{4}}) {
                const double ms =
                    level == 3 ? snapshot->fleet->budget_ms : snapshot->fleet->p99_target_ms;
                for (const double y : latency.series[level].y) QCOMPARE(y, ms);
                QVERIFY(latency.series[level].pen != Qt::SolidLine);
            }
            for (const ChartPanel& panel : content.panels)
                for (const ChartSeries& series : panel.series) {
                    QCOMPARE(series.y.size(), content.times.size());
                    for (const double y : series.y) QVERIFY(std::isnan(y) || y <= panel.range.high);
                }
        }
    }
    void what_is_measured_has_a_panel_of_its_own() {
        const auto snapshot = demoSnapshot();
        const auto hours = pageHours(*snapshot->fleet->points, *snapshot->latency);
        const auto all = pageTimeContent(hours, *snapshot->fleet, PagePanels::all, Theme::dark());
        QCOMPARE(all.panels.size(), std::size_t{3});
        for (const ChartPanel& panel : all.panels)
            QVERIFY(panel.axis.contains("modelled") != panel.axis.contains("measured here"));
        // Nothing measured: no panel that would stand empty.
        const auto bare = pageTimeContent(pageHours(*snapshot->fleet->points, {}), *snapshot->fleet,
                                          PagePanels::all, Theme::dark());
        QCOMPARE(bare.panels.size(), std::size_t{2});
    }
    void the_table_says_the_same() {
        Selection selection;
        PageTimeView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const auto* table = view.table();
        const auto& points = *snapshot->fleet->points;
        QVERIFY(table->rowCount() >= int(points.size()));
        const int last = table->rowCount() - 1;
        QCOMPARE(table->index(last, 3).data().toDouble(), points.back().p99_ms);
        for (int c = 1; c < table->columnCount(); ++c) {
            const QString head = table->headerData(c, Qt::Horizontal).toString();
            QVERIFY(head.contains("modelled") != head.contains("measured here"));
        }
    }
    void one_hour_is_not_yet_a_picture() {
        Selection selection;
        PageTimeView view(selection);
        view.resize(520, 400);
        auto snapshot = std::make_shared<Snapshot>();
        auto fleet = std::make_shared<FleetSection>();
        fleet->points = std::make_shared<std::vector<FleetPoint>>(1);
        snapshot->fleet = fleet;
        view.setSnapshot(snapshot);
        QVERIFY(view.tag().isEmpty());
        QCOMPARE(view.table()->rowCount(), 0);
    }
};

QTEST_MAIN(PageTimeViewTest)
#include "page_time_view_test.moc"
