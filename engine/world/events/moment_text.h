// A moment of virtual time in words, one way everywhere: "Day 12, 18:35". Pure; any thread.
#pragma once

#include <string>

#include "engine/world/events/clock.h"

namespace cascadelab {

std::string day_text(Seconds time_s);     // "Day 12"
std::string clock_text(Seconds time_s);   // "18:35"
std::string moment_text(Seconds time_s);  // "Day 12, 18:35"

}  // namespace cascadelab
