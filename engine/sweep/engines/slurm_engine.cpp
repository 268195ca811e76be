#include "engine/sweep/engines/slurm_engine.h"

#include <algorithm>
#include <filesystem>

#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/sweep/engines/program.h"

namespace cascadelab {
namespace {

constexpr std::size_t kMostTasks = 1000;  // what a cluster takes that says nothing else

std::string job_path(const SweepFolder& folder) {
    return folder.path() + "/slurm_job";
}

// The job that was submitted last; empty: none.
std::string job_of(const SweepFolder& folder) {
    constexpr std::size_t kLongestName = 4096;
    const auto text = read_whole(job_path(folder), kLongestName, "the number of a job");
    return text ? text.value().substr(0, text.value().find('\n')) : std::string();
}

// As one word of the shell.
std::string shell_word(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::size_t missing_count(const SweepFolder& folder) {
    const std::vector<bool> whole = folder.whole();
    return static_cast<std::size_t>(std::ranges::count_if(folder.cells(), [&](const auto& cell) {
        return cell.run_as == cell.index && !whole[cell.index];
    }));
}

Result<ProgramEnd> ask(const std::vector<std::string>& words) {
    const auto end = run_program(words);
    if (!end || end.value().code == 0) return end;
    return Problem{words.front(), "", first_line(end.value().said), "a job that Slurm takes",
                   ExitCode::input_output};
}

}  // namespace

std::string array_text(const SweepFolder& folder, std::size_t shards) {
    const std::vector<bool> whole = folder.whole();
    std::vector<bool> is_wanted(shards);
    for (const SweepCell& cell : folder.cells()) {
        if (cell.run_as == cell.index && !whole[cell.index]) is_wanted[cell.index % shards] = true;
    }
    std::vector<std::string> parts;
    for (std::size_t first = 0; first < shards; ++first) {
        if (!is_wanted[first]) continue;
        std::size_t last = first;
        while (last + 1 < shards && is_wanted[last + 1]) ++last;
        parts.push_back(first == last ? std::to_string(first + 1)
                                      : std::to_string(first + 1) + "-" + std::to_string(last + 1));
        first = last;
    }
    return join(parts, ",");
}

Result<std::string> submit_slurm(const SweepFolder& folder, const SlurmOptions& options) {
    const std::size_t missing = missing_count(folder);
    if (missing == 0) return std::string();
    const std::size_t all = folder.cells().size();
    const std::size_t least = (all + kMostTasks - 1) / kMostTasks;
    const std::size_t chunk = std::max<std::size_t>(1, options.chunk > 0 ? options.chunk : least);
    const std::size_t shards = (all + chunk - 1) / chunk;
    const std::string place = std::filesystem::absolute(folder.path()).lexically_normal();
    std::vector<std::string> words = {"sbatch",
                                      "--parsable",
                                      "--job-name=cascadelab-sweep",
                                      "--cpus-per-task=1",
                                      "--array=" + array_text(folder, shards),
                                      "--output=" + place + "/slurm-%a.log"};
    const auto add = [&](const char* option, const std::string& value) {
        if (!value.empty()) words.push_back(std::string(option) + value);
    };
    add("--partition=", options.partition);
    add("--time=", options.time);
    add("--mem=", options.memory);
    if (options.wait) words.emplace_back("--wait");
    words.push_back("--wrap=exec " + shell_word(options.program) + " sweep resume " +
                    shell_word(place) + " --workers 1 --shard \"$SLURM_ARRAY_TASK_ID/" +
                    std::to_string(shards) + "\"");
    // With --wait the code is the worst one of the tasks, and the job was taken all the same.
    const auto end = options.wait ? run_program(words) : ask(words);
    if (!end) return end.problem();
    const std::string job = first_line(end.value().said);
    if (job.empty() || job.find_first_not_of("0123456789") < 1)
        return Problem{"sbatch", "", job, "a job that Slurm takes", ExitCode::input_output};
    if (const Status kept = write_whole(job_path(folder), job + "\n"); !kept) return kept.problem();
    return job;
}

Result<std::size_t> slurm_tasks(const SweepFolder& folder) {
    const std::string job = job_of(folder);
    if (job.empty()) return std::size_t{0};
    const auto end = run_program({"squeue", "--noheader", "--array", "--jobs=" + job});
    if (!end) return end.problem();
    // A job that Slurm has forgotten is over.
    if (end.value().code != 0) return std::size_t{0};
    return static_cast<std::size_t>(std::ranges::count(end.value().said, '\n'));
}

Status cancel_slurm(const SweepFolder& folder) {
    const std::string job = job_of(folder);
    if (job.empty()) return Done{};
    const auto end = run_program({"scancel", job});
    if (!end) return end.problem();
    return Done{};
}

}  // namespace cascadelab
