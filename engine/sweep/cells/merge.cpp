#include "engine/sweep/cells/merge.h"

#include <cstdio>
#include <filesystem>

#include "engine/base/hash.h"
#include "engine/base/plain_file.h"
#include "engine/base/sqlite.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTables = R"(
CREATE TABLE sweep(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE cells(cell INTEGER PRIMARY KEY, id TEXT NOT NULL, point INTEGER NOT NULL,
    twin INTEGER NOT NULL, seed TEXT NOT NULL, hash TEXT NOT NULL, ticks INTEGER NOT NULL,
    cost_per_1000_usd REAL, error TEXT NOT NULL);
CREATE TABLE settings(cell INTEGER NOT NULL, key TEXT NOT NULL, value REAL NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (cell, key)) WITHOUT ROWID;
CREATE TABLE metrics(cell INTEGER NOT NULL, day INTEGER NOT NULL, metric TEXT NOT NULL,
    "group" TEXT NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (cell, metric, "group", day)) WITHOUT ROWID;
CREATE TABLE timings(cell INTEGER PRIMARY KEY, machine TEXT NOT NULL, seconds REAL NOT NULL,
    threads INTEGER NOT NULL);
)";

// Statements that fill the tables; the first thing that fails is kept, and nothing is done after
// it.
class Tables {
  public:
    static Result<Tables> make(Database& database) {
        Tables out;
        struct Wanted {
            std::optional<Statement>& statement;
            const char* sql;
        };
        for (const auto& [statement, sql] :
             {Wanted{out.m_sweep, "INSERT INTO sweep VALUES (?, ?)"},
              Wanted{out.m_cell, "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"},
              Wanted{out.m_setting, "INSERT INTO settings VALUES (?, ?, ?, ?)"},
              Wanted{out.m_metric, "INSERT INTO metrics VALUES (?, ?, ?, ?, ?)"},
              Wanted{out.m_timing, "INSERT INTO timings VALUES (?, ?, ?, ?)"}}) {
            auto prepared = database.prepare(sql);
            if (!prepared) return prepared.problem();
            statement = std::move(prepared.value());
        }
        return out;
    }

    void add_text(std::string_view name, std::string_view value) {
        keep(m_sweep->bind(1, name).bind(2, value).run());
        m_hasher.add(name).add(value);
    }

    void add(const SweepCell& cell, const CellResult& result) {
        const auto index = static_cast<std::int64_t>(cell.index);
        m_cell->bind(1, index).bind(2, std::string_view(cell.id));
        m_cell->bind(3, static_cast<std::int64_t>(cell.point));
        m_cell->bind(4, static_cast<std::int64_t>(cell.twin));
        m_cell->bind(5, std::string_view(std::to_string(cell.seed)));
        m_cell->bind(6, std::string_view(result.hash));
        m_cell->bind(7, static_cast<std::int64_t>(result.ticks)).bind_null(8);
        for (const CellValue& value : result.values) {
            if (value.metric == Metric::cost_per_1000_usd && value.group == 0)
                m_cell->bind(8, static_cast<double>(value.value));
        }
        keep(m_cell->bind(9, std::string_view(result.error)).run());
        m_hasher.add(index).add(cell.id).add(cell.seed).add(result.hash).add(result.error);
        for (const auto& [parameter, value] : cell.settings) {
            m_setting->bind(1, index).bind(2, parameter->key).bind(3, value);
            keep(m_setting->bind(4, std::string_view(value_text(*parameter, value))).run());
            m_hasher.add(parameter->key).add(value);
        }
        for (const CellValue& value : result.values) {
            const std::string_view name = metric_info(value.metric).name;
            m_metric->bind(1, index).bind(2, value.day).bind(3, name);
            m_metric->bind(4, group_name(value.group)).bind(5, static_cast<double>(value.value));
            keep(m_metric->run());
            m_hasher.add(value.day).add(name).add(value.group).add(value.value);
        }
    }

    void add_timing(const SweepCell& cell, const CellTiming& timing) {
        m_timing->bind(1, static_cast<std::int64_t>(cell.index));
        m_timing->bind(2, std::string_view(timing.machine)).bind(3, timing.seconds);
        keep(m_timing->bind(4, std::int64_t{timing.threads}).run());
    }

    const std::optional<Problem>& problem() const { return m_problem; }
    std::uint64_t content() const { return m_hasher.value(); }

  private:
    void keep(const Status& status) {
        if (!status && !m_problem) m_problem = status.problem();
    }

    std::optional<Statement> m_sweep, m_cell, m_setting, m_metric, m_timing;
    std::optional<Problem> m_problem;
    Hasher m_hasher;
};

Result<MergeReport> fill(Database& database, const SweepFolder& folder, bool with_timings) {
    const auto results = folder.results();
    if (!results) return results.problem();
    if (const Status made = database.exec(kTables); !made) return made.problem();
    if (const Status set = database.set_application_id(kSweepFileId); !set) return set.problem();
    if (const Status set = database.set_user_version(kSweepFileVersion); !set) return set.problem();
    auto tables = Tables::make(database);
    if (!tables) return tables.problem();
    const SweepPlan& plan = folder.plan();
    tables.value().add_text("plan", json_pages(plan.document));
    const auto scenario = read_whole(folder.path() + "/" + plan.original.name + ".cascade.json",
                                     kLargestPlan, "the sweep's scenario");
    if (!scenario) return scenario.problem();
    tables.value().add_text("scenario", scenario.value());
    MergeReport report{.cells = folder.cells().size(), .whole = 0, .failed = 0, .content = 0};
    for (const SweepCell& cell : folder.cells()) {
        const auto& result = results.value()[cell.index];
        if (!result) continue;
        ++report.whole;
        report.failed += !result->error.empty();
        tables.value().add(cell, *result);
        if (with_timings) tables.value().add_timing(cell, result->timing);
    }
    if (tables.value().problem()) return *tables.value().problem();
    report.content = tables.value().content();
    return report;
}

Result<MergeReport> write_tables(const std::string& path, const SweepFolder& folder,
                                 bool with_timings) {
    auto database = Database::open(
        path, {.read_only = false, .create = true, .wal = false, .busy_timeout_ms = 0});
    if (!database) return database.problem();
    // What is not whole in the end is thrown away: nothing has to be kept safe on the way.
    if (const Status set = database.value().exec("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF");
        !set)
        return set.problem();
    auto transaction = database.value().begin();
    if (!transaction) return transaction.problem();
    const auto report = fill(database.value(), folder, with_timings);
    if (!report) return report.problem();
    if (const Status done = transaction.value().commit(); !done) return done.problem();
    return report;
}

}  // namespace

Result<MergeReport> merge_results(const SweepFolder& folder, bool with_timings) {
    const std::string draft = folder.results_path() + ".part";
    std::error_code error;
    fs::remove(draft, error);
    auto report = write_tables(draft, folder, with_timings);
    if (!report) {
        fs::remove(draft, error);
        return report.problem();
    }
    fs::rename(draft, folder.results_path(), error);
    if (error)
        return Problem{folder.results_path(), "", error.message(), "a place that can be written",
                       ExitCode::input_output};
    return report;
}

}  // namespace cascadelab
