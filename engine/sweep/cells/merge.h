// All whole results of a folder in one SQLite file. Any thread.
#pragma once

#include <cstdint>

#include "engine/sweep/cells/sweep_folder.h"

namespace cascadelab {

inline constexpr std::int32_t kSweepFileId = 0x43535750;  // "CSWP"
inline constexpr std::int32_t kSweepFileVersion = 1;

struct MergeReport {
    std::size_t cells = 0, whole = 0;
    std::size_t failed = 0;     // whole, with an error
    std::uint64_t content = 0;  // hash of all but the timings: the same from any engine and order
};

// Writes folder.results_path() anew, renamed when it is whole. Without timings files are the same
// byte for byte, too, whoever computed the cells in whatever order. Tables: sweep (plan and
// scenario as text), cells, settings, metrics, timings.
Result<MergeReport> merge_results(const SweepFolder& folder, bool with_timings = true);

}  // namespace cascadelab
