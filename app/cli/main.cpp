// The command line: reads what is asked and hands it to one function a command. Machine answers go
// to stdout, everything for people to stderr; exit codes are those of ExitCode.
#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/console.h"

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

void declare_choice(CLI::App& app, ScenarioChoice& choice) {
    app.add_option("scenario", choice.scenario, "A scenario file or its name")->required();
    app.add_option("--days", choice.days, "Days to run instead of the scenario's")
        ->check(CLI::Range(1, 3650));
    app.add_option("--seed", choice.seed, "Seed instead of the scenario's");
    app.add_option("--set", choice.settings, "key=value, as often as needed")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void declare_threads(CLI::App& app, int& threads) {
    app.add_option("--threads", threads, "Threads; the result is the same for any number")
        ->check(CLI::Range(1, 64))
        ->capture_default_str();
}

void declare_run(CLI::App& app, RunRequest& request) {
    declare_choice(app, request.choice);
    declare_threads(app, request.threads);
    CLI::Option* out = app.add_option("--out", request.out, "Write a run file (*.cascade)");
    CLI::Option* twin =
        app.add_option("--twin", request.twin,
                       "key=value: run the same world and random numbers once more with this "
                       "difference, and say what it caused; as often as needed")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
            ->excludes(out);
    app.add_option("--seeds", request.seeds, "Pairs of twins, of the seed and those after it")
        ->check(CLI::Range(1, 1000))
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
    const auto size = [&](const char* name, std::int64_t& value, const char* help) {
        app.add_option(name, value, help)->check(CLI::Range(1, 10000000))->capture_default_str();
    };
    size("--people", request.people, "People");
    size("--items", request.items, "Items");
    size("--candidates", request.candidates, "Candidates a request");
    size("--trees", request.trees, "Trees of the ranker, of depth 6");
    size("--requests", request.requests, "Requests to measure");
    declare_threads(app, request.threads);
    app.add_flag("--hstu", request.hstu, "Time a whole epoch of HSTU, not a part of one");
    app.add_flag("--decoder", request.decoder,
                 "Training and beam search of the generative retriever instead");
    app.add_flag("--indexes", request.indexes,
                 "Recall and time of the vector indexes on synthetic vectors instead");
    app.add_option("--k", request.k, "Neighbours a query, with --indexes")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    app.add_option("--dims", request.dims, "Dimensions, with --indexes")
        ->check(CLI::Range(1, 1024))
        ->capture_default_str();
    app.add_flag("--json", request.json, "As JSON on stdout");
    CLI::Option* rankers = app.add_flag(
        "--rankers", request.rankers,
        "Quality, training time and scoring time of every kind of ranker on one log instead, and "
        "how each grows with the rows; takes --trees, --days, --rows");
    app.add_option("--days", request.days, "Days to live through before the log is read")
        ->check(CLI::Range(2, 60))
        ->capture_default_str()
        ->needs(rankers);
    app.add_option("--rows", request.rows, "Most impressions of the log")
        ->check(CLI::Range(5000, 500000))
        ->capture_default_str()
        ->needs(rankers);
}

void declare_evaluate(CLI::App& app, EvaluateRequest& request) {
    app.add_option("path", request.path, "A MovieLens folder, or a CSV user,item,rating,timestamp")
        ->required();
    app.add_option("--model", request.models, "Models, separated by commas; all when left out")
        ->delimiter(',')
        ->allow_extra_args(false);
    app.add_option("--split", request.split, "leave-last-out, ratio (80/20 by time) or u1")
        ->capture_default_str();
    app.add_option("--min-rating", request.min_rating, "Lowest rating that is an event");
    app.add_option("--seed", request.seed, "Seed of what is trained")->capture_default_str();
    app.add_flag("--json", request.json, "As JSON on stdout");
    app.add_flag("--curve", request.curve, "Learning curves below the table");
    app.add_flag("--progress", request.progress, "Progress bar also when stderr is no terminal");
}

void declare_reproduce(CLI::App& app, ReproduceRequest& request) {
    auto* name = app.add_option("name", request.name, "A study's name, or all");
    auto* list = app.add_flag("--list", request.list, "Name the studies and their sources");
    name->excludes(list);
    declare_threads(app, request.threads);
    app.add_option("--seed", request.seed, "Seed of the random numbers")->capture_default_str();
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
}

int run(int argc, char** argv) {
    CLI::App app("CascadeLab without a window: a laboratory for recommender cascades");
    app.name("cascadelab-cli");
    app.require_subcommand(1);
    app.set_version_flag("--version", "cascadelab-cli 0.1.0");
    Chosen chosen;
    declare_commands(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked_for_help = error.get_exit_code() == 0;
        app.exit(error);
        return static_cast<int>(asked_for_help ? ExitCode::ok : ExitCode::usage);
    }
    return static_cast<int>(chosen());
}

}  // namespace
}  // namespace cascadelab

int main(int argc, char** argv) {
    return cascadelab::run(argc, argv);
}
