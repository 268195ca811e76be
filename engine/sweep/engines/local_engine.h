// Runs the cells of a folder on this machine: a process a cell, as many at once as there are cores
// and memory for. A process that is killed loses its cell and nothing else. The caller has one
// thread: a process with more must start the program instead.
#pragma once

#include <functional>
#include <vector>

#include "engine/sweep/cells/sweep_folder.h"

namespace cascadelab {

// The part index of count, from 1: every count-th cell.
struct Shard {
    std::size_t index = 1, count = 1;
};

struct LocalProgress {
    std::size_t done = 0, all = 0;  // cells of the shard: whole, in it
    std::size_t running = 0;
};

struct LocalOptions {
    int workers = 0;  // processes at once, a core each; 0: as many as the machine has
    Shard shard;
    // Called ten times a second and after every cell; false stops what runs and begins nothing
    // more.
    std::function<bool(const LocalProgress&)> go_on;
};

struct LocalReport {
    std::size_t ran = 0;          // cells whose result was written now
    std::size_t lost = 0;         // whose process was killed or broke off
    std::size_t elsewhere = 0;    // that other processes were computing at the time
    std::size_t missing = 0;      // of the shard, still without a result
    bool is_stopped = false;      // by go_on or by cancel
    bool is_over_budget = false;  // the plan's minutes were over before all was begun
    std::vector<Problem>
        problems;  // of files that could not be written: then nothing more is begun
};

// Runs what has no result yet, in the order of the cells. While there are as many cells as cores
// each has one thread; what is left over shares the cores.
LocalReport run_local(const SweepFolder& folder, const LocalOptions& options);

}  // namespace cascadelab
