// Measured numbers and seeds in JSON answers.
#pragma once

#include <cstdint>

#include "engine/store/json/json.h"

namespace cascadelab {

// null for NaN. A float goes through its shortest text: 0.41, not 0.4099999964237213.
Json measured_json(float value);
Json measured_json(double value);
// A number while every reader can hold it exactly, text beyond.
Json seed_json(std::uint64_t seed);

}  // namespace cascadelab
