// Two runs held against each other, table by table and row by row: what one recorded, and what the
// same run writes again. One thread.
#pragma once

#include <optional>
#include <string>

#include "engine/base/error.h"
#include "engine/base/sqlite.h"

namespace cascadelab {

// What is not compared, for who says that all is the same: times are measured anew by every run,
// and a map turns with the moments at which somebody looked.
inline constexpr const char* kNotCompared = "profile, places on the maps of frames";

// The first row that differs, in words: "metrics: tick 36, coverage, all: value is 0.41, recorded
// 0.99"; nothing when all that is recorded comes out the same. Both have the tables of a run file.
Result<std::optional<std::string>> first_difference_of_tables(Database& recorded, Database& again);

}  // namespace cascadelab
