#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

std::string two_digits(Seconds number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string day_text(Seconds time_s) {
    return "Day " + std::to_string(day_of(time_s));
}

std::string clock_text(Seconds time_s) {
    const Seconds second = second_of_day(time_s);
    return two_digits(second / kHour) + ":" + two_digits(second % kHour / 60);
}

std::string moment_text(Seconds time_s) {
    return day_text(time_s) + ", " + clock_text(time_s);
}

}  // namespace cascadelab
