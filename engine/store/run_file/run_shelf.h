// The folder in which runs are kept while they are made: a run file each, newest first, under a
// limit. What another program has open there is never removed. One thread a RunShelf.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

struct KeptRun {
    std::string path;
    std::string title;        // of its scenario
    std::uint64_t ticks = 0;  // committed
    std::uint64_t bytes = 0;
};

class RunShelf {
  public:
    RunShelf(std::string folder, double limit_mib)
        : m_folder(std::move(folder)), m_limit_mib(limit_mib) {}

    // A free path for a run of this scenario that begins now; makes the folder, and room in it.
    Result<std::string> new_path(const Scenario& scenario) const;
    // The newest runs that can be read, at most `most`; what is no run file is passed over.
    std::vector<KeptRun> newest(std::size_t most) const;
    // Removes the oldest runs until the rest is within the limit; those that are being written
    // stay.
    void make_room() const;

  private:
    std::string m_folder;
    double m_limit_mib;
};

}  // namespace cascadelab
