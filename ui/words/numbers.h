// Values in words, the same in every picture: grouped digits, a thin space between number and unit,
// no locale. Pure; any thread.
#pragma once

#include <QStringList>
#include <span>
#include <string_view>

namespace cascadelab {

QString toText(std::string_view text);  // UTF-8
QString withUnit(const QString& number,
                 const QString& unit);           // "12 bits"; without one the number alone
QString countText(double count);                 // "2,310"; below 100 and not whole: one decimal
QString percentText(double share);               // 0.63 -> "63 %"; below 1 % one decimal
QString signedText(double value, int decimals);  // "+1.12", "−0.38"
QString degreesText(double degrees);             // "4.2°", "31°"
QString natsText(double nats);    // "−3.21"; its unit stands at the axis or after it
QString plainText(double value);  // three digits that matter: "0.41", "12.3", "1,840"

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
