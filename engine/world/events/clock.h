// Virtual time: seconds since midnight of day 1, a Monday. Pure functions; any thread.
#pragma once

#include <cstdint>

namespace cascadelab {

using Seconds = std::int64_t;
inline constexpr Seconds kDay = 86400;
inline constexpr Seconds kHour = 3600;

constexpr std::int64_t day_of(Seconds t) {
    return t >= 0 ? t / kDay + 1 : (t - kDay + 1) / kDay + 1;
}  // 1-based
constexpr Seconds second_of_day(Seconds t) {
    return ((t % kDay) + kDay) % kDay;
}
constexpr double hour_of(Seconds t) {
    return static_cast<double>(second_of_day(t)) / kHour;
}  // 0..24
constexpr int weekday_of(Seconds t) {
    return static_cast<int>((day_of(t) - 1) % 7 + 7) % 7;
}  // 0 = Monday

}  // namespace cascadelab
