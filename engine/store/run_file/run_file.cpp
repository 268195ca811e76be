#include "engine/store/run_file/run_file.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/store/run_file/run_place.h"
#include "engine/store/run_file/run_tables.h"
#include "engine/store/scenario/command_json.h"

namespace cascadelab {
namespace {

enum Insert : std::size_t {
    kJournal,
    kTick,
    kMetric,
    kReference,
    kTrace,
    kCandidate,
    kFrame,
    kProfile
};
constexpr std::array kInsertSql = {
    "INSERT INTO journal VALUES (?, ?, ?)",
    "INSERT INTO ticks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO metrics VALUES (?, ?, ?, ?)",
    "INSERT INTO reference_metrics VALUES (?, ?, ?, ?, ?)",
    "INSERT INTO traces VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "INSERT INTO frames VALUES (?, ?, ?)",
    "INSERT OR REPLACE INTO profile VALUES (?, ?, ?)",
};

std::int64_t bits(std::uint64_t hash) {
    return static_cast<std::int64_t>(hash);
}

// A failed write in the words a person can act on.
Status stored(const Status& status) {
    if (status) return status;
    Problem problem = status.problem();
    problem.path = "";
    problem.expected = "room and permission to write the run file";
    return problem;
}

}  // namespace

RunFile::RunFile(Descriptor lock, std::string name, Database database, DomainPackName pack)
    : m_lock(std::move(lock)),
      m_name(std::move(name)),
      m_database(std::move(database)),
      m_pack(pack) {}

RunFile::~RunFile() {
    // Whoever wants to know how it went asks finish(); a log that stays is taken up by a reader.
    if (m_lock.number() < 0) return;
    m_inserts.clear();
    (void)m_database.leave_wal();
}

Result<RunFile> RunFile::create(const std::string& path, const Scenario& scenario) {
    // Empty but whole before it has a name: nobody ever sees half of one.
    Database empty = Database::in_memory();
    if (const Status made = make_run_tables(empty, scenario); !made) return made.problem();
    auto placed = place_run_file(path, empty.bytes());
    if (!placed) return placed.problem();
    auto& [name, lock] = placed.value();
    auto database = Database::open(name, {.wal = true});
    if (!database) return stored(database.problem()).problem();
    RunFile file(std::move(lock), std::move(name), std::move(database.value()),
                 scenario.params.world.pack);
    if (const Status ready = file.prepare(); !ready) return ready.problem();
    return file;
}

Result<RunFile> RunFile::scratch(const Scenario& scenario) {
    RunFile file({}, "", Database::scratch(), scenario.params.world.pack);
    if (const Status made = make_run_tables(file.m_database, scenario); !made)
        return made.problem();
    if (const Status ready = file.prepare(); !ready) return ready.problem();
    return file;
}

Status RunFile::still_there() const {
    if (m_lock.number() < 0 || identity_of(m_name) == identity_of(m_lock)) return Done{};
    const bool free = identity_of(m_name) == FileIdentity{};
    return Problem{
        m_name, "",
        std::string(free ? "no file" : "another file") + " where the run was being written",
        "the run file left alone until the run is over", ExitCode::input_output};
}

Status RunFile::finish() {
    if (m_lock.number() < 0) return Done{};
    const auto left = m_database.leave_wal();
    if (!left) return stored(left.problem());
    if (const Status there = still_there(); !there) return there;
    // Read with other eyes: what was cut off the log is missed by nobody who wrote it.
    auto written = open_run_file(m_name);
    if (!written) return stored(written.problem());
    auto query = written.value().prepare("SELECT count(*) FROM ticks");
    if (!query) return stored(query.problem());
    const auto row = query.value().step();
    if (!row) return stored(row.problem());
    const auto ticks = static_cast<std::uint64_t>(query.value().integer(0));
    if (ticks == m_last_tick) return Done{};
    return Problem{m_name, "",
                   std::to_string(ticks) + " of the " + std::to_string(m_last_tick) +
                       " ticks that were written",
                   "the run file left alone until the run is over", ExitCode::input_output};
}

Status RunFile::prepare() {
    for (const char* sql : kInsertSql) {
        auto statement = m_database.prepare(sql);
        if (!statement) return statement.problem();
        m_inserts.push_back(std::move(statement.value()));
    }
    return Done{};
}

Status RunFile::write(const TickReport& report, const Frame* frame) {
    if (const Status there = still_there(); !there) return there;
    auto transaction = m_database.begin();
    if (!transaction) return stored(transaction.problem());
    const auto tick = static_cast<std::int64_t>(report.tick);
    Statement& row = m_inserts[kTick];
    row.bind(1, tick).bind(2, report.now_s).bind(9, static_cast<std::int64_t>(report.requests));
    const Hashes& h = report.hashes;
    int column = 3;
    for (const auto hash : {h.params, h.world, h.features, h.models, h.log, h.metrics}) {
        row.bind(column++, bits(hash));
    }
    if (const Status status = row.run(); !status) return stored(status);
    if (const Status status = write_journal(report); !status) return stored(status);
    if (const Status status = write_metrics(report); !status) return stored(status);
    if (const Status status = write_references(report); !status) return stored(status);
    for (const auto& trace : report.traces) {
        if (const Status status = write_trace(report.tick, *trace); !status) return stored(status);
    }
    if (frame != nullptr) {
        Statement& picture = m_inserts[kFrame];
        picture.bind(1, tick).bind(2, report.now_s);
        picture.bind(3, std::span<const std::byte>(encode_frame(*frame)));
        if (const Status status = picture.run(); !status) return stored(status);
    }
    if (const Status done = transaction.value().commit(); !done) return stored(done);
    m_last_tick = report.tick;
    return Done{};
}

Status RunFile::write_journal(const TickReport& report) {
    Statement& row = m_inserts[kJournal];
    std::int64_t place = 0;
    for (const Command& command : report.applied) {
        row.bind(1, static_cast<std::int64_t>(report.tick)).bind(2, place++);
        row.bind(3, std::string_view(command_line(command, m_pack)));
        if (const Status status = row.run(); !status) return status;
    }
    return Done{};
}

Status RunFile::write_metrics(const TickReport& report) {
    if (!report.metrics) return Done{};
    Statement& row = m_inserts[kMetric];
    for (std::size_t metric = 0; metric < enum_count<Metric>; ++metric) {
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            row.bind(1, static_cast<std::int64_t>(report.tick));
            row.bind(2, metric_info(static_cast<Metric>(metric)).name).bind(3, group_name(group));
            const float value = report.metrics->value[metric][group];
            std::isnan(value) ? row.bind_null(4) : row.bind(4, static_cast<double>(value));
            if (const Status status = row.run(); !status) return status;
        }
    }
    return Done{};
}

// What a page alone has, on the pages that stand beside those shown.
Status RunFile::write_references(const TickReport& report) {
    if (!report.metrics) return Done{};
    Statement& row = m_inserts[kReference];
    for (const Reference reference : every<Reference>) {
        const MetricValues& values = report.metrics->reference[reference];
        for (std::size_t metric = 0; metric < enum_count<Metric>; ++metric) {
            if (!has_reference(static_cast<Metric>(metric))) continue;
            for (std::size_t group = 0; group < kGroupCount; ++group) {
                row.bind(1, static_cast<std::int64_t>(report.tick));
                row.bind(2, reference_name(reference));
                row.bind(3, metric_info(static_cast<Metric>(metric)).name);
                row.bind(4, group_name(group));
                const float value = values[metric][group];
                std::isnan(value) ? row.bind_null(5) : row.bind(5, static_cast<double>(value));
                if (const Status status = row.run(); !status) return status;
            }
        }
    }
    return Done{};
}

Status RunFile::write_trace(std::uint64_t tick, const CascadeTrace& trace) {
    Statement& request = m_inserts[kTrace];
    const auto whole = [](auto number) { return static_cast<std::int64_t>(number); };
    request.bind(1, whole(tick)).bind(2, trace.now_s);
    request.bind(3, whole(trace.person.index())).bind(4, whole(trace.request));
    request.bind(5, whole(trace.counts.merged)).bind(6, whole(trace.counts.filtered));
    request.bind(7, whole(trace.counts.ranked)).bind(8, whole(trace.counts.slate));
    if (const Status status = request.run(); !status) return status;
    const std::int64_t id = m_database.last_row_id();
    Statement& row = m_inserts[kCandidate];
    std::int64_t place = 0;
    for (const Candidate& candidate : trace.candidates) {
        row.bind(1, id).bind(2, place++).bind(3, whole(candidate.item.index()));
        row.bind(4, whole(candidate.source)).bind(5, whole(candidate.fate));
        candidate.position < 0 ? row.bind_null(6) : row.bind(6, whole(candidate.position));
        candidate.rank == kUnranked ? row.bind_null(7) : row.bind(7, whole(candidate.rank));
        int column = 8;
        for (const float score : {candidate.retrieval_score, candidate.click, candidate.watch,
                                  candidate.like, candidate.not_interested, candidate.value}) {
            row.bind(column++, static_cast<double>(score));
        }
        if (const Status status = row.run(); !status) return status;
    }
    return Done{};
}

Status RunFile::write_profile(std::span<const ProfileEntry> profile) {
    auto transaction = m_database.begin();
    if (!transaction) return stored(transaction.problem());
    Statement& row = m_inserts[kProfile];
    for (const ProfileEntry& entry : profile) {
        row.bind(1, std::string_view(entry.name)).bind(2, entry.seconds);
        row.bind(3, static_cast<std::int64_t>(entry.count));
        if (const Status status = row.run(); !status) return stored(status);
    }
    return stored(transaction.value().commit());
}

Status RunFile::forget_after(std::uint64_t tick) {
    auto transaction = m_database.begin();
    if (!transaction) return stored(transaction.problem());
    const std::string later = " WHERE tick > " + std::to_string(tick) + ";";
    std::string sql = "DELETE FROM candidates WHERE trace IN (SELECT id FROM traces" +
                      later.substr(0, later.size() - 1) + ");";
    for (const char* table :
         {"traces", "journal", "ticks", "metrics", "reference_metrics", "frames"}) {
        sql += std::string("DELETE FROM ") + table + later;
    }
    if (const Status status = m_database.exec(sql); !status) return stored(status);
    m_last_tick = std::min(m_last_tick, tick);
    m_known_items.clear();  // the frame that held them may be gone: the next one repeats them
    return stored(transaction.value().commit());
}

Status RunFile::save_copy(const std::string& path) {
    if (identity_of(path) == identity_of(m_lock)) {
        return Problem{path, "", "the run's own file", "another name for the copy",
                       ExitCode::input_output};
    }
    return place_run_copy(path, [&](const std::string& neighbour) -> Status {
        auto copy = m_database.prepare("VACUUM INTO ?");
        if (!copy) return stored(copy.problem());
        copy.value().bind(1, std::string_view(plain_name(neighbour)));
        return stored(copy.value().run());
    });
}

Result<std::optional<Frame>> RunFile::frame_at(Seconds time_s) {
    auto query =
        m_database.prepare("SELECT bytes FROM frames WHERE time_s <= ? ORDER BY time_s DESC");
    if (!query) return query.problem();
    query.value().bind(1, time_s);
    // Back to the frame that begins the row of items, then forward over what each added.
    std::vector<Frame> frames;
    while (frames.empty() || frames.back().items_kept > 0) {
        const auto row = query.value().step();
        if (!row) return row.problem();
        if (!row.value()) break;
        auto frame = decode_frame(query.value().blob(0));
        if (!frame) return Problem{"run file", "frames", "a damaged frame", "a whole one"};
        frames.push_back(std::move(*frame));
    }
    if (frames.empty() || frames.back().items_kept > 0) return std::optional<Frame>();
    return std::optional(joined_frames(std::move(frames)));
}

}  // namespace cascadelab
