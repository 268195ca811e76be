// sweep: a plan's cells on this machine or on a cluster, what has become of them, and their results
// in one file.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include "app/cli/console.h"
#include "app/cli/sweep_commands.h"
#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/sweep/cells/merge.h"
#include "engine/sweep/engines/local_engine.h"
#include "engine/sweep/engines/slurm_engine.h"

namespace cascadelab {
namespace {

std::string cells_text(std::size_t count) {
    return grouped_text(static_cast<std::int64_t>(count)) + (count == 1 ? " cell" : " cells");
}

// "2/8"; nothing: all.
Result<Shard> read_shard(const std::string& text) {
    if (text.empty()) return Shard{};
    const auto slash = text.find('/');
    const auto index = parse_integer(text.substr(0, slash));
    const auto count =
        slash == std::string::npos ? std::nullopt : parse_integer(text.substr(slash + 1));
    if (index && count && *index >= 1 && *count <= 1000000 && *index <= *count)
        return Shard{static_cast<std::size_t>(*index), static_cast<std::size_t>(*count)};
    return Problem{"--shard", "", cascadelab::quoted(text), "i/n with i from 1 to n",
                   ExitCode::usage};
}

ExitCode merge(const SweepFolder& folder, bool with_timings) {
    const auto report = merge_results(folder, with_timings);
    if (!report) return complain(report.problem());
    const MergeReport& done = report.value();
    answer(folder.results_path() + ": " + cells_text(done.whole) + " of " +
           grouped_text(static_cast<std::int64_t>(done.cells)) + ", content " +
           hash_text(done.content) + "\n");
    if (done.failed == 0) return ExitCode::ok;
    say(cells_text(done.failed) + " ended with an error; table cells, column error, says which");
    return ExitCode::failed;
}

ExitCode run_here(const SweepFolder& folder, const SweepWork& work, const Shard& shard) {
    set_interrupt_handler();
    std::signal(SIGTERM, [](int) { std::raise(SIGINT); });  // is asked as politely
    LocalReport report;
    {
        ProgressBar bar(work.progress);
        LocalOptions options{.workers = work.workers, .shard = shard, .go_on = {}};
        options.go_on = [&](const LocalProgress& progress) {
            bar.show(
                static_cast<double>(progress.done) / static_cast<double>(progress.all),
                cells_text(progress.done) + ", " + std::to_string(progress.running) + " running");
            return !interrupted();
        };
        report = run_local(folder, options);
    }
    for (const Problem& problem : report.problems) complain(problem);
    if (report.missing > 0) {
        const std::string why = report.is_stopped       ? "stopped: "
                                : report.is_over_budget ? "the budget of minutes is over: "
                                : report.lost > 0       ? "processes were lost: "
                                : report.elsewhere > 0  ? "others are computing on: "
                                                        : "";
        say(why + cells_text(report.missing) + " without a result; sweep resume " + folder.path() +
            " runs them");
    }
    if (interrupted()) return ExitCode::interrupted;
    if (!report.problems.empty()) return ExitCode::input_output;
    // A shard leaves it to whoever waits for all of them.
    if (shard.count == 1 && report.missing == 0) return merge(folder, true);
    return report.missing == 0 ? ExitCode::ok : ExitCode::failed;
}

ExitCode run_on_slurm(const SweepFolder& folder, const SweepWork& work) {
    const auto tasks = slurm_tasks(folder);
    if (!tasks) return complain(tasks.problem());
    if (tasks.value() > 0)
        return complain({folder.path(), "",
                         std::to_string(tasks.value()) + " tasks of a job that is not over",
                         "to wait for it, or sweep cancel", ExitCode::input_output});
    const auto job =
        submit_slurm(folder, {.program = std::filesystem::read_symlink("/proc/self/exe").string(),
                              .partition = work.partition,
                              .time = work.time,
                              .memory = work.memory,
                              .chunk = work.chunk,
                              .wait = work.wait});
    if (!job) return complain(job.problem());
    if (job.value().empty() || work.wait) return merge(folder, true);
    say("job " + job.value() + " is submitted; sweep status " + folder.path() +
        " says how far it is, sweep merge joins what is whole");
    return ExitCode::ok;
}

ExitCode run(const SweepFolder& folder, const SweepWork& work) {
    const auto shard = read_shard(work.shard);
    if (!shard) return complain(shard.problem());
    // One shard of many does not take back that all were cancelled.
    if (work.shard.empty()) folder.allow();
    return work.engine == "slurm" ? run_on_slurm(folder, work)
                                  : run_here(folder, work, shard.value());
}

void print_cells(const SweepPlan& plan) {
    const std::vector<SweepCell> cells = sweep_cells(plan);
    std::string text = "cell  id                seed  settings\n";
    for (const SweepCell& cell : cells) {
        text += std::to_string(cell.index) + "  " + cell.id + "  " + std::to_string(cell.seed) +
                "  " + settings_text(cell.settings) + "\n";
    }
    answer(text);
    say(cells_text(cells.size()) + ": " + plan.title);
}

}  // namespace

ExitCode sweep_command(const SweepRequest& request) {
    const auto plan = read_sweep_plan(request.plan);
    if (!plan) return complain(plan.problem());
    if (request.dry_run) {
        print_cells(plan.value());
        return ExitCode::ok;
    }
    const auto folder = SweepFolder::make(request.folder, plan.value());
    if (!folder) return complain(folder.problem());
    return run(folder.value(), request.work);
}

ExitCode sweep_resume_command(const SweepRequest& request) {
    const auto folder = SweepFolder::open(request.folder);
    if (!folder) return complain(folder.problem());
    return run(folder.value(), request.work);
}

ExitCode sweep_status_command(const SweepFolderRequest& request) {
    const auto opened = SweepFolder::open(request.folder);
    if (!opened) return complain(opened.problem());
    const SweepFolder& folder = opened.value();
    const std::vector<bool> whole = folder.whole();
    const auto done = static_cast<std::size_t>(std::ranges::count(whole, true));
    answer(cells_text(whole.size()) + ": " + std::to_string(done) + " whole, " +
           std::to_string(claimed_count(folder)) + " running, " +
           std::to_string(whole.size() - done) + " without a result" +
           (folder.is_cancelled() ? ", cancelled\n" : "\n"));
    const auto tasks = slurm_tasks(folder);
    if (tasks && tasks.value() > 0)
        answer(std::to_string(tasks.value()) + " tasks of Slurm are waiting or running\n");
    return ExitCode::ok;
}

ExitCode sweep_merge_command(const SweepFolderRequest& request) {
    const auto folder = SweepFolder::open(request.folder);
    if (!folder) return complain(folder.problem());
    return merge(folder.value(), !request.without_timings);
}

ExitCode sweep_cancel_command(const SweepFolderRequest& request) {
    const auto folder = SweepFolder::open(request.folder);
    if (!folder) return complain(folder.problem());
    if (const Status done = folder.value().cancel(); !done) return complain(done.problem());
    if (const Status done = cancel_slurm(folder.value()); !done) return complain(done.problem());
    say("cancelled: whoever works on " + request.folder + " ends within a second");
    return ExitCode::ok;
}

ExitCode sweep_schema_command() {
    answer(sweep_schema());
    return ExitCode::ok;
}

}  // namespace cascadelab
