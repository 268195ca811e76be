// Values in words, the same in every picture: grouped digits, one thin space between number and
// unit, times a person would say. Pure; any thread.
#pragma once

#include <QStringList>
#include <span>
#include <string_view>

#include "engine/world/clock.h"

namespace cascadelab {

QString toText(std::string_view text);    // UTF-8
QString countText(double count);          // "2,310"; below 100 and not whole: one decimal
QString percentText(double share);        // 0.63 -> "63 %"; below 1 % one decimal
QString plainText(double value);          // three digits that matter: "0.41", "12.3", "1,840"
QString durationText(double seconds);     // "2 s", "5 min", "14 h", "3 days"
QString microsText(double microseconds);  // "640 µs", "1.24 ms"
QString agoText(Seconds age_s);           // "14 h ago", "in 2 h"

// The numbers at an axis, all with as many decimals as their step needs: "0", "0.5", "1.0"; from
// ten thousand on in thousands: "5k", "10k".
QStringList tickTexts(std::span<const double> ticks);

// A value with its unit as metric_info() names it: "share" is shown as percent, "s" and "h" as a
// duration; "no value" for NaN.
QString valueText(double value, std::string_view unit);
// The way from one value to another: "up 28 points", "down 0.4", "unchanged". Units
// other than shares and times are left to the value it stands beside.
QString changeText(double from, double to, std::string_view unit);

}  // namespace cascadelab
