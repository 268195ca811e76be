// The tables of a run file, and opening one that may be damaged, foreign or newer. Used by writing,
// reading and exporting. One thread a Database.
#pragma once

#include <string>

#include "engine/base/sqlite.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

// Makes the tables and puts the scenario in; inside the caller's transaction.
Status make_run_tables(Database& database, const Scenario& scenario);

// How much of a run file is looked at before it is trusted.
enum class Trust {
    head,  // its header and its tables: for who only reads a title
    whole  // every page too
};

// Opens a run file for reading; anything else is a Problem that says what it is. What a killed run
// left in the write-ahead log is taken up where the folder can be written.
Result<Database> open_run_file(const std::string& path, Trust trust = Trust::whole);

// Whether a file is a database at all, whatever it is called: then it is no scenario.
bool is_database(const std::string& path);

}  // namespace cascadelab
