// Numbers, times and names as the window writes them: thin space before a unit, tabular thinking,
// no locale. Pure functions; any thread.
#pragma once

#include <QString>
#include <string_view>

#include "engine/world/clock.h"

namespace cascadelab {

QString words(std::string_view text);                          // UTF-8 to QString
QString withUnit(const QString& number, const QString& unit);  // "12 ms" with a thin space
QString grouped(std::int64_t number);                          // "12,345"
QString percent(double share);                                 // "46 %"
QString signedText(double number, int decimals);               // "+1.12", "−0.38"
QString dayText(Seconds time_s);                               // "Day 12"
QString clockText(Seconds time_s);                             // "18:35"
QString weekdayText(Seconds time_s);                           // "Tuesday"
QString momentText(Seconds time_s);                            // "Day 12 18:35"
QString spanText(double seconds);                              // "2 s", "14 h", "3 days"
QString lengthText(double seconds);                            // of an item: "54 min", "41 s"

}  // namespace cascadelab
