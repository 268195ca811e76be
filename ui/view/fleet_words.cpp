#include "ui/view/fleet_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kQuiet = 0.6, kWarned = 0.85;  // shares of servers that work

QString tr(const char* text) {
    return QCoreApplication::translate("FleetWords", text);
}

QColor between(double utilisation, const QColor& quiet, const QColor& warn, const QColor& bad) {
    if (utilisation <= kQuiet) return quiet;
    if (utilisation <= kWarned)
        return mixed(quiet, warn, (utilisation - kQuiet) / (kWarned - kQuiet));
    return mixed(warn, bad, std::min(1.0, (utilisation - kWarned) / (1 - kWarned)));
}

}  // namespace

QString milliText(double ms) {
    if (!std::isfinite(ms)) return tr("no value");
    if (ms <= 0) return withUnit(QStringLiteral("0"), QStringLiteral("ms"));
    if (ms < 9999.5) return microsText(1000 * ms);
    return withUnit(toText(fixed_text(ms / 1000, 1)), QStringLiteral("s"));
}

QString dollarText(double usd) {
    if (!std::isfinite(usd)) return tr("no value");
    const auto said = [](double number, int decimals) {
        return QLatin1Char('$') + toText(fixed_text(number, decimals));
    };
    if (usd >= 999'500) return withUnit(said(usd / 1e6, 2), QStringLiteral("M"));
    if (usd >= 99.5) return QLatin1Char('$') + countText(std::round(usd));
    if (usd >= 0.995 || usd == 0) return said(usd, 2);
    return said(usd, usd >= 0.0995 ? 3 : usd >= 0.000995 ? 4 : 6);
}

QString timesText(double factor) {
    if (!std::isfinite(factor)) return tr("over 64×");
    return toText(fixed_text(factor, factor < 9.95 ? 1 : 0)) + QChar(0xd7);
}

QString bigText(double count) {
    const auto said = [count](double unit, const QString& name) {
        const double units = count / unit;
        return toText(fixed_text(units, units < 9.95 ? 1 : 0)) + QLatin1Char(' ') + name;
    };
    if (count >= 1e9) return said(1e9, tr("billion"));
    return count >= 1e6 ? said(1e6, tr("million")) : countText(std::round(count));
}

QColor busyColour(double utilisation, const Theme& theme) {
    return between(utilisation, theme.good, theme.warn, theme.bad);
}

QColor busyInk(double utilisation, const Theme& theme) {
    return utilisation <= kQuiet    ? theme.goodText
           : utilisation <= kWarned ? theme.warnText
                                    : theme.badText;
}

std::vector<std::vector<std::size_t>> stationsBefore(const std::vector<StationSection>& stations) {
    EnumArray<FleetStation, std::vector<std::size_t>> reached{};
    EnumArray<FleetStation, const StationSection*> known{};
    for (const StationSection& station : stations) known[station.station] = &station;
    std::vector<std::vector<std::size_t>> before(stations.size());
    for (const FleetStation station : every<FleetStation>) {
        const StationSet after =
            known[station] ? known[station]->after : station_row(station).after;
        std::vector<std::size_t>& here = reached[station];
        for (const FleetStation other : every<FleetStation>) {
            if (!(after & only(other)) || other >= station) continue;
            const auto place = known[other] - stations.data();
            if (known[other])
                here.push_back(static_cast<std::size_t>(place));
            else
                here.insert(here.end(), reached[other].begin(), reached[other].end());
        }
        std::ranges::sort(here);
        here.erase(std::unique(here.begin(), here.end()), here.end());
        if (known[station])
            before[static_cast<std::size_t>(known[station] - stations.data())] = here;
    }
    return before;
}

std::optional<CascadeStage> ownStage(FleetStation station) {
    switch (station) {
        case FleetStation::features:
            return CascadeStage::features;
        case FleetStation::search_intent:
        case FleetStation::trending:
        case FleetStation::fresh:
        case FleetStation::followed:
            return CascadeStage::lists;
        case FleetStation::two_tower:
            return CascadeStage::two_tower;
        case FleetStation::hstu:
            return CascadeStage::hstu;
        case FleetStation::factorization:
            return CascadeStage::factorization;
        case FleetStation::covisitation:
        case FleetStation::neighbours_liked:
            return CascadeStage::covisitation;
        case FleetStation::decoder:
            return CascadeStage::generative;
        case FleetStation::ranking:
            return CascadeStage::rank;
        case FleetStation::reranking:
            return CascadeStage::rerank;
        case FleetStation::policy:
            return CascadeStage::policy;
        case FleetStation::edge:
        case FleetStation::gateway:
        case FleetStation::language_model:
            return std::nullopt;
    }
    return std::nullopt;
}

double ownMeanUs(const std::vector<LatencyPoint>* points, FleetStation station) {
    const auto stage = ownStage(station);
    if (!stage || !points || points->empty()) return 0;
    return static_cast<double>(points->back().stage_mean_us[*stage]);
}

}  // namespace cascadelab
