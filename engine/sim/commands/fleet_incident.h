// Something goes wrong in the modelled fleet, for so many minutes. Nothing happens to the run while
// no fleet is modelled.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

enum class FleetIncidentKind : std::uint8_t {
    servers_lost,    // a share of the servers of a station, or of all
    region_cut_off,  // the first region; its people come to the others
    flash_crowd,     // so many times the mean of a day come on top
    cold_cache,      // the memory tier is emptied: that share of reads goes to the warehouse
    stale_index,     // new items and new models do not reach the indexes
    version_skew,    // stages read two definitions of a feature
    stream_stalled,  // nothing is read from the topic of events
    feed_frozen      // everybody gets the fallback
};
template <>
inline constexpr std::size_t enum_count<FleetIncidentKind> = 8;
inline constexpr EnumArray<FleetIncidentKind, std::string_view> kFleetIncidents = {
    "servers_lost", "region_cut_off", "flash_crowd",    "cold_cache",
    "stale_index",  "version_skew",   "stream_stalled", "feed_frozen"};
// Every station, then each by its key.
std::span<const std::string_view> fleet_incident_stations();

struct FleetIncident {
    static constexpr std::string_view kKey = "fleet_incident";
    static constexpr std::string_view kHelp = "Something goes wrong in the modelled fleet.";
    FleetIncidentKind kind = FleetIncidentKind::servers_lost;
    std::uint8_t station = 0;  // place among fleet_incident_stations()
    double strength = 0.5;
    double minutes = 30;

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.choice("kind", self.kind, kFleetIncidents, "What goes wrong.");
        fields.choice("station", self.station, fleet_incident_stations(),
                      "Whose servers are lost.");
        fields.number("strength", self.strength, 0, 20,
                      "Share of the servers or of memory that is lost, or how many times the mean "
                      "of a day a crowd is.");
        fields.number("minutes", self.minutes, 0.05, 14400, "How long it lasts.");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
