#include "engine/sim/commands/fleet_incident.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/text.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

std::span<const std::string_view> fleet_incident_stations() {
    static const std::vector<std::string_view> names = [] {
        std::vector<std::string_view> all = {"all"};
        for (const FleetStation station : every<FleetStation>)
            all.push_back(station_row(station).key);
        return all;
    }();
    return names;
}

std::string FleetIncident::words(DomainPackName) const {
    std::string text(kFleetIncidents[kind]);
    std::ranges::replace(text, '_', ' ');
    if (kind == FleetIncidentKind::servers_lost)
        text += ": " + std::string(fleet_incident_stations()[station]);
    return text + ", " + number_text(minutes) + " min";
}

void FleetIncident::apply(SimulationState& state) const {
    FleetRun& fleet = state.fleet;
    const auto begin_s = static_cast<double>(state.now_s());
    const double end_s = begin_s + 60 * minutes;
    const Seconds until_s = state.now_s() + static_cast<Seconds>(std::ceil(60 * minutes));
    const double share = std::min(1.0, strength);
    switch (kind) {
        case FleetIncidentKind::servers_lost: {
            const StationSet lost =
                station == 0 ? kEveryStation : only(static_cast<FleetStation>(station - 1));
            fleet.incidents.push_back({lost, begin_s, end_s, 1 - share, 1});
            return;
        }
        case FleetIncidentKind::region_cut_off: {
            const ServingParams& serving = state.params.serving;
            const double all = serving.region_1 + serving.region_2 + serving.region_3;
            fleet.incidents.push_back(
                {kEveryStation, begin_s, end_s, 1 - serving.region_1 / all, 1});
            return;
        }
        case FleetIncidentKind::flash_crowd:
            fleet.crowds.push_back({begin_s, 60, 60 * minutes, 600, strength});
            return;
        case FleetIncidentKind::cold_cache:
            fleet.memory.flush();
            fleet.ailments.memory_cold_s = until_s;
            fleet.ailments.cold_miss_share = share;
            return;
        case FleetIncidentKind::stale_index:
            fleet.ailments.index_stale_s = until_s;
            return;
        case FleetIncidentKind::version_skew:
            fleet.ailments.version_skew_s = until_s;
            return;
        case FleetIncidentKind::stream_stalled:
            fleet.ailments.stream_stalled_s = until_s;
            return;
        case FleetIncidentKind::feed_frozen:
            fleet.ailments.feed_frozen_s = until_s;
            return;
    }
}

}  // namespace cascadelab
