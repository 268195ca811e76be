// The run file (*.cascade): a run as one SQLite application file. It holds the scenario, every
// command that was applied, a hash a tick, metrics, sampled requests, frames and the profile; the
// rest comes back by running it again. One transaction a tick in a write-ahead log: after a kill it
// opens and holds every committed tick. While it is written nobody else may write it, and when it
// is done it is one file that can be read anywhere. One thread a RunFile.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/plain_file.h"
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
    // Made beside and put in the place of a run file that stands at the path, or of an empty one
    // that a run left which could not begin; any other file there is refused, and one that another
    // run is writing.
    static Result<RunFile> create(const std::string& path, const Scenario& scenario);
    // One that nobody else sees: what a run would write.
    static Result<RunFile> scratch(const Scenario& scenario);
    RunFile(RunFile&&) noexcept = default;
    RunFile& operator=(RunFile&&) = delete;
    ~RunFile();

    // One committed transaction; a frame when given.
    Status write(const TickReport& report, const Frame* frame);
    Status write_profile(std::span<const ProfileEntry> profile);
    Status forget_after(std::uint64_t tick);  // history goes another way from there
    // Takes the log into the file and reads it again: a Problem when it is not what was written.
    Status finish();
    // The file as it stands now, whole, under another name; what stands there is replaced if it is
    // a run file, and refused otherwise.
    Status save_copy(const std::string& path);
    // The last frame at or before a moment, with all its items; none where none was written.
    Result<std::optional<Frame>> frame_at(Seconds time_s);
    // A picture of now, against the frame written last.
    Frame frame_of(const Snapshot& snapshot) { return make_frame(snapshot, m_known_items); }
    Database& database() { return m_database; }

  private:
    RunFile(Descriptor lock, std::string name, Database database, DomainPackName pack);
    Status still_there() const;  // under its name
    Status prepare();
    Status write_journal(const TickReport& report);
    Status write_metrics(const TickReport& report);
    Status write_references(const TickReport& report);
    Status write_trace(std::uint64_t tick, const CascadeTrace& trace);

    Descriptor m_lock;   // held until all else is closed; -1: a scratch file
    std::string m_name;  // where links led when it was made
    Database m_database;
    DomainPackName m_pack;
    std::vector<Statement> m_inserts;  // one a table, in the order of run_file.cpp
    FramePoints m_known_items;         // as of the last frame
    std::uint64_t m_last_tick = 0;     // that was committed
};

inline constexpr std::int64_t kMostJournalRows = 100'000;  // of a run that is read

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

// Puts what a run has committed into its file and takes the log away, from outside of who writes it
// and is about to be cut off: the process must end at once. Gives the ticks that are in the file.
Result<std::uint64_t> settle_run_file(const std::string& path);

// A table as CSV (RFC 4180) with a heading; sink is called a line at a time.
std::vector<std::string> run_file_tables();
Status export_table(const std::string& path, const std::string& table,
                    const std::function<void(const std::string&)>& sink);

}  // namespace cascadelab
