// Where a sweep lies: its plan and scenario, one result a cell, and who is computing what. It may
// be shared between machines. Any thread; several processes at once.
//   plan.sweep.json, NAME.cascade.json   what is asked, apart from where it came from
//   cells/ID.json                        whole results
//   claims                               a byte a cell, locked by the process that computes it
//   cancelled                            while it stands nobody begins a cell
//   results.sqlite                       all whole results as tables, after a merge
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/sweep/cells/cell_result.h"

namespace cascadelab {

class SweepFolder {
  public:
    // Makes the folder, or takes one that holds the same sweep. Its parent must exist. A folder
    // with anything else in it is a Problem.
    static Result<SweepFolder> make(const std::string& path, const SweepPlan& plan);
    static Result<SweepFolder> open(const std::string& path);

    const std::string& path() const { return m_path; }
    const SweepPlan& plan() const { return m_plan; }
    const std::vector<SweepCell>& cells() const { return m_cells; }

    std::string result_path(const SweepCell& cell) const;
    std::string claims_path() const { return m_path + "/claims"; }
    std::string results_path() const { return m_path + "/results.sqlite"; }

    bool is_whole(const SweepCell& cell) const;  // by a look at the disk
    std::vector<bool> whole() const;             // all of them, by one look at the folder
    // The result of every cell that is whole; one that cannot be read is a Problem.
    Result<std::vector<std::optional<CellResult>>> results() const;

    Status cancel() const;  // asks all that work on the folder, on whatever machine, to end
    void allow() const;     // takes that back
    bool is_cancelled() const;

  private:
    SweepFolder(std::string path, SweepPlan plan);

    std::string m_path;
    SweepPlan m_plan;
    std::vector<SweepCell> m_cells;
};

// A claim on a cell: while it lives no other process computes the same cell. The kernel gives it
// back when the process ends, however it ends (a POSIX record lock, which network file systems keep
// too).
class Claim {
  public:
    // Nothing: another process has it.
    static Result<std::optional<Claim>> take(const SweepFolder& folder, const SweepCell& cell);
    Claim(Claim&& other) noexcept;
    Claim& operator=(Claim&&) = delete;
    ~Claim();

  private:
    explicit Claim(int file) : m_file(file) {}
    int m_file;
};
// How many cells other processes are computing now.
std::size_t claimed_count(const SweepFolder& folder);

}  // namespace cascadelab
