// The menu of incidents offers every kind once, each with numbers that the command takes, and lost
// servers of every station that the fleet has.
#include "ui/inspector/incident_menu.h"

#include <QMenu>
#include <QtTest>

#include "tests/worlds/ui/demo_fleet.h"

using namespace cascadelab;

class IncidentMenuTest : public QObject {
    Q_OBJECT
  private slots:
    void every_kind_is_offered_once_and_would_be_taken() {
        const auto offers = incidentOffers();
        QCOMPARE(offers.size(), kFleetIncidents.size());
        for (std::size_t i = 0; i < offers.size(); ++i) {
            QCOMPARE(std::size_t(offers[i].incident.kind), i);
            QVERIFY(!offers[i].text.isEmpty() && !offers[i].tip.isEmpty());
            QVERIFY(check_command(offers[i].incident, Params(), 10).ok());
        }
    }
    void servers_are_lost_by_station() {
        const auto fleet = demoFleet(0);
        const auto offers = lostServerOffers(*fleet);
        QCOMPARE(offers.size(), fleet->stations.size() + 1);
        QCOMPARE(int(offers[0].incident.station), 0);
        for (std::size_t s = 0; s < fleet->stations.size(); ++s) {
            const IncidentOffer& made = offers[s + 1];
            QCOMPARE(made.incident.kind, FleetIncidentKind::servers_lost);
            QCOMPARE(fleet_incident_stations()[made.incident.station],
                     station_row(fleet->stations[s].station).key);
            QVERIFY(check_command(made.incident, Params(), 10).ok());
        }
    }
    void a_choice_is_the_command() {
        const auto fleet = demoFleet(0);
        QMenu menu;
        std::vector<FleetIncident> chosen;
        fillIncidentMenu(menu, *fleet, [&](const FleetIncident& made) { chosen.push_back(made); });
        const auto actions = menu.actions();
        QCOMPARE(actions.size(), qsizetype(kFleetIncidents.size()));
        QVERIFY(actions[0]->menu());
        QCOMPARE(actions[0]->menu()->actions().size(), qsizetype(fleet->stations.size() + 1));
        for (QAction* action : actions)
            if (!action->menu()) action->trigger();
        QCOMPARE(chosen.size(), kFleetIncidents.size() - 1);
        QCOMPARE(chosen[1].kind, FleetIncidentKind::flash_crowd);
        QCOMPARE(chosen[1].strength, 2.0);
    }
};

QTEST_MAIN(IncidentMenuTest)
#include "incident_menu_test.moc"
