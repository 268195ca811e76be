// verify: does a run come out the same again, and does a scenario keep its promises; and export, a
// table of a run file as CSV.
#include "engine/run/verify.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/store/scenario/library.h"

namespace cascadelab {
namespace {

bool is_run_file(const std::string& target) {
    return target.ends_with(".cascade");
}

Result<VerifyReport> verify_target(const VerifyRequest& request, const VerifyProgress& progress) {
    if (is_run_file(request.target)) {
        return verify_run_file(request.target, request.threads, progress);
    }
    const auto path = find_scenario(request.target);
    if (!path) return path.problem();
    const auto scenario = read_scenario(path.value());
    if (!scenario) return scenario.problem();
    return verify_scenario(scenario.value(), progress);
}

}  // namespace

ExitCode verify_command(const VerifyRequest& request) {
    set_interrupt_handler();
    Result<VerifyReport> verified = VerifyReport{};
    {
        ProgressBar bar(request.progress);
        verified = verify_target(request, [&](double share) {
            bar.show(share, "verifying");
            return !interrupted();
        });
    }
    if (!verified) return complain(verified.problem());
    const VerifyReport& report = verified.value();
    if (report.difference) say(request.target + ": differs at " + report.difference->sentence());
    if (report.hash_problem) complain(*report.hash_problem);
    for (const ExpectationResult& expectation : report.expectations) {
        say((expectation.held ? "holds: " : "does not hold: ") + expectation.statement);
    }
    if (!report.complete) return ExitCode::interrupted;
    if (!report.held()) return ExitCode::failed;
    std::string line =
        request.target + ": " + std::to_string(report.ticks) + " ticks come out the same";
    if (!report.hash.empty()) line += ", hash " + report.hash;
    answer(line + "\n");
    return ExitCode::ok;
}

ExitCode export_command(const ExportRequest& request) {
    const Status status = export_table(request.run_file, request.table, answer);
    return status ? ExitCode::ok : complain(status.problem());
}

}  // namespace cascadelab
