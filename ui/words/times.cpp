#include "ui/words/times.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

#include "engine/base/text.h"
#include "engine/world/events/moment_text.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("Words", text);
}

QString amount(double value, int decimals, const char* unit) {
    return withUnit(toText(fixed_text(value, decimals)), tr(unit));
}

}  // namespace

QString dayText(Seconds time_s) {
    return tr("Day %1").arg(day_of(time_s));
}

QString clockText(Seconds time_s) {
    return toText(clock_text(time_s));
}

QString weekdayText(Seconds time_s) {
    static constexpr std::array kDays = {
        QT_TRANSLATE_NOOP("Words", "Monday"),    QT_TRANSLATE_NOOP("Words", "Tuesday"),
        QT_TRANSLATE_NOOP("Words", "Wednesday"), QT_TRANSLATE_NOOP("Words", "Thursday"),
        QT_TRANSLATE_NOOP("Words", "Friday"),    QT_TRANSLATE_NOOP("Words", "Saturday"),
        QT_TRANSLATE_NOOP("Words", "Sunday")};
    return tr(kDays[static_cast<std::size_t>(weekday_of(time_s))]);
}

QString momentText(Seconds time_s) {
    return tr("%1, %2").arg(dayText(time_s), clockText(time_s));
}

QString durationText(double seconds) {
    const double size = std::abs(seconds);
    if (size < 120) return amount(seconds, 0, "s");
    if (size < 2 * double(kHour)) return amount(seconds / 60, 0, "min");
    if (size >= 2 * double(kDay)) return amount(seconds / double(kDay), 0, "days");
    // A few hours need their halves.
    const double hours = seconds / double(kHour);
    const bool isWhole = std::abs(hours - std::round(hours)) < 0.05;
    return amount(hours, std::abs(hours) < 10 && !isWhole ? 1 : 0, "h");
}

QString microsText(double microseconds) {
    if (microseconds < 999.5) return amount(microseconds, 0, "µs");
    const double ms = microseconds / 1000;
    return amount(ms, ms < 10 ? 2 : ms < 100 ? 1 : 0, "ms");
}

QString agoText(Seconds age_s) {
    const QString length = durationText(std::abs(static_cast<double>(age_s)));
    return age_s >= 0 ? tr("%1 ago").arg(length) : tr("in %1").arg(length);
}

QString lengthText(double seconds) {
    return seconds < 90 ? amount(seconds, 0, "s") : amount(seconds / 60, 0, "min");
}

}  // namespace cascadelab
