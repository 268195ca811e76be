// Reading a run file back, and exporting its tables.
#include <algorithm>
#include <filesystem>
#include <string_view>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"
#include "engine/store/run_file/run_file.h"
#include "engine/store/run_file/run_tables.h"
#include "engine/store/scenario/command_json.h"

namespace cascadelab {
namespace {

struct Table {
    std::string_view name;
    std::string_view heading;  // one word a column
    std::string_view sql;      // what is exported
};
constexpr Table kExports[] = {
    {"scenario", "text", "SELECT text FROM scenario"},
    {"journal", "tick,place,command",
     "SELECT tick, place, command FROM journal ORDER BY tick, place"},
    {"ticks", "tick,time_s,params,world,features,models,log,metrics,requests",
     "SELECT tick, time_s, printf('%016x', params), printf('%016x', world), "
     "printf('%016x', features), printf('%016x', models), printf('%016x', log), "
     "printf('%016x', metrics), requests FROM ticks ORDER BY tick"},
    {"metrics", "tick,time_s,metric,group,value",
     "SELECT tick, time_s, metric, \"group\", value FROM metrics JOIN ticks USING (tick) "
     "ORDER BY tick, metric, \"group\""},
    {"reference_metrics", "tick,time_s,reference,metric,group,value",
     "SELECT tick, time_s, reference, metric, \"group\", value FROM reference_metrics "
     "JOIN ticks USING (tick) ORDER BY tick, reference, metric, \"group\""},
    {"traces", "id,tick,time_s,person,request,merged,filtered,ranked,slate",
     "SELECT * FROM traces ORDER BY id"},
    {"candidates",
     "trace,place,item,source,fate,position,rank,retrieval_score,click,watch,like,"
     "not_interested,value",
     "SELECT trace, place, item, sources.name, fates.name, position, rank, retrieval_score, "
     "click, watch, \"like\", not_interested, value FROM candidates "
     "JOIN sources ON sources.id = source JOIN fates ON fates.id = fate ORDER BY trace, place"},
    {"frames", "tick,time_s,bytes", "SELECT tick, time_s, length(bytes) FROM frames ORDER BY tick"},
    {"profile", "name,seconds,count", "SELECT name, seconds, count FROM profile ORDER BY name"},
};

// A number that a query of one row gives.
Result<std::int64_t> count_of(Database& database, std::string_view sql) {
    auto query = database.prepare(sql);
    if (!query) return query.problem();
    const auto row = query.value().step();
    if (!row) return row.problem();
    return row.value() ? query.value().integer(0) : 0;
}

Result<Scenario> stored_scenario(Database& database, const std::string& path) {
    auto query = database.prepare("SELECT text FROM scenario");
    if (!query) return query.problem();
    const auto row = query.value().step();
    if (!row) return row.problem();
    if (!row.value()) return Problem{path, "scenario", "nothing", "the scenario of the run"};
    return parse_scenario(std::string(query.value().text(0)), path);
}

// Before the journal is read: as many rows as a run has, and each at a tick that it did.
Status check_journal(Database& database, const std::string& path) {
    const auto rows = count_of(database, "SELECT count(*) FROM journal");
    if (!rows) return rows.problem();
    if (rows.value() > kMostJournalRows) {
        return Problem{path, "journal", grouped_text(rows.value()) + " commands",
                       "at most " + grouped_text(kMostJournalRows)};
    }
    const auto last = count_of(database, "SELECT max(tick) FROM ticks");
    if (!last) return last.problem();
    auto outside =
        database.prepare("SELECT tick FROM journal WHERE tick < 1 OR tick > ? ORDER BY tick");
    if (!outside) return outside.problem();
    outside.value().bind(1, last.value());
    const auto row = outside.value().step();
    if (!row) return row.problem();
    if (!row.value()) return Done{};
    return Problem{path, "journal",
                   "a command before tick " + std::to_string(outside.value().integer(0)),
                   "a tick from 1 to " + std::to_string(last.value())};
}

Result<std::vector<JournalEntry>> stored_journal(Database& database, const Params& params,
                                                 const std::string& path) {
    if (const Status fits = check_journal(database, path); !fits) return fits.problem();
    auto query = database.prepare("SELECT tick, place, command FROM journal ORDER BY tick, place");
    if (!query) return query.problem();
    std::vector<JournalEntry> journal;
    while (true) {
        const auto row = query.value().step();
        if (!row) return row.problem();
        if (!row.value()) return journal;
        auto command = parse_command_line(query.value().text(2), params, path);
        if (!command) return command.problem();
        journal.push_back(
            {static_cast<std::uint64_t>(query.value().integer(0)), std::move(command.value())});
    }
}

Result<std::vector<TickRecord>> stored_ticks(Database& database) {
    auto query = database.prepare(
        "SELECT tick, time_s, params, world, features, models, log, metrics FROM ticks "
        "ORDER BY tick");
    if (!query) return query.problem();
    std::vector<TickRecord> ticks;
    while (true) {
        const auto row = query.value().step();
        if (!row) return row.problem();
        if (!row.value()) return ticks;
        const auto number = [&](int column) {
            return static_cast<std::uint64_t>(query.value().integer(column));
        };
        ticks.push_back({number(0),
                         query.value().integer(1),
                         {number(2), number(3), number(4), number(5), number(6), number(7)}});
    }
}

}  // namespace

Result<RunHead> read_run_head(const std::string& path) {
    // Not checked page by page: that is for who opens it.
    auto database = open_run_file(path, Trust::head);
    if (!database) return database.problem();
    const auto scenario = stored_scenario(database.value(), path);
    if (!scenario) return scenario.problem();
    const auto ticks = count_of(database.value(), "SELECT count(*) FROM ticks");
    if (!ticks) return ticks.problem();
    return RunHead{scenario.value().title, static_cast<std::uint64_t>(ticks.value())};
}

Result<std::uint64_t> settle_run_file(const std::string& path) {
    constexpr int kTries = 5;
    auto opened = Database::open(path, {.busy_timeout_ms = 100});
    if (!opened) return opened.problem();
    Database& database = opened.value();
    for (int i = 0; i < kTries; ++i) {
        const Status settled = database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        if (!settled) return settled.problem();
        // From here on nobody commits; what was committed in between is taken up first.
        const auto held = database.begin();
        if (!held) return held.problem();
        std::error_code error;
        const auto left = std::filesystem::file_size(path + "-wal", error);
        if (!error && left > 0) continue;
        const auto ticks = count_of(database, "SELECT count(*) FROM ticks");
        if (!ticks) return ticks.problem();
        for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path + ending, error);
        return static_cast<std::uint64_t>(ticks.value());
    }
    return Problem{path, "", "a log that others keep writing", "the run file alone",
                   ExitCode::input_output};
}

Result<RunRecord> read_run_file(const std::string& path) {
    auto database = open_run_file(path);
    if (!database) return database.problem();
    auto scenario = stored_scenario(database.value(), path);
    if (!scenario) return scenario.problem();
    auto journal = stored_journal(database.value(), scenario.value().params, path);
    if (!journal) return journal.problem();
    auto ticks = stored_ticks(database.value());
    if (!ticks) return ticks.problem();
    return RunRecord{std::move(scenario.value()), std::move(journal.value()),
                     std::move(ticks.value())};
}

Scenario recorded_scenario(const RunRecord& record) {
    Scenario scenario = record.scenario;
    scenario.timeline.clear();
    for (const JournalEntry& entry : record.journal) {
        const auto ticks_before = static_cast<Seconds>(entry.tick) - 1;
        scenario.timeline.push_back({ticks_before * scenario.params.clock.tick_s, entry.command});
    }
    return scenario;
}

Result<Scenario> read_playable(const std::string& path) {
    if (!is_database(path)) return read_scenario(path);
    const auto record = read_run_file(path);
    if (!record) return record.problem();
    return recorded_scenario(record.value());
}

std::vector<std::string> run_file_tables() {
    std::vector<std::string> names;
    for (const Table& table : kExports) names.emplace_back(table.name);
    return names;
}

Status export_table(const std::string& path, const std::string& table,
                    const std::function<void(const std::string&)>& sink) {
    const auto* found = std::ranges::find(kExports, table, &Table::name);
    if (found == std::end(kExports)) {
        return Problem{"--table", "", cascadelab::quoted(table),
                       "one of " + join(run_file_tables(), ", "), ExitCode::usage};
    }
    auto database = open_run_file(path);
    if (!database) return database.problem();
    auto query = database.value().prepare(found->sql);
    if (!query) return query.problem();
    sink(std::string(found->heading) + "\n");
    std::string line;
    while (true) {
        const auto row = query.value().step();
        if (!row) return row.problem();
        if (!row.value()) return Done{};
        line.clear();
        for (int column = 0; column < query.value().columns(); ++column) {
            line += (column > 0 ? "," : "") + csv_field(query.value().text(column));
        }
        sink(line + "\n");
    }
}

}  // namespace cascadelab
