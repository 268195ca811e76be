#include "engine/run/twins.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/error.h"
#include "engine/run/headless.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

TwinValue compare(std::span<const std::pair<RunReport, RunReport>> runs, std::int64_t day,
                  Metric metric, std::size_t group) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    TwinValue value{kUnknown, kUnknown, {kUnknown, kUnknown, kUnknown}};
    std::vector<double> differences;
    double base_sum = 0, twin_sum = 0;
    for (const auto& [base, twin] : runs) {
        const double b = day_value(base, day, metric, group);
        const double t = day_value(twin, day, metric, group);
        if (std::isnan(b) || std::isnan(t)) continue;
        base_sum += b;
        twin_sum += t;
        differences.push_back(t - b);
    }
    if (differences.empty()) return value;
    const auto count = static_cast<double>(differences.size());
    return {base_sum / count, twin_sum / count, paired_interval(differences)};
}

std::vector<TwinDay> compare_days(std::span<const std::pair<RunReport, RunReport>> runs) {
    std::vector<TwinDay> days;
    if (runs.empty()) return days;
    for (const DayMetrics& of_base : runs.front().first.days) {
        TwinDay& day = days.emplace_back();
        day.day = of_base.day;
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            for (std::size_t group = 0; group < kGroupCount; ++group)
                day.value[m][group] = compare(runs, day.day, static_cast<Metric>(m), group);
        }
    }
    return days;
}

}  // namespace

// Tabulated to 30 degrees of freedom, then by the expansion about the normal quantile (Abramowitz
// and Stegun 1964, 26.7.5), good to 1e-3.
double student_quantile(std::size_t freedom) {
    constexpr std::array kTable = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306,
                                   2.262,  2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
                                   2.110,  2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
                                   2.060,  2.056, 2.052, 2.048, 2.045, 2.042};
    if (freedom <= kTable.size()) return kTable[freedom - 1];
    constexpr double z = 1.959964;
    const auto n = static_cast<double>(freedom);
    return z + (std::pow(z, 3) + z) / (4 * n) +
           (5 * std::pow(z, 5) + 16 * std::pow(z, 3) + 3 * z) / (96 * n * n);
}

ConfidenceInterval paired_interval(std::span<const double> values) {
    CHECK(!values.empty());
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    if (values.size() == 1) {
        constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
        return {mean, kUnknown, kUnknown};
    }
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (count - 1) / count);
    const double reach = student_quantile(values.size() - 1) * error;
    return {mean, mean - reach, mean + reach};
}

Result<TwinReport> run_twins(Scenario base, Scenario twin, const TwinOptions& options) {
    CHECK(base.days == twin.days && base.seed == twin.seed && options.seeds > 0);
    std::vector<std::pair<RunReport, RunReport>> runs;
    TwinReport out;
    const double all = 2 * static_cast<double>(options.seeds);
    for (std::int64_t k = 0; k < options.seeds; ++k, ++base.seed, ++twin.seed) {
        const auto run = [&](const Scenario& scenario, const char* who, double done) {
            HeadlessOptions headless{.threads = options.threads, .run_file = {}, .go_on = {}};
            headless.go_on = [&](const TickReport& tick, Seconds end_s) {
                const double share = static_cast<double>(tick.now_s) / static_cast<double>(end_s);
                return !options.go_on ||
                       options.go_on((done + share) / all, "seed " + std::to_string(scenario.seed) +
                                                               ", " + who + ", " +
                                                               day_text(tick.now_s - 1));
            };
            return run_headless(scenario, headless);
        };
        const double done = 2 * static_cast<double>(k);
        auto first = run(base, "base", done);
        if (!first) return first.problem();
        if (!first.value().complete) break;
        auto second = run(twin, "twin", done + 1);
        if (!second) return second.problem();
        if (!second.value().complete) break;
        out.pairs.push_back({base.seed, first.value().hashes.all(), second.value().hashes.all()});
        runs.emplace_back(std::move(first.value()), std::move(second.value()));
    }
    out.complete = std::ssize(out.pairs) == options.seeds;
    out.days = compare_days(runs);
    return out;
}

}  // namespace cascadelab
