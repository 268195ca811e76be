// Does a run come out the same again? A run file is run again from its scenario and journal and
// compared with all that it recorded, hash by hash and row by row; a scenario is run on several
// numbers of threads and held against what it promises. One thread, which may use workers.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/run/headless.h"
#include "engine/store/run_file/run_file.h"

namespace cascadelab {

// The first tick that came out differently, and the first ingredient that moved.
struct Difference {
    std::uint64_t tick = 0;
    std::string ingredient;  // "world"
    std::uint64_t expected = 0, found = 0;
    std::string sentence() const;
};
std::optional<Difference> first_difference(const TickRecord& expected, const Hashes& found);

// share of the work done, 0..1; false ends it.
using VerifyProgress = std::function<bool(double share)>;

struct VerifyReport {
    std::uint64_t ticks = 0;               // compared
    std::uint64_t whole_ticks = 0;         // that the scenario has; more than ticks: a cut-off run
    bool complete = true;                  // false when progress ended it
    std::optional<Difference> difference;  // none: all the same
    std::optional<std::string> other_row;  // the first row that differs where no hash does
    std::vector<ExpectationResult> expectations;
    std::string hash;                     // of the whole run; empty for a run file
    std::optional<Problem> hash_problem;  // it is not the hash the scenario states
    bool held() const;
};

// Every committed tick, and what is recorded of it; goes on after the first difference only to the
// end of that tick. A file without a tick proves nothing: a Problem.
Result<VerifyReport> verify_run_file(const std::string& path, int threads,
                                     const VerifyProgress& progress);
// On 1 and on 2 threads.
Result<VerifyReport> verify_scenario(const Scenario& scenario, const VerifyProgress& progress);

}  // namespace cascadelab
