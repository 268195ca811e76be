#include "engine/store/run_file/run_tables.h"

#include <filesystem>

#include "engine/cascade/request/trace.h"
#include "engine/store/run_file/run_file.h"

namespace cascadelab {
namespace {

// A hash is stored as the signed integer of the same 64 bits.
constexpr const char* kTables = R"(
CREATE TABLE scenario(id INTEGER PRIMARY KEY CHECK (id = 1), text TEXT NOT NULL);
CREATE TABLE journal(tick INTEGER NOT NULL, place INTEGER NOT NULL, command TEXT NOT NULL,
    PRIMARY KEY (tick, place)) WITHOUT ROWID;
CREATE TABLE ticks(tick INTEGER PRIMARY KEY, time_s INTEGER NOT NULL, params INTEGER NOT NULL,
    world INTEGER NOT NULL, features INTEGER NOT NULL, models INTEGER NOT NULL,
    log INTEGER NOT NULL, metrics INTEGER NOT NULL, requests INTEGER NOT NULL);
CREATE TABLE metrics(tick INTEGER NOT NULL, metric TEXT NOT NULL, "group" TEXT NOT NULL,
    value REAL, PRIMARY KEY (tick, metric, "group")) WITHOUT ROWID;
CREATE TABLE reference_metrics(tick INTEGER NOT NULL, reference TEXT NOT NULL, metric TEXT NOT NULL,
    "group" TEXT NOT NULL, value REAL, PRIMARY KEY (tick, reference, metric, "group"))
    WITHOUT ROWID;
CREATE TABLE traces(id INTEGER PRIMARY KEY, tick INTEGER NOT NULL, time_s INTEGER NOT NULL,
    person INTEGER NOT NULL, request INTEGER NOT NULL, merged INTEGER NOT NULL,
    filtered INTEGER NOT NULL, ranked INTEGER NOT NULL, slate INTEGER NOT NULL);
CREATE TABLE candidates(trace INTEGER NOT NULL, place INTEGER NOT NULL, item INTEGER NOT NULL,
    source INTEGER NOT NULL, fate INTEGER NOT NULL, position INTEGER, rank INTEGER,
    retrieval_score REAL, click REAL, watch REAL, "like" REAL, not_interested REAL, value REAL,
    PRIMARY KEY (trace, place)) WITHOUT ROWID;
CREATE TABLE sources(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE fates(id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE frames(tick INTEGER PRIMARY KEY, time_s INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE profile(name TEXT PRIMARY KEY, seconds REAL NOT NULL, count INTEGER NOT NULL)
    WITHOUT ROWID;
)";

Status insert_name(Database& database, const std::string& table, std::size_t id,
                   std::string_view name) {
    auto row = database.prepare("INSERT INTO " + table + " VALUES (?, ?)");
    if (!row) return row.problem();
    row.value().bind(1, static_cast<std::int64_t>(id)).bind(2, name);
    return row.value().run();
}

Problem foreign(const std::string& path, std::string found) {
    return {path, "", std::move(found), "a run file of CascadeLab", ExitCode::invalid};
}

}  // namespace

Status make_run_tables(Database& database, const Scenario& scenario) {
    if (const Status made = database.exec(kTables); !made) return made;
    if (const Status set = database.set_application_id(kRunFileId); !set) return set;
    if (const Status set = database.set_user_version(kRunFileVersion); !set) return set;
    for (std::size_t i = 0; i < enum_count<Source>; ++i) {
        const auto name = source_label(static_cast<Source>(i));
        if (const Status done = insert_name(database, "sources", i, name); !done) return done;
    }
    for (std::size_t i = 0; i < enum_count<Fate>; ++i) {
        const auto name = fate_label(static_cast<Fate>(i));
        if (const Status done = insert_name(database, "fates", i, name); !done) return done;
    }
    return insert_name(database, "scenario", 1, scenario_text(scenario));
}

Result<Database> open_run_file(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::is_regular_file(status)) {
        const bool folder = std::filesystem::is_directory(status);
        return Problem{path, "", folder ? "a directory" : "no such file", "a run file",
                       ExitCode::input_output};
    }
    if (std::filesystem::file_size(path, error) == 0) return foreign(path, "an empty file");
    // Writable, so that what a killed run left in the write-ahead log is taken up; if the folder
    // does not allow it, reading alone will do.
    auto database = Database::open(path, {});
    if (!database) database = Database::open(path, {.read_only = true});
    if (!database) return foreign(path, database.problem().found);
    const auto id = database.value().application_id();
    if (!id) return foreign(path, id.problem().found);
    if (id.value() != kRunFileId) return foreign(path, "another program's database");
    const auto version = database.value().user_version();
    if (!version) return foreign(path, version.problem().found);
    if (version.value() > kRunFileVersion) {
        return Problem{path, "user_version",
                       std::to_string(version.value()) + " of a newer CascadeLab",
                       "at most " + std::to_string(kRunFileVersion)};
    }
    auto check = database.value().prepare("PRAGMA quick_check(1)");
    if (!check) return foreign(path, check.problem().found);
    const auto row = check.value().step();
    if (!row) return foreign(path, "a damaged file: " + row.problem().found);
    if (const std::string words(check.value().text(0)); words != "ok") {
        return foreign(path, "a damaged file: " + words);
    }
    check.value().reset();
    return std::move(database).value();
}

}  // namespace cascadelab
