// What can go wrong in the modelled fleet, as a menu: every kind of incident with a size and a time
// that shows what it does, and for lost servers whose. Window's thread.
#pragma once

#include <QString>
#include <functional>
#include <vector>

#include "engine/sim/commands/command.h"
#include "engine/sim/snapshot/fleet_section.h"

class QMenu;

namespace cascadelab {

struct IncidentOffer {
    QString text;  // "Crowd of twice a mean day, 30 min"
    QString tip;   // what it does
    FleetIncident incident;
};

// One a kind, in the order of the kinds; lost servers are of all stations.
std::vector<IncidentOffer> incidentOffers();
// Lost servers of one station each: all first, then those that the fleet has.
std::vector<IncidentOffer> lostServerOffers(const FleetSection& fleet);

void fillIncidentMenu(QMenu& menu, const FleetSection& fleet,
                      const std::function<void(const FleetIncident&)>& chosen);

}  // namespace cascadelab
