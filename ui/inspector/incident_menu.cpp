#include "ui/inspector/incident_menu.h"

#include <QCoreApplication>
#include <QMenu>

#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("IncidentMenu", text);
}

FleetIncident incidentOf(FleetIncidentKind kind, double strength, double minutes) {
    FleetIncident incident;
    incident.kind = kind;
    incident.strength = strength;
    incident.minutes = minutes;
    return incident;
}

IncidentOffer offer(const QString& what, const QString& tip, FleetIncidentKind kind,
                    double strength, double minutes) {
    return {tr("%1, %2").arg(what, durationText(60 * minutes)), tip,
            incidentOf(kind, strength, minutes)};
}

}  // namespace

std::vector<IncidentOffer> incidentOffers() {
    using enum FleetIncidentKind;
    return {offer(tr("Half of the servers are lost"),
                  tr("Queues grow where the rest is too few; the autoscaler starts others"),
                  servers_lost, 0.5, 30),
            offer(tr("First region is cut off"),
                  tr("Its people come to the other regions, which have no servers for them"),
                  region_cut_off, 0.5, 60),
            offer(tr("Crowd of twice a mean day"), tr("It comes in a minute and goes in ten"),
                  flash_crowd, 2, 30),
            offer(tr("Memory is cold"),
                  tr("Nine reads of features in ten go to the warehouse until it is warm again"),
                  cold_cache, 0.9, 60),
            offer(tr("Indexes are stale"), tr("New items and new models do not reach retrieval"),
                  stale_index, 0.5, 240),
            offer(tr("Two definitions of a feature"),
                  tr("Stages read different values of the same feature"), version_skew, 0.5, 120),
            offer(tr("Event stream is stalled"),
                  tr("Nothing is read from the topic of events, and features grow old"),
                  stream_stalled, 0.5, 10),
            offer(tr("Feed is frozen"), tr("Everybody gets the fallback"), feed_frozen, 0.5, 15)};
}

std::vector<IncidentOffer> lostServerOffers(const FleetSection& fleet) {
    const IncidentOffer all = incidentOffers().front();
    std::vector<IncidentOffer> offers = {all};
    offers.front().text = tr("All stations");
    for (const StationSection& station : fleet.stations) {
        IncidentOffer& own = offers.emplace_back(all);
        own.text = toText(station.label);
        own.incident.station = static_cast<std::uint8_t>(1 + index_of(station.station));
    }
    return offers;
}

void fillIncidentMenu(QMenu& menu, const FleetSection& fleet,
                      const std::function<void(const FleetIncident&)>& chosen) {
    menu.setToolTipsVisible(true);
    const auto add = [&](QMenu& to, const IncidentOffer& made) {
        QAction* action = to.addAction(made.text, &menu, [chosen, made] { chosen(made.incident); });
        action->setToolTip(made.tip);
    };
    for (const IncidentOffer& made : incidentOffers()) {
        if (made.incident.kind != FleetIncidentKind::servers_lost) {
            add(menu, made);
            continue;
        }
        QMenu* whose = menu.addMenu(made.text);
        whose->setToolTipsVisible(true);
        for (const IncidentOffer& one : lostServerOffers(fleet)) add(*whose, one);
    }
}

}  // namespace cascadelab
