// The fleet view: stations stand in the order of the request graph, nothing covers another and
// nothing stands outside; an empty one offers to model a fleet; the table says what is drawn.
#include "ui/views/fleet/fleet_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_fleet.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

// Some of the stations, with the rows' own order.
std::vector<StationSection> someStations() {
    const auto kept = *rc::gen::inRange<StationSet>(1, kEveryStation + 1);
    std::vector<StationSection> stations;
    for (const FleetStation station : every<FleetStation>) {
        if (!(kept & only(station))) continue;
        StationSection section;
        section.station = station;
        section.label = station_row(station).label;
        section.after = station_row(station).after;
        stations.push_back(section);
    }
    return stations;
}

bool overlap(const QRectF& a, const QRectF& b) {
    const QRectF both = a.intersected(b);
    return both.width() > 1e-6 && both.height() > 1e-6;
}

}  // namespace

class FleetViewTest : public QObject {
    Q_OBJECT
  private slots:
    void a_station_stands_after_those_it_waits_for() {
        QVERIFY(rc::check([] {
            const auto stations = someStations();
            const auto before = stationsBefore(stations);
            const auto columns = fleetColumns(stations);
            const auto layout = layoutFleet(stations, 0, {0, 0, 1600, 1000});
            RC_ASSERT(layout.boxes.size() == stations.size());
            for (std::size_t s = 0; s < stations.size(); ++s) {
                RC_ASSERT(layout.boxes[s].station == s);
                for (const std::size_t from : before[s]) {
                    RC_ASSERT(from < s && columns[from] < columns[s]);
                    if (!layout.isList)
                        RC_ASSERT(layout.boxes[from].box.right() < layout.boxes[s].box.left());
                }
            }
        }));
    }
    // The policy gate waits for the language model; where there is none, for what that waits for.
    void an_absent_station_is_passed_through() {
        std::vector<StationSection> stations;
        for (const FleetStation station : {FleetStation::ranking, FleetStation::policy}) {
            StationSection section;
            section.station = station;
            section.after = station_row(station).after;
            stations.push_back(section);
        }
        const auto before = stationsBefore(stations);
        QVERIFY(before[0].empty());
        QCOMPARE(before[1], std::vector<std::size_t>{0});
    }
    void nothing_stands_outside_or_on_another() {
        QVERIFY(rc::check([] {
            const auto stations = someStations();
            const QRectF area(0, 0, *rc::gen::inRange(300, 2000), *rc::gen::inRange(180, 1200));
            const auto incidents = *rc::gen::inRange<std::size_t>(0, 6);
            const auto layout = layoutFleet(stations, incidents, area);
            RC_ASSERT(layout.incidents.isNull() == (incidents == 0));
            const QRectF around = area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6);
            for (const FleetBox& place : layout.boxes) {
                RC_ASSERT(around.contains(place.box));
                RC_ASSERT(!overlap(place.box, layout.incidents));
                RC_ASSERT(!overlap(place.box, layout.head));
                for (const FleetBox& other : layout.boxes)
                    if (&other != &place) RC_ASSERT(!overlap(place.box, other.box));
                const QRectF parts[] = {place.name,    place.busy,  place.bar,
                                        place.servers, place.queue, place.times};
                for (const QRectF& part : parts) {
                    if (part.isEmpty()) continue;
                    RC_ASSERT(place.box.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(part));
                    for (const QRectF& other : parts)
                        if (&other != &part) RC_ASSERT(!overlap(part, other));
                }
            }
        }));
    }
    void there_is_a_map_in_a_large_place_and_a_list_in_a_narrow_one() {
        const auto stations = demoFleet(0)->stations;
        QVERIFY(!layoutFleet(stations, 1, {0, 0, 930, 780}).isList);
        QVERIFY(layoutFleet(stations, 1, {0, 0, 490, 390}).isList);
        QVERIFY(layoutFleet(stations, 1, {0, 0, 930, 200}).isList);
    }
    void the_busier_the_warmer() {
        const Theme theme = Theme::dark();
        QCOMPARE(busyColour(0.2, theme), theme.good);
        QCOMPARE(busyColour(0.85, theme), theme.warn);
        QCOMPARE(busyColour(1, theme), theme.bad);
        QCOMPARE(busyColour(3, theme), theme.bad);
    }
    void a_station_says_what_is_drawn_and_that_it_is_modelled() {
        Selection selection;
        FleetView view(selection);
        view.resize(930, 780);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QVERIFY(view.subtitle().contains("modelled"));
        QCOMPARE(view.tag(), QStringLiteral("modelled fleet"));
        const FleetSection& fleet = *snapshot->fleet;
        const auto* table = view.table();
        QCOMPARE(table->rowCount(), int(fleet.stations.size()));
        for (int row = 0; row < table->rowCount(); ++row) {
            const FleetBox& place = view.placed().boxes[std::size_t(row)];
            const StationSection& station = fleet.stations[place.station];
            QCOMPARE(table->index(row, 0).data().toString(), QString::fromStdString(station.label));
            QCOMPARE(table->index(row, 1).data().toDouble(), station.utilisation);
            QCOMPARE(table->index(row, 2).data().toDouble(), station.queue);
            const QString words = view.wordsAt(place.box.center());
            QVERIFY(words.startsWith(QString::fromStdString(station.label) + ", modelled"));
            QCOMPARE(words.contains("incident"), station.suffers);
        }
        QVERIFY(view.wordsAt(view.placed().incidents.center()).contains("servers lost"));
    }
    void without_a_fleet_it_offers_to_model_one() {
        Selection selection;
        FleetView view(selection);
        view.resize(520, 400);
        view.show();
        view.setSnapshot(std::make_shared<Snapshot>());
        QVERIFY(view.tag().isEmpty() && view.subtitle().isEmpty());
        QSignalSpy wished(&view, &View::parameterWished);
        auto* button = view.findChild<QPushButton*>();
        QVERIFY(button && button->isVisible());
        button->click();
        QCOMPARE(wished.size(), qsizetype(1));
        QCOMPARE(wished[0][0].toString(), QStringLiteral("serving.modelled"));
        QCOMPARE(wished[0][1].toDouble(), 1.0);
        // Once it is wanted there is nothing to press.
        auto waiting = std::make_shared<Snapshot>();
        auto params = std::make_shared<Params>();
        params->serving.modelled = true;
        waiting->params = params;
        view.setSnapshot(waiting);
        QVERIFY(!button->isVisible());
    }
    void keys_go_from_station_to_station() {
        Selection selection;
        FleetView view(selection);
        view.resize(930, 780);
        view.show();
        view.setSnapshot(demoSnapshot());
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.accessibleDescription().startsWith("Edge"));
        QTest::keyClick(&view, Qt::Key_Right);
        QVERIFY(view.accessibleDescription().startsWith("Gateway"));
    }
};

QTEST_MAIN(FleetViewTest)
#include "fleet_view_test.moc"
