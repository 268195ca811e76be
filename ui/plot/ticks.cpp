#include "ui/plot/ticks.h"
#include "ui/words/times.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cascadelab {

namespace {

// The smallest 1, 2 or 5 times a power of ten that is not below `least`.
double niceStep(double least) {
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least * (1 - 1e-9)) return factor * power;
    return 10 * power;
}

Seconds roundedUp(Seconds time, Seconds step) {
    const Seconds rest = ((time % step) + step) % step;
    return rest == 0 ? time : time + step - rest;
}

}  // namespace

std::vector<double> niceTicks(double low, double high, int atMost) {
    if (!std::isfinite(low) || !std::isfinite(high) || !(high > low)) return {};
    const int most = std::max(2, atMost);
    double step = niceStep((high - low) / most);
    const auto first = [&] { return std::ceil(low / step - 1e-9); };
    const auto last = [&] { return std::floor(high / step + 1e-9); };
    while (last() - first() + 1 > most) step = niceStep(step * 1.5);
    std::vector<double> ticks;
    for (double i = first(); i <= last(); ++i) ticks.push_back(i == 0 ? 0.0 : i * step);
    return ticks;
}

AxisRange steppedRange(double low, double high, AxisRange previous) {
    if (!std::isfinite(low) || !std::isfinite(high)) return {0, 1};
    if (high < low) std::swap(low, high);
    if (high - low < 1e-12 * std::max(1.0, std::abs(high))) {
        const double half = std::max(std::abs(high) * 0.1, 0.5e-3);
        low -= half;
        high += half;
    }
    const bool fits = previous.low <= low && high <= previous.high;
    if (fits && high - low >= (previous.high - previous.low) / 3) return previous;
    const double step = niceStep((high - low) / 4);
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step};
}

std::vector<TimeTick> timeTicks(Seconds from, Seconds to, int atMost) {
    if (to <= from) return {};
    const Seconds most = std::max(2, atMost);
    constexpr std::array<Seconds, 16> kSteps = {
        300,  900,      1800,     kHour,    2 * kHour, 3 * kHour, 6 * kHour, 12 * kHour,
        kDay, 2 * kDay, 3 * kDay, 4 * kDay, 7 * kDay,  14 * kDay, 28 * kDay, 91 * kDay};
    const auto fits = [&](Seconds step) { return (to - roundedUp(from, step)) / step + 1 <= most; };
    const auto found = std::ranges::find_if(kSteps, fits);
    const Seconds step = found == kSteps.end() ? roundedUp((to - from) / most, kDay) : *found;

    std::vector<TimeTick> ticks;
    for (Seconds t = roundedUp(from, step); t <= to; t += step) {
        const bool isMidnight = second_of_day(t) == 0;
        ticks.push_back({t, isMidnight ? dayText(t) : clockText(t)});
    }
    return ticks;
}

}  // namespace cascadelab
