// verify: does a run come out the same again, and does a scenario keep its promises; and export, a
// table of a run file as CSV.
#include "engine/run/verify.h"

#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/base/foreign_text.h"
#include "engine/store/run_file/run_comparison.h"
#include "engine/store/run_file/run_tables.h"
#include "engine/store/scenario/library.h"

namespace cascadelab {
namespace {

Result<VerifyReport> verify_target(const VerifyRequest& request, const VerifyProgress& progress) {
    if (is_database(request.target)) {
        return verify_run_file(request.target, request.threads, progress);
    }
    const auto path = find_scenario(request.target);
    if (!path) return path.problem();
    const auto scenario = read_scenario(path.value());
    if (!scenario) return scenario.problem();
    return verify_scenario(scenario.value(), progress);
}

// "144 of 288 ticks come out the same, cut off".
std::string verdict_text(const VerifyReport& report) {
    const bool cut_off = report.ticks < report.whole_ticks;
    std::string text = std::to_string(report.ticks);
    if (report.whole_ticks > 0)
        text += " of " + std::to_string(std::max(report.ticks, report.whole_ticks));
    text += " ticks come out the same";
    if (!report.hash.empty()) return text + ", hash " + report.hash;
    if (cut_off) text += ", cut off";
    return text + "; not compared: " + kNotCompared;
}

}  // namespace

ExitCode verify_command(const VerifyRequest& request) {
    Result<VerifyReport> verified = VerifyReport{};
    {
        ProgressBar bar(request.progress);
        bar.show(0, "making the world");
        verified = verify_target(request, [&](double share) {
            bar.show(share, "verifying");
            return !interrupted();
        });
    }
    if (!verified) return complain(verified.problem());
    const VerifyReport& report = verified.value();
    if (report.difference) say(request.target + ": differs at " + report.difference->sentence());
    if (report.other_row) say(request.target + ": differs in " + *report.other_row);
    if (report.hash_problem) complain(*report.hash_problem);
    for (const ExpectationResult& expectation : report.expectations) {
        say((expectation.held ? "holds: " : "does not hold: ") + expectation.statement);
    }
    if (!report.complete) {
        return leave_interrupted("interrupted after " + std::to_string(report.ticks) +
                                 " ticks, which come out the same");
    }
    if (!report.held()) return ExitCode::failed;
    answer(shown_text(request.target) + ": " + verdict_text(report) + "\n");
    return ExitCode::ok;
}

ExitCode export_command(const ExportRequest& request) {
    const Status status = export_table(request.run_file, request.table, answer);
    return status ? ExitCode::ok : complain(status.problem());
}

}  // namespace cascadelab
