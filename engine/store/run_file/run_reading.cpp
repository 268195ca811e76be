// Reading a run file back, and exporting its tables.
#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

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

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

Result<Scenario> stored_scenario(Database& database, const std::string& path) {
    auto query = database.prepare("SELECT text FROM scenario");
    if (!query) return query.problem();
    const auto row = query.value().step();
    if (!row) return row.problem();
    if (!row.value()) return Problem{path, "scenario", "nothing", "the scenario of the run"};
    return parse_scenario(std::string(query.value().text(0)), path);
}

Result<std::vector<JournalEntry>> stored_journal(Database& database, const Params& params,
                                                 const std::string& path) {
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
    auto database = Database::open(path, {.read_only = true});
    if (!database) return database.problem();
    const auto id = database.value().application_id();
    if (!id) return id.problem();
    if (id.value() != kRunFileId) return Problem{path, "", "another file", "a run file"};
    const auto scenario = stored_scenario(database.value(), path);
    if (!scenario) return scenario.problem();
    auto query = database.value().prepare("SELECT count(*) FROM ticks");
    if (!query) return query.problem();
    const auto row = query.value().step();
    if (!row) return row.problem();
    return RunHead{scenario.value().title, static_cast<std::uint64_t>(query.value().integer(0))};
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
    std::array<char, 16> head{};
    std::ifstream(path, std::ios::binary).read(head.data(), head.size());
    if (std::string_view(head.data(), 15) != "SQLite format 3") return read_scenario(path);
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
