#include "ui/words/text.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

constexpr QChar kThinSpace(0x2009);
constexpr QChar kMinus(0x2212);

QString translated(const char* text) {
    return QCoreApplication::translate("text", text);
}

QString twoDigits(std::int64_t number) {
    return QString("%1").arg(number, 2, 10, QChar('0'));
}

}  // namespace

QString words(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString withUnit(const QString& number, const QString& unit) {
    return unit.isEmpty() ? number : number + kThinSpace + unit;
}

QString grouped(std::int64_t number) {
    return words(grouped_text(number));
}

QString percent(double share) {
    return withUnit(words(fixed_text(share * 100, 0)), "%");
}

QString signedText(double number, int decimals) {
    return (number < 0 ? QString(kMinus) : QString("+")) +
           words(fixed_text(std::abs(number), decimals));
}

QString dayText(Seconds time_s) {
    return translated("Day %1").arg(day_of(time_s));
}

QString clockText(Seconds time_s) {
    const Seconds second = second_of_day(time_s);
    return twoDigits(second / kHour) + ":" + twoDigits(second % kHour / 60);
}

QString weekdayText(Seconds time_s) {
    static constexpr std::array kDays = {
        QT_TRANSLATE_NOOP("text", "Monday"),    QT_TRANSLATE_NOOP("text", "Tuesday"),
        QT_TRANSLATE_NOOP("text", "Wednesday"), QT_TRANSLATE_NOOP("text", "Thursday"),
        QT_TRANSLATE_NOOP("text", "Friday"),    QT_TRANSLATE_NOOP("text", "Saturday"),
        QT_TRANSLATE_NOOP("text", "Sunday")};
    return translated(kDays[static_cast<std::size_t>(weekday_of(time_s))]);
}

QString momentText(Seconds time_s) {
    return dayText(time_s) + " " + clockText(time_s);
}

QString spanText(double seconds) {
    const auto text = [](double number, const char* unit) {
        return withUnit(words(fixed_text(number, 0)), translated(unit));
    };
    if (seconds < 120) return text(seconds, "s");
    if (seconds < 120 * 60) return text(seconds / 60, "min");
    if (seconds < 48 * kHour) return text(seconds / kHour, "h");
    return text(seconds / kDay, "days");
}

QString lengthText(double seconds) {
    if (seconds < 90) return withUnit(words(fixed_text(seconds, 0)), translated("s"));
    return withUnit(words(fixed_text(seconds / 60, 0)), translated("min"));
}

}  // namespace cascadelab
