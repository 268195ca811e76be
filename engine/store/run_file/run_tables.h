// The tables of a run file, and opening one that may be damaged, foreign or newer. Used by writing,
// reading and exporting. One thread a Database.
#pragma once

#include <string>

#include "engine/base/sqlite.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

// Makes the tables and puts the scenario in; inside the caller's transaction.
Status make_run_tables(Database& database, const Scenario& scenario);

// Opens a run file for reading; anything else is a Problem that says what it is.
Result<Database> open_run_file(const std::string& path);

}  // namespace cascadelab
