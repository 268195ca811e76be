// Where the ticks of an axis stand and what they are called. Pure; any thread.
#pragma once

#include <QString>
#include <vector>

#include "engine/world/events/clock.h"

namespace cascadelab {

struct AxisRange {
    double low = 0, high = 1;
    friend bool operator==(const AxisRange&, const AxisRange&) = default;
};

// Multiples of 1, 2 or 5 times a power of ten inside [low, high], at most `atMost` of them (>= 2).
std::vector<double> niceTicks(double low, double high, int atMost);

// The range of an axis that shows [low, high]: its ends are round, and it keeps `previous` as long
// as the data fill at least a third of it, so that a growing axis moves in steps.
AxisRange steppedRange(double low, double high, AxisRange previous = {0, 0});

struct TimeTick {
    Seconds time_s = 0;
    QString label;  // "Day 3" or "18:00"
};
// Whole days when [from, to] spans some, hours of the day otherwise; at most `atMost` ticks.
std::vector<TimeTick> timeTicks(Seconds from, Seconds to, int atMost);

}  // namespace cascadelab
