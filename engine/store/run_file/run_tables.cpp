#include "engine/store/run_file/run_tables.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "engine/base/plain_file.h"
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

namespace {

// Readers leave nothing beside a file that is not theirs: where nothing can be written, the file is
// read as it stands.
Result<Database> opened(const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const bool writable = ::access(path.c_str(), W_OK) == 0 &&
                          ::access(folder.empty() ? "." : folder.c_str(), W_OK) == 0;
    std::error_code error;
    const auto log = std::filesystem::file_size(path + "-wal", error);
    const bool logged = !error && log > 0;
    auto database = Database::open(
        path, {.read_only = !writable, .immutable = !writable && !logged, .foreign = true});
    if (database) return database;
    if (writable || !logged) return foreign(path, database.problem().found);
    return Problem{path, "",
                   "its last ticks in " + path + "-wal, in a folder that cannot be written",
                   "both files copied to a folder that can be", ExitCode::input_output};
}

// The name and the making of every table of ours.
Result<std::vector<std::pair<std::string, std::string>>> tables_of(Database& database) {
    auto query = database.prepare(
        "SELECT name, type || ' ' || sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' "
        "ORDER BY name LIMIT 1000");
    if (!query) return query.problem();
    std::vector<std::pair<std::string, std::string>> tables;
    while (true) {
        const auto row = query.value().step();
        if (!row) return row.problem();
        if (!row.value()) return tables;
        tables.emplace_back(query.value().text(0), query.value().text(1));
    }
}

// Tables and nothing else under our names: a view or a virtual table runs somebody else's code, and
// never ends where it is made to.
Status tables_are_ours(Database& database, const std::string& path) {
    const auto there = tables_of(database);
    if (!there) return foreign(path, there.problem().found);
    Database ours = Database::in_memory();
    const Status made = ours.exec(kTables);
    CHECK(made.ok());
    const auto wanted = tables_of(ours);
    for (const auto& [name, making] : wanted.value()) {
        const auto found =
            std::ranges::find(there.value(), name, &std::pair<std::string, std::string>::first);
        if (found == there.value().end()) return foreign(path, "no table \"" + name + "\"");
        if (found->second != making)
            return foreign(path, "another \"" + name + "\" than the table of a run file");
    }
    return Done{};
}

Status pages_are_whole(Database& database, const std::string& path) {
    auto check = database.prepare("PRAGMA quick_check(1)");
    if (!check) return foreign(path, check.problem().found);
    const auto row = check.value().step();
    if (!row) return foreign(path, "a damaged file: " + row.problem().found);
    const std::string words(check.value().text(0));
    if (words != "ok") return foreign(path, "a damaged file: " + words);
    return Done{};
}

}  // namespace

Result<Database> open_run_file(const std::string& path, Trust trust) {
    if (const Status there = check_readable(path, "a run file"); !there) return there.problem();
    std::error_code error;
    if (std::filesystem::file_size(path, error) == 0) return foreign(path, "an empty file");
    auto database = opened(path);
    if (!database) return database.problem();
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
    if (const Status ours = tables_are_ours(database.value(), path); !ours) return ours.problem();
    if (trust == Trust::whole) {
        const Status whole = pages_are_whole(database.value(), path);
        if (!whole) return whole.problem();
    }
    return database;
}

// SQLite itself is asked: to open the file in another way and close it again would drop the locks
// that a run of this process holds on it (POSIX).
bool is_database(const std::string& path) {
    std::error_code error;
    if (!check_readable(path, "") || std::filesystem::file_size(path, error) == 0) return false;
    const auto database = Database::open(path, {.read_only = true, .foreign = true});
    return database || database.problem().found != "file is not a database";
}

}  // namespace cascadelab
