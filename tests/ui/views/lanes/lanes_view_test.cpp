// The lanes: every partition has a cell, nothing covers anything, and what this run read is told
// from what is modelled of production.
#include "ui/views/lanes/lanes_view.h"

#include <rapidcheck.h>

#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

bool overlap(const QRectF& a, const QRectF& b) {
    const QRectF both = a.intersected(b);
    return both.width() > 1e-6 && both.height() > 1e-6;
}

}  // namespace

class LanesViewTest : public QObject {
    Q_OBJECT
  private slots:
    void every_partition_has_a_cell_and_nothing_covers_anything() {
        QVERIFY(rc::check([] {
            const auto partitions = *rc::gen::inRange<std::size_t>(0, 1025);
            const auto lines = *rc::gen::inRange<std::size_t>(0, 14);
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(180, 1000));
            const auto features = *rc::gen::inRange<std::size_t>(0, 60);
            const auto layout = layoutLanes({2, partitions, 4, features, lines}, area);
            RC_ASSERT(layout.cells.size() == partitions);
            RC_ASSERT(layout.arithmetic.size() <= lines);
            std::vector<QRectF> parts = layout.hits;
            RC_ASSERT(!layout.isByFeature || layout.lines.size() == features);
            parts.insert(parts.end(), layout.arithmetic.begin(), layout.arithmetic.end());
            parts.insert(parts.end(), layout.lines.begin(), layout.lines.end());
            QRectF cells;
            for (const QRectF& cell : layout.cells) {
                RC_ASSERT(cell.width() > 0 && cell.height() > 0);
                cells = cells.united(cell);
            }
            for (const QRectF& part : {layout.memory, layout.lagHead, layout.linesHead,
                                       layout.chart, layout.arithmeticHead, cells})
                parts.push_back(part);
            for (const QRectF& part : parts) {
                if (part.isEmpty()) continue;
                RC_ASSERT(area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(part));
                for (const QRectF& other : parts)
                    if (&other != &part) RC_ASSERT(!overlap(part, other));
            }
        }));
    }
    void cells_stand_in_reading_order() {
        const auto cells = layoutLanes({2, 256, 4, 33, 7}, {0, 0, 520, 400}).cells;
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const bool isBeside = std::abs(cells[i].top() - cells[i - 1].top()) < 1e-9 &&
                                  std::abs(cells[i].left() - cells[i - 1].right()) < 1e-6;
            const bool isBelow = std::abs(cells[i].top() - cells[i - 1].bottom()) < 1e-6 &&
                                 cells[i].left() == cells[0].left();
            QVERIFY(isBeside || isBelow);
        }
    }
    void a_large_place_has_everything() {
        const auto layout = layoutLanes({2, 256, 4, 33, 7}, {0, 0, 930, 780});
        QVERIFY(!layout.chart.isNull());
        QCOMPARE(layout.arithmetic.size(), std::size_t{7});
        QVERIFY(layout.isByFeature);
    }
    void features_are_listed_one_by_one_or_by_their_lanes() {
        Selection selection;
        LanesView view(selection);
        const auto snapshot = demoSnapshot();
        const auto& features = snapshot->fleet->features;
        view.resize(1200, 900);
        view.setSnapshot(snapshot);
        QVERIFY(view.placed().isByFeature);
        QCOMPARE(view.placed().lines.size(), features.size());
        QString words = view.wordsAt(view.placed().lines[1].center());
        for (const char* part : {"item_click_rate", "of item", "version 1", "batch", "9.5", "64"})
            QVERIFY2(words.contains(part), qPrintable(words));
        view.resize(520, 300);
        view.setSnapshot(demoSnapshot());
        QVERIFY(!view.placed().isByFeature);
        QCOMPARE(view.placed().lines.size(), std::size_t{3});
        words = view.wordsAt(view.placed().lines[1].center());
        QVERIFY2(words.startsWith("batch lane: item_click_rate"), qPrintable(words));
    }
    void what_the_run_read_is_told_from_what_is_modelled() {
        Selection selection;
        LanesView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QVERIFY(view.wordsAt(view.placed().hits[0].center()).contains("measured here"));
        QVERIFY(view.wordsAt(view.placed().hits[0].center()).contains("71"));
        QVERIFY(view.wordsAt(view.placed().hits[1].center()).contains("modelled"));
        QVERIFY(view.wordsAt(view.placed().hits[1].center()).contains("93"));
        const QString hot = view.wordsAt(view.placed().cells[37].center());
        QVERIFY(hot.startsWith("Partition 38 of 256") && hot.contains("modelled"));
        QCOMPARE(view.wordsAt(view.placed().arithmetic[0].center()),
                 QString::fromStdString(snapshot->fleet->arithmetic[0]));
    }
    void the_table_has_a_row_for_each() {
        Selection selection;
        LanesView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const FleetSection& fleet = *snapshot->fleet;
        const auto* table = view.table();
        QCOMPARE(table->rowCount(), int(2 + fleet.partition_lag_s.size() + fleet.features.size() +
                                        fleet.arithmetic.size()));
        QCOMPARE(table->index(0, 1).data().toDouble(), fleet.measured_hit_share);
        QCOMPARE(table->index(1, 1).data().toDouble(), fleet.hit_share);
        QCOMPARE(table->index(2 + 37, 1).data().toDouble(), double(fleet.partition_lag_s[37]));
        for (int row = 0; row < table->rowCount(); ++row) {
            const QString how = table->index(row, 2).data().toString();
            if (row >= int(2 + fleet.partition_lag_s.size()) &&
                row < int(2 + fleet.partition_lag_s.size() + fleet.features.size()))
                QVERIFY(how.contains("lane"));
            else
                QVERIFY(how.contains("modelled") != how.contains("measured here"));
        }
    }
    void a_fleet_without_a_stream_is_no_accident() {
        Selection selection;
        LanesView view(selection);
        view.resize(520, 400);
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->fleet = std::make_shared<FleetSection>();
        view.setSnapshot(snapshot);
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.placed().cells.empty());
    }
};

QTEST_MAIN(LanesViewTest)
#include "lanes_view_test.moc"
