#include "engine/sweep/cells/run_cell.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>

#include "engine/run/headless.h"

namespace cascadelab {
namespace {

std::string machine_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::vector<CellValue> kept_values(const SweepKeep& keep, const RunReport& report) {
    std::vector<CellValue> out;
    for (const std::int64_t day : keep.days) {
        for (const Metric metric : keep.metrics) {
            for (const std::size_t group : keep.groups) {
                const float value = day_value(report, day, metric, group);
                if (std::isfinite(value)) out.push_back({day, metric, group, value});
            }
        }
    }
    return out;
}

CellResult result_of(const SweepPlan& plan, const SweepCell& cell, int threads) {
    const auto begin = std::chrono::steady_clock::now();
    const auto report =
        run_headless(cell_scenario(plan, cell), {.threads = threads, .run_file = {}, .go_on = {}});
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
    CellResult out{.id = cell.id,
                   .hash = {},
                   .ticks = 0,
                   .error = {},
                   .values = {},
                   .timing = {machine_name(), spent.count(), threads}};
    if (!report) {
        out.error = report.problem().sentence();
        return out;
    }
    out.hash = hash_text(report.value().hashes.all());
    out.ticks = report.value().ticks;
    if (!report.value().refused.empty()) out.error = report.value().refused.front().sentence();
    out.values = kept_values(plan.keep, report.value());
    return out;
}

}  // namespace

Result<CellEnd> run_cell(const SweepFolder& folder, const SweepCell& cell, int threads) {
    const auto claim = Claim::take(folder, cell);
    if (!claim) return claim.problem();
    if (!claim.value()) return CellEnd::elsewhere;
    // Whoever had the claim before may have finished in the meantime.
    if (folder.is_whole(cell)) return CellEnd::was_whole;
    const CellResult result = result_of(folder.plan(), cell, threads);
    const Status written = write_cell_result(result, cell, folder.result_path(cell));
    if (!written) return written.problem();
    return CellEnd::written;
}

}  // namespace cascadelab
