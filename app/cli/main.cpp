// The command line: reads what is asked and hands it to one function a command. Machine answers go
// to stdout, everything for people to stderr; exit codes are those of ExitCode.
#include <CLI/CLI.hpp>
#include <functional>

#include "app/cli/commands.h"
#include "app/cli/console.h"

namespace cascadelab {
namespace {

using Chosen = std::function<ExitCode()>;  // what the command line asked for

void add_describe(CLI::App& app, Chosen& chosen) {
    auto* validate = app.add_subcommand("validate", "Check scenario files without running them");
    auto names = std::make_shared<std::vector<std::string>>();
    validate->add_option("scenario", *names, "Scenario files or names")->required();
    validate->callback([&chosen, names] { chosen = [names] { return validate_command(*names); }; });

    auto* params = app.add_subcommand("params", "List every parameter");
    auto form = std::make_shared<ParamsForm>(ParamsForm::text);
    auto* json = params->add_flag_callback(
        "--json", [form] { *form = ParamsForm::json; }, "As JSON");
    params
        ->add_flag_callback(
            "--markdown", [form] { *form = ParamsForm::markdown; }, "As a table in Markdown")
        ->excludes(json);
    params->callback([&chosen, form] { chosen = [form] { return params_command(*form); }; });

    auto* schema = app.add_subcommand("schema", "Print the JSON Schema of scenario files");
    schema->callback([&chosen] { chosen = schema_command; });
}

int run(int argc, char** argv) {
    CLI::App app("CascadeLab without a window: a laboratory for recommender cascades");
    app.name("cascadelab-cli");
    app.require_subcommand(1);
    app.set_version_flag("--version", "cascadelab-cli 0.1.0");
    Chosen chosen;
    add_describe(app, chosen);
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
