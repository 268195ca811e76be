// The run file (*.cascade): a run as one SQLite application file. It holds the scenario, every
// command that was applied, a hash a tick, metrics, sampled requests, frames and the profile; the
// rest comes back by running it again. One transaction a tick in a write-ahead log: after a kill it
// opens and holds every committed tick. One thread a RunFile.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/sqlite.h"
#include "engine/sim/simulation.h"
#include "engine/store/run_file/frame.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

inline constexpr std::int32_t kRunFileId = 0x43534C42;  // "CSLB", SQLite's application_id
inline constexpr std::int32_t kRunFileVersion = 1;      // SQLite's user_version

struct JournalEntry {
    std::uint64_t tick = 0;  // the tick before which it was applied, 1 for the first
    Command command;
};

struct TickRecord {
    std::uint64_t tick = 0;
    Seconds time_s = 0;  // at its end
    Hashes hashes;
};

// What is read back of a run: enough to run it again and compare.
struct RunRecord {
    Scenario scenario;
    std::vector<JournalEntry> journal;
    std::vector<TickRecord> ticks;  // in order
};

// The run as a scenario: its timeline is what was applied, whoever asked for it.
Scenario recorded_scenario(const RunRecord& record);

class RunFile {
  public:
    // Replaces a run file that stands at the path; any other file there is refused.
    static Result<RunFile> create(const std::string& path, const Scenario& scenario);

    // One committed transaction; a frame when given.
    Status write(const TickReport& report, const Frame* frame);
    Status write_profile(std::span<const ProfileEntry> profile);
    Status forget_after(std::uint64_t tick);  // history goes another way from there
    // The file as it stands now, whole, under another name; what stands there is replaced if it is
    // a run file, and refused otherwise.
    Status save_copy(const std::string& path);
    // The last frame at or before a moment, with all its items; none where none was written.
    Result<std::optional<Frame>> frame_at(Seconds time_s);
    // A picture of now, against the frame written last.
    Frame frame_of(const Snapshot& snapshot) { return make_frame(snapshot, m_known_items); }

  private:
    RunFile(Database database, DomainPackName pack);
    Status prepare();
    Status write_journal(const TickReport& report);
    Status write_metrics(const TickReport& report);
    Status write_references(const TickReport& report);
    Status write_trace(std::uint64_t tick, const CascadeTrace& trace);

    Database m_database;
    DomainPackName m_pack;
    std::vector<Statement> m_inserts;  // one a table, in the order of run_file.cpp
    FramePoints m_known_items;         // as of the last frame
};

// What a list of runs says of one: read without its journal and its ticks.
struct RunHead {
    std::string title;
    std::uint64_t ticks = 0;
};
Result<RunHead> read_run_head(const std::string& path);
Result<RunRecord> read_run_file(const std::string& path);
// What a window can play: a scenario file, or a run file as the scenario it recorded, so that
// playing it does the same again.
Result<Scenario> read_playable(const std::string& path);

// A table as CSV (RFC 4180) with a heading; sink is called a line at a time.
std::vector<std::string> run_file_tables();
Status export_table(const std::string& path, const std::string& table,
                    const std::function<void(const std::string&)>& sink);

}  // namespace cascadelab
