// What views of the modelled fleet say and show alike: its times and its money in words, how near a
// station is to its limit, which stations a request really passes, and which of our own stages does
// the same work. Pure; any thread.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"
#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"

namespace cascadelab {

QString milliText(double ms);      // "640 µs", "12.4 ms", "3.2 s"; "no value" for NaN
QString dollarText(double usd);    // "$0.0093", "$4.20", "$980,000", "$1.12 M"
QString timesText(double factor);  // "1.8×"; "over 64×" for what is infinite
QString bigText(double count);     // "120 billion", "2.4 million", "1,840"

// How busy servers are, as a colour: quiet until six tenths, a warning toward nine, then bad.
QColor busyColour(double utilisation, const Theme& theme);
QColor busyInk(double utilisation, const Theme& theme);  // the same for words

// For every station of a section those it waits for, as places in the section, rising. Who waits
// for a station that does not exist waits for what that one would have waited for.
std::vector<std::vector<std::size_t>> stationsBefore(const std::vector<StationSection>& stations);

// Our own stage that does the work of a station; none at the edge, the gateway and the language
// model.
std::optional<CascadeStage> ownStage(FleetStation station);
// Its mean over the last hour as measured on this machine, in microseconds; 0: nothing measured.
double ownMeanUs(const std::vector<LatencyPoint>* points, FleetStation station);

}  // namespace cascadelab
