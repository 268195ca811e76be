// The command line: reads what is asked and hands it to one function a command. Machine answers go
// to stdout, everything for people to stderr; exit codes are those of ExitCode.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <sstream>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/sweep_commands.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

using Chosen = std::function<ExitCode()>;  // what the command line asked for

// A subcommand that fills a request and, when it is the one asked for, leaves the call in chosen.
template <class Request>
CLI::App* add_command(CLI::App& app, const char* name, const char* help, Chosen& chosen,
                      ExitCode (*run)(const Request&),
                      const std::function<void(CLI::App&, Request&)>& declare) {
    CLI::App* command = app.add_subcommand(name, help);
    auto request = std::make_shared<Request>();
    declare(*command, *request);
    command->callback(
        [&chosen, request, run] { chosen = [request, run] { return run(*request); }; });
    return command;
}

// A whole number between two, inclusive.
CLI::Validator whole_number(std::int64_t least, std::int64_t most) {
    const std::string limits = std::to_string(least) + " to " + std::to_string(most);
    return CLI::Validator(
        [=](std::string& text) {
            const auto value = parse_integer(text);
            if (value && *value >= least && *value <= most) return std::string();
            return "found " + cascadelab::quoted(text) + ", expected a whole number from " + limits;
        },
        "INT in [" + limits + "]");
}

// A seed: all of 64 bits, and nothing that would be rounded or wrapped into them.
CLI::Validator seed_number() {
    return CLI::Validator(
        [](std::string& text) {
            if (parse_seed(text)) return std::string();
            return "found " + cascadelab::quoted(text) +
                   ", expected a whole number from 0 to 18446744073709551615";
        },
        "SEED");
}

void declare_choice(CLI::App& app, ScenarioChoice& choice) {
    app.add_option("scenario", choice.scenario, "A scenario file or its name")->required();
    app.add_option("--days", choice.days, "Days to run instead of the scenario's")
        ->check(whole_number(1, 3650));
    app.add_option("--seed", choice.seed, "Seed instead of the scenario's");
    app.add_option("--set", choice.settings, "key=value, as often as needed")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void declare_threads(CLI::App& app, int& threads) {
    app.add_option("--threads", threads, "Threads; the result is the same for any number")
        ->check(whole_number(1, 64))
        ->capture_default_str();
}

void declare_run(CLI::App& app, RunRequest& request) {
    declare_choice(app, request.choice);
    declare_threads(app, request.threads);
    CLI::Option* out =
        app.add_option("--out", request.out, "Write a run file (*.cascade)")
            ->check(CLI::Validator(
                [](std::string& name) {
                    return name.empty() ? "found an empty name, expected a file" : std::string();
                },
                "FILE"));
    CLI::Option* twin =
        app.add_option("--twin", request.twin,
                       "key=value: run the same world and random numbers once more with this "
                       "difference, and say what it caused; as often as needed")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->excludes(out);
    app.add_option("--seeds", request.seeds, "Pairs of twins, of the seed and those after it")
        ->check(whole_number(1, 1000))
        ->needs(twin)
        ->capture_default_str();
    app.add_flag("--json", request.json, "Hashes, daily metrics and profile as JSON on stdout");
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_verify(CLI::App& app, VerifyRequest& request) {
    app.add_option("target", request.target, "A run file (*.cascade) or a scenario")->required();
    declare_threads(app, request.threads);
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_inspect(CLI::App& app, InspectRequest& request) {
    declare_choice(app, request.choice);
    declare_threads(app, request.threads);
    app.add_option("--person", request.person, "Number of the person, from 0")->required();
    app.add_option("--day", request.day, "Day, from 1; the request is made at 20:00")->required();
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_export(CLI::App& app, ExportRequest& request) {
    app.add_option("run_file", request.run_file, "A run file (*.cascade)")->required();
    app.add_option("--table", request.table, "Which table")->required();
    app.add_flag("--csv")->description("As CSV, which is the only form");
}

void declare_bench(CLI::App& app, BenchRequest& request) {
    const auto size = [&](const char* name, std::int64_t& value, std::int64_t least,
                          const char* help) {
        app.add_option(name, value, help)
            ->check(whole_number(least, 10000000))
            ->capture_default_str();
    };
    // Fewer people and items answer too few pages to train on.
    size("--people", request.people, 100, "People");
    size("--items", request.items, 100, "Items");
    size("--candidates", request.candidates, 1, "Candidates a request");
    size("--trees", request.trees, 1, "Trees of the ranker, of depth 6");
    size("--requests", request.requests, 1, "Requests to measure");
    declare_threads(app, request.threads);
    app.add_flag("--hstu", request.hstu, "Time a whole epoch of HSTU, not a part of one");
    app.add_flag("--decoder", request.decoder,
                 "Training and beam search of the generative retriever instead");
    app.add_flag("--indexes", request.indexes,
                 "Recall and time of the vector indexes on synthetic vectors instead");
    app.add_option("--k", request.k, "Neighbours a query, with --indexes")
        ->check(whole_number(1, 100000))
        ->capture_default_str();
    app.add_option("--dims", request.dims, "Dimensions, with --indexes")
        ->check(whole_number(1, 1024))
        ->capture_default_str();
    app.add_flag("--json", request.json, "As JSON on stdout");
    CLI::Option* rankers = app.add_flag(
        "--rankers", request.rankers,
        "Quality, training time and scoring time of every kind of ranker on one log instead, and "
        "how each grows with the rows; takes --trees, --days, --rows");
    app.add_option("--days", request.days, "Days to live through before the log is read")
        ->check(whole_number(2, 60))
        ->capture_default_str()
        ->needs(rankers);
    app.add_option("--rows", request.rows, "Most impressions of the log")
        ->check(whole_number(5000, 500000))
        ->capture_default_str()
        ->needs(rankers);
}

void declare_evaluate(CLI::App& app, EvaluateRequest& request) {
    app.add_option(
           "path", request.path,
           "A MovieLens folder, or a file of users, items and perhaps ratings and timestamps")
        ->required();
    app.add_option("--model", request.models, "Models, separated by commas; all when left out")
        ->delimiter(',')
        ->allow_extra_args(false);
    app.add_option("--split", request.split, "leave-last-out, ratio (80/20 by time) or u1")
        ->capture_default_str();
    app.add_option("--columns", request.hints.columns,
                   "What the file's columns are, such as user,item,-,rating,timestamp");
    app.add_option("--separator", request.hints.separator, "One of , ; | :: tab space");
    app.add_option("--time-unit", request.hints.time_unit,
                   "Of the timestamps: s, ms, us, ns or date");
    app.add_option("--duplicates", request.duplicates,
                   "Of a pair that is rated again: refuse, first, last or count")
        ->capture_default_str();
    app.add_option("--min-rating", request.min_rating, "Lowest rating that is an event");
    app.add_option("--seed", request.seed, "Seed of what is trained")
        ->check(seed_number())
        ->capture_default_str();
    app.add_flag("--json", request.json, "As JSON on stdout");
    app.add_flag("--curve", request.curve, "Learning curves below the table");
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_reproduce(CLI::App& app, ReproduceRequest& request) {
    auto* name = app.add_option("name", request.name, "A study's name, or all");
    auto* list = app.add_flag("--list", request.list, "Name the studies and their sources");
    name->excludes(list);
    declare_threads(app, request.threads);
    app.add_option("--seed", request.seed, "Seed of the random numbers")
        ->check(seed_number())
        ->capture_default_str();
    app.add_flag("--json", request.json, "As JSON on stdout");
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_params(CLI::App& app, ParamsForm& form) {
    auto* json = app.add_flag_callback(
        "--json", [&] { form = ParamsForm::json; }, "As JSON");
    app.add_flag_callback(
           "--markdown", [&] { form = ParamsForm::markdown; }, "As a table in Markdown")
        ->excludes(json);
}

void declare_work(CLI::App& app, SweepWork& work) {
    app.add_option("--engine", work.engine, "local: processes of this machine; slurm: a job array")
        ->check(CLI::IsMember({"local", "slurm"}))
        ->capture_default_str();
    app.add_option("--workers", work.workers, "Processes at once; one a core when left out")
        ->check(CLI::Range(1, 1024));
    app.add_option("--shard", work.shard, "i/n: every n-th cell from the i-th on");
    app.add_option("--partition", work.partition, "Of Slurm");
    app.add_option("--time", work.time, "Of a task of Slurm, as sbatch takes it");
    app.add_option("--mem", work.memory, "Of a task of Slurm, as sbatch takes it");
    app.add_option("--chunk", work.chunk, "Cells a task of Slurm; as it fits when left out")
        ->check(CLI::Range(1, 1000000));
    app.add_flag("--wait", work.wait, "Wait until Slurm is done, then merge");
    app.add_flag("--progress", work.progress, "Progress bar also when stderr is no terminal");
}

void declare_folder(CLI::App& app, SweepFolderRequest& request) {
    app.add_option("folder", request.folder, "A sweep's folder")->required();
}

void declare_sweep_report(CLI::App& app, SweepReportRequest& request) {
    const auto several = [&](const char* name, std::vector<std::string>& values, const char* help) {
        app.add_option(name, values, help)
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    };
    app.add_option("folder", request.folder, "A sweep's folder")->required();
    app.add_option("--html", request.html, "Write one page with plots there as well");
    app.add_flag("--csv", request.csv, "Every cell as CSV on stdout instead");
    app.add_option("--day", request.day, "Day; the last that is kept when left out");
    app.add_option("--group", request.group, "Group of people")->capture_default_str();
    several("--metric", request.metrics, "METRIC: which parameter moves it most");
    several("--goal", request.frontier, "METRIC=least or =most: the frontier over all of them");
    app.add_option("--best", request.best, "METRIC=least or =most: the best settings");
    several("--under", request.under, "METRIC=VALUE: that keep this bound");
    CLI::Option* better = app.add_option(
        "--better", request.better, "A,B: is choice A more than choice B, by the first metric");
    app.add_option("--error-rate", request.error_rate, "Of that answer")
        ->check(CLI::Range(0.0001, 0.5))
        ->needs(better)
        ->capture_default_str();
    app.add_option("--difference", request.difference,
                   "The smallest that matters: also how many seeds it takes to see it")
        ->check(CLI::PositiveNumber);
}

void declare_sweep(CLI::App& app, SweepRequest& request) {
    app.add_option("plan", request.plan, "A plan (*.sweep.json)");
    app.add_option("--out", request.folder, "Folder of the results");
    app.add_flag("--dry-run", request.dry_run, "List the cells, run nothing");
    declare_work(app, request.work);
}

void declare_sweep_parts(CLI::App& sweep, Chosen& chosen) {
    add_command<SweepRequest>(
        sweep, "resume", "Run the cells of a folder that have no result", chosen,
        sweep_resume_command, [](CLI::App& command, SweepRequest& request) {
            command.add_option("folder", request.folder, "A sweep's folder")->required();
            declare_work(command, request.work);
        });
    add_command<SweepFolderRequest>(sweep, "status", "What is whole, running and missing", chosen,
                                    sweep_status_command, declare_folder);
    add_command<SweepFolderRequest>(
        sweep, "merge", "All whole results in one SQLite file", chosen, sweep_merge_command,
        [](CLI::App& command, SweepFolderRequest& request) {
            declare_folder(command, request);
            command.add_flag("--no-timings", request.without_timings,
                             "Without machines and seconds: the same bytes from any engine");
        });
    CLI::App* schema = sweep.add_subcommand("schema", "Print the JSON Schema of plans");
    schema->callback([&chosen] { chosen = sweep_schema_command; });
    add_command<SweepReportRequest>(sweep, "report", "What the results say", chosen,
                                    sweep_report_command, declare_sweep_report);
    add_command<SweepFolderRequest>(sweep, "cancel", "Stop all that work on a folder", chosen,
                                    sweep_cancel_command, declare_folder);
}

// sweep PLAN, and what else begins with sweep.
void declare_sweep_commands(CLI::App& app, Chosen& chosen) {
    CLI::App* sweep =
        app.add_subcommand("sweep", "Run a scenario along axes and seeds: sweep PLAN --out FOLDER");
    auto request = std::make_shared<SweepRequest>();
    declare_sweep(*sweep, *request);
    declare_sweep_parts(*sweep, chosen);
    sweep->require_subcommand(0, 1);
    sweep->callback([&chosen, sweep, request] {
        if (!sweep->get_subcommands().empty()) return;
        if (request->plan.empty()) throw CLI::RequiredError("plan");
        if (request->folder.empty() && !request->dry_run) throw CLI::RequiredError("--out");
        chosen = [request] { return sweep_command(*request); };
    });
}

void declare_commands(CLI::App& app, Chosen& chosen) {
    using Names = std::vector<std::string>;
    add_command<RunRequest>(app, "run", "Run a scenario to its end", chosen, run_command,
                            declare_run);
    add_command<VerifyRequest>(app, "verify", "Run again and compare", chosen, verify_command,
                               declare_verify);
    add_command<Names>(
        app, "validate", "Check scenarios without running them", chosen, validate_command,
        [](CLI::App& command, Names& names) {
            command.add_option("scenario", names, "Scenario files or names")->required();
        });
    add_command<InspectRequest>(app, "inspect", "Tell one request as text", chosen, inspect_command,
                                declare_inspect);
    add_command<ExportRequest>(app, "export", "A table of a run file as CSV", chosen,
                               export_command, declare_export);
    add_command<BenchRequest>(app, "bench", "Measure the cascade on this machine", chosen,
                              bench_command, declare_bench);
    add_command<EvaluateRequest>(app, "evaluate", "Compare models on ratings from outside", chosen,
                                 evaluate_command, declare_evaluate);
    add_command<ReproduceRequest>(app, "reproduce", "Run published results again and compare",
                                  chosen, reproduce_command, declare_reproduce);
    add_command<ParamsForm>(app, "params", "List every parameter", chosen, params_command,
                            declare_params);
    add_command<FeaturesForm>(app, "features", "List every feature", chosen, features_command,
                              [](CLI::App& command, FeaturesForm& form) {
                                  command.add_flag_callback(
                                      "--markdown", [&form] { form = FeaturesForm::markdown; },
                                      "As a table in Markdown");
                              });
    CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of scenario files");
    schema->callback([&chosen] { chosen = schema_command; });
    declare_sweep_commands(app, chosen);
}

// Help and version are answers; everything else is a mistake in the call.
ExitCode exit_with(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream out, err;
    const bool asked_for_help = app.exit(error, out, err) == 0;
    if (!out.str().empty()) answer(out.str());
    std::string line;
    for (std::istringstream lines(err.str()); std::getline(lines, line);) say(line);
    return asked_for_help ? ExitCode::ok : ExitCode::usage;
}

// A word that is no command, with the one that was meant.
std::optional<Problem> unknown_command(const CLI::App& app, int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') return std::nullopt;
    const std::string_view word = argv[1];
    std::vector<std::string_view> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    if (std::ranges::find(names, word) != names.end()) return std::nullopt;
    const std::string near = nearest_word(word, names);
    return Problem{
        "cascadelab-cli", "", "no command " + cascadelab::quoted(word),
        near.empty() ? "one of " + join(std::vector<std::string>(names.begin(), names.end()), ", ")
                     : "perhaps " + near,
        ExitCode::usage};
}

ExitCode run(int argc, char** argv) {
    CLI::App app("CascadeLab without a window: a laboratory for recommender cascades");
    app.name("cascadelab-cli");
    app.require_subcommand(1);
    app.set_version_flag("--version", "cascadelab-cli 0.1.0");
    Chosen chosen;
    declare_commands(app, chosen);
    if (const auto unknown = unknown_command(app, argc, argv)) return complain(*unknown);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return exit_with(app, error);
    }
    set_interrupt_handler();
    return chosen();
}

}  // namespace
}  // namespace cascadelab

int main(int argc, char** argv) {
    cascadelab::prepare_streams();
    return static_cast<int>(cascadelab::leave(cascadelab::run(argc, argv)));
}
