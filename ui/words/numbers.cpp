#include "ui/words/numbers.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "engine/world/events/clock.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr QChar kThinSpace(0x2009);
constexpr QChar kMinus(0x2212);

QString tr(const char* text) {
    return QCoreApplication::translate("Words", text);
}

QString decimals(double value, int count) {
    return toText(fixed_text(value, count));
}

QString grouped(double value) {
    return toText(grouped_text(std::llround(value)));
}

}  // namespace

QString toText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString withUnit(const QString& number, const QString& unit) {
    return unit.isEmpty() ? number : number + kThinSpace + unit;
}

QString countText(double count) {
    const bool whole = std::abs(count - std::round(count)) < 0.05;
    return whole || count >= 100 ? grouped(count) : decimals(count, count < 0.95 ? 2 : 1);
}

QString percentText(double share) {
    const double percent = share * 100;
    const bool fine = std::abs(percent) < 0.95 && percent != 0;
    return withUnit(decimals(percent, fine ? 1 : 0), QStringLiteral("%"));
}

QString signedText(double value, int count) {
    return (value < 0 ? kMinus : QChar('+')) + decimals(std::abs(value), count);
}

QString degreesText(double degrees) {
    return decimals(degrees, std::abs(degrees) < 9.95 ? 1 : 0) + QChar(0xb0);
}

QString natsText(double nats) {
    return decimals(nats, std::abs(nats) < 9.95 ? 2 : 1).replace(QLatin1Char('-'), kMinus);
}

QString plainText(double value) {
    const double size = std::abs(value);
    if (size >= 100) return grouped(value);
    return decimals(value, size >= 10 ? 1 : size >= 0.095 || size == 0 ? 2 : 3);
}

QStringList tickTexts(std::span<const double> ticks) {
    double largest = 0;
    for (const double tick : ticks) largest = std::max(largest, std::abs(tick));
    const double unit = largest >= 10'000 ? 1000 : 1;
    const auto isTold = [&](int places) {
        const double fine = std::pow(10, places) / unit;
        return std::ranges::all_of(ticks, [&](double tick) {
            return std::abs(tick * fine - std::round(tick * fine)) < 1e-6 * fine * largest;
        });
    };
    int places = 0;
    while (places < 9 && !isTold(places)) ++places;
    QStringList texts;
    for (const double tick : ticks) {
        QString text = places == 0 ? grouped(tick / unit) : decimals(tick / unit, places);
        text.replace(QLatin1Char('-'), kMinus);
        texts << (unit > 1 && tick != 0 ? text + QStringLiteral("k") : text);
    }
    return texts;
}

QString valueText(double value, std::string_view unit) {
    if (!std::isfinite(value)) return tr("no value");
    if (unit == "share") return percentText(value);
    if (unit == "s") return durationText(value);
    if (unit == "h") return durationText(value * double(kHour));
    if (unit == "°") return plainText(value) + toText(unit);
    return withUnit(plainText(value), toText(unit));
}

QString changeText(double from, double to, std::string_view unit) {
    if (!std::isfinite(from) || !std::isfinite(to)) return {};
    const QString before = valueText(from, unit), after = valueText(to, unit);
    if (before == after) return tr("unchanged");
    const double step = std::abs(to - from);
    const bool isTime = unit == "s" || unit == "h";
    QString size = isTime ? valueText(step, unit) : plainText(step);
    // A change of a percentage is a number of points, not of per cent.
    if (unit == "share") {
        const double points = step * 100;
        const QString count = decimals(points, points < 0.95 ? 1 : 0);
        size = withUnit(count, count == QLatin1String("1") ? tr("point") : tr("points"));
    }
    return (to > from ? tr("up %1") : tr("down %1")).arg(size);
}

}  // namespace cascadelab
