// What would break the fleet: what breaks first stands on top, bars are as long as the logarithm of
// their times, and what nothing breaks is said so.
#include "ui/views/limits/limits_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <limits>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

constexpr double kUnbroken = std::numeric_limits<double>::infinity();

std::vector<StationSection> someStations() {
    std::vector<StationSection> stations;
    for (const FleetStation station : every<FleetStation>) {
        StationSection section;
        section.station = station;
        const auto limit = [] {
            const int tenths = *rc::gen::inRange(5, 660);
            return tenths > 640 ? kUnbroken : tenths / 10.0;
        };
        section.work_limit = limit();
        section.load_limit = limit();
        stations.push_back(section);
    }
    return stations;
}

}  // namespace

class LimitsViewTest : public QObject {
    Q_OBJECT
  private slots:
    void what_breaks_first_stands_on_top() {
        QVERIFY(rc::check([] {
            const auto stations = someStations();
            const auto order = limitsOrder(stations);
            std::vector<bool> seen(stations.size());
            for (std::size_t i = 0; i < order.size(); ++i) {
                RC_ASSERT(!seen[order[i]]);
                seen[order[i]] = true;
                const auto least = [&](std::size_t s) {
                    return std::min(stations[s].work_limit, stations[s].load_limit);
                };
                if (i > 0) RC_ASSERT(least(order[i - 1]) <= least(order[i]));
            }
        }));
    }
    void bars_are_as_long_as_their_logarithm_and_stand_inside() {
        QVERIFY(rc::check([] {
            const auto stations = someStations();
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(180, 1000));
            const auto layout = layoutLimits(stations, area);
            const QRectF frame = layout.frame.adjusted(-1e-6, -1e-6, 1e-6, 1e-6);
            for (const LimitRow& row : layout.rows) {
                const StationSection& station = stations[row.station];
                const auto isRight = [&](const QRectF& bar, double times) {
                    const double share = std::clamp(std::log2(std::max(1.0, times)) / 6, 0.0, 1.0);
                    return std::abs(bar.width() - share * layout.frame.width()) < 1e-6 &&
                           std::abs(bar.left() - layout.frame.left()) < 1e-6;
                };
                RC_ASSERT(isRight(row.work, station.work_limit));
                RC_ASSERT(isRight(row.servers, station.load_limit));
                RC_ASSERT(row.work.bottom() <= row.servers.top());
                RC_ASSERT(row.servers.bottom() <= frame.bottom());
                RC_ASSERT(area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(row.row));
                RC_ASSERT(row.words.left() >= layout.frame.right());
                RC_ASSERT(row.words.right() <= area.right() + 1e-6);
                double right = area.left();
                for (const QRectF& column : {row.name, row.load, row.busy, row.wait}) {
                    if (column.isNull()) continue;
                    RC_ASSERT(column.left() >= right - 1e-6);
                    right = column.right();
                }
                RC_ASSERT(right <= layout.frame.left());
            }
            for (std::size_t t = 1; t < layout.ticks.size(); ++t)
                RC_ASSERT(layout.ticks[t].x - layout.ticks[t - 1].x >= 20);
        }));
    }
    void a_bar_ends_at_the_tick_of_its_times() {
        std::vector<StationSection> one(1);
        one[0].work_limit = 8;
        one[0].load_limit = kUnbroken;
        const auto layout = layoutLimits(one, {0, 0, 900, 400});
        for (const LimitTick& tick : layout.ticks)
            if (tick.text == QStringLiteral("8×"))
                QVERIFY(std::abs(layout.rows[0].work.right() - tick.x) < 1e-6);
        QVERIFY(std::abs(layout.rows[0].servers.right() - layout.frame.right()) < 1e-6);
        QCOMPARE(layout.ticks.back().text, QStringLiteral("64×"));
    }
    void the_sentence_names_the_first() {
        Selection selection;
        LimitsView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QVERIFY2(view.sentence().startsWith("Ranking breaks first"), qPrintable(view.sentence()));
        QVERIFY(view.subtitle().contains("modelled"));
        auto strong = std::make_shared<FleetSection>(*snapshot->fleet);
        for (StationSection& station : strong->stations)
            station.work_limit = station.load_limit = kUnbroken;
        auto other = std::make_shared<Snapshot>(*snapshot);
        other->fleet = strong;
        view.setSnapshot(other);
        QVERIFY(view.sentence().startsWith("Nothing breaks"));
        strong = std::make_shared<FleetSection>(*strong);
        strong->stations[3].load_limit = 1;
        other = std::make_shared<Snapshot>(*snapshot);
        other->fleet = strong;
        view.setSnapshot(other);
        QVERIFY(view.sentence().contains("broken already"));
    }
    void the_table_is_the_picture() {
        Selection selection;
        LimitsView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const auto* table = view.table();
        QCOMPARE(table->rowCount(), int(view.placed().rows.size()));
        for (int row = 0; row < table->rowCount(); ++row) {
            const auto& station =
                snapshot->fleet->stations[view.placed().rows[std::size_t(row)].station];
            QCOMPARE(table->index(row, 0).data().toString(), QString::fromStdString(station.label));
            if (std::isfinite(station.load_limit))
                QCOMPARE(table->index(row, 5).data().toDouble(), station.load_limit);
            else
                QCOMPARE(table->index(row, 5).data().toString(), QStringLiteral("over 64"));
        }
    }
};

QTEST_MAIN(LimitsViewTest)
#include "limits_view_test.moc"
