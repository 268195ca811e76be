// Hands the cells of a folder that all nodes share to Slurm, as one job array; nothing of ours
// schedules. A task is this same program on one shard of the folder. Any thread.
#pragma once

#include <string>

#include "engine/sweep/cells/sweep_folder.h"

namespace cascadelab {

struct SlurmOptions {
    std::string program;  // path of the command line program, the same on every node
    std::string partition, time, memory;  // as sbatch takes them; empty: the cluster's
    std::size_t chunk = 0;                // cells a task; 0: so many that a thousand tasks suffice
    bool wait = false;                    // until the job is over
};

// Submits what has no result yet; the answer is what Slurm calls the job, empty when nothing is
// missing. No sbatch, or a queue that refuses, is a Problem.
Result<std::string> submit_slurm(const SweepFolder& folder, const SlurmOptions& options);

// How many tasks of the folder's job are waiting or running; 0 without a job.
Result<std::size_t> slurm_tasks(const SweepFolder& folder);
Status cancel_slurm(const SweepFolder& folder);  // takes the job out of the queue, if there is one

// The shards of so many in which a cell is missing, as sbatch takes an array: "1-3,7".
std::string array_text(const SweepFolder& folder, std::size_t shards);

}  // namespace cascadelab
