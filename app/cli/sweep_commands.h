// The commands that begin with sweep, one function each, and what they are asked: as in commands.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"

namespace cascadelab {

// How the cells of a sweep are computed.
struct SweepWork {
    std::string engine = "local";  // or "slurm"
    int workers = 0;               // processes at once; 0: one a core
    std::string shard;             // "i/n"; empty: all cells
    std::string partition, time, memory;
    std::size_t chunk = 0;  // cells a task of Slurm; 0: as it fits
    bool wait = false;      // for Slurm
    bool progress = false;
};
struct SweepRequest {
    std::string plan, folder;
    bool dry_run = false;  // list the cells, run nothing
    SweepWork work;
};
ExitCode sweep_command(const SweepRequest& request);
ExitCode sweep_resume_command(const SweepRequest& request);

struct SweepFolderRequest {
    std::string folder;
    bool without_timings = false;
};
ExitCode sweep_status_command(const SweepFolderRequest& request);
ExitCode sweep_merge_command(const SweepFolderRequest& request);
ExitCode sweep_cancel_command(const SweepFolderRequest& request);

struct SweepReportRequest {
    std::string folder;
    std::string html;  // write one page of HTML there
    bool csv = false;  // every cell on stdout instead of the report
    std::optional<std::int64_t> day;
    std::string group = "all";
    std::vector<std::string> metrics;   // which parameter moves it most
    std::vector<std::string> frontier;  // "metric=least" or "metric=most"
    std::string best;                   // the same
    std::vector<std::string> under;     // "metric=150"
    std::string better;                 // "A,B", numbers of choices
    double error_rate = 0.05;
    std::optional<double> difference;  // the smallest that matters
};
ExitCode sweep_report_command(const SweepReportRequest& request);
ExitCode sweep_schema_command();

}  // namespace cascadelab
