// Times in words, the same in every picture: "Day 12, 18:35" is a moment, "14 h" a length, "14 h
// ago" a way back. Pure; any thread.
#pragma once

#include <QString>

#include "engine/world/events/clock.h"

namespace cascadelab {

QString dayText(Seconds time_s);      // "Day 12"
QString clockText(Seconds time_s);    // "18:35"
QString weekdayText(Seconds time_s);  // "Tuesday"
QString momentText(Seconds time_s);   // "Day 12, 18:35"

QString durationText(double seconds);     // "2 s", "5 min", "6.5 h", "14 h", "3 days"
QString microsText(double microseconds);  // "640 µs", "1.24 ms"
QString agoText(Seconds age_s);           // "14 h ago", "in 2 h"
QString lengthText(double seconds);       // of an item: "41 s", "54 min", never hours

}  // namespace cascadelab
