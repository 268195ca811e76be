#include "engine/run/headless.h"

#include <cmath>
#include <limits>

#include "engine/base/text.h"
#include "engine/run/player.h"

namespace cascadelab {
namespace {

// A day's value is the last one measured in it.
void take_metrics(const TickReport& report, std::vector<DayMetrics>& days) {
    if (!report.metrics) return;
    const std::int64_t day = day_of(report.metrics->time_s - 1);
    if (days.empty() || days.back().day != day) days.push_back({day, nullptr});
    days.back().metrics = report.metrics;
}

}  // namespace

Result<RunReport> run_headless(const Scenario& scenario, const HeadlessOptions& options) {
    auto made = Player::make(scenario, {options.threads, options.run_file, false});
    if (!made) return made.problem();
    Player& player = *made.value();
    RunReport out;
    bool wanted = true;
    while (wanted && player.now_s() < player.end_s()) {
        TickReport report = player.step();
        if (auto problem = player.take_problem()) return *problem;
        take_metrics(report, out.days);
        out.refused.insert(out.refused.end(), report.refused.begin(), report.refused.end());
        wanted = !options.go_on || options.go_on(report, player.end_s());
    }
    player.write_profile();
    if (auto problem = player.take_problem()) return *problem;
    out.ticks = player.simulation().tick();
    out.complete = player.now_s() >= player.end_s();
    out.hashes = player.simulation().hashes();
    out.profile = player.simulation().profile();
    return out;
}

float day_value(const RunReport& report, std::int64_t day, Metric metric, std::size_t group) {
    for (const DayMetrics& candidate : report.days) {
        if (candidate.day == day) {
            return candidate.metrics->value[static_cast<std::size_t>(metric)][group];
        }
    }
    return std::numeric_limits<float>::quiet_NaN();
}

std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunReport& report) {
    std::vector<ExpectationResult> out;
    for (const Expectation& e : scenario.expect) {
        double value = day_value(report, e.day, e.metric, e.group);
        if (e.relative_to_day) value /= day_value(report, *e.relative_to_day, e.metric, e.group);
        // NaN fulfils no bound.
        const bool held =
            (!e.at_least || value >= *e.at_least) && (!e.at_most || value <= *e.at_most);
        std::vector<std::string> bounds;
        if (e.at_least) bounds.push_back("at least " + number_text(*e.at_least));
        if (e.at_most) bounds.push_back("at most " + number_text(*e.at_most));
        std::string statement = "day " + std::to_string(e.day) + ": " +
                                std::string(metric_info(e.metric).name) + " (" +
                                std::string(group_name(e.group)) + ")";
        if (e.relative_to_day)
            statement += " relative to day " + std::to_string(*e.relative_to_day);
        statement += " is " + (std::isnan(value) ? "unknown" : fixed_text(value, 4)) +
                     ", expected " + join(bounds, " and ");
        if (!e.why.empty()) statement += " (" + e.why + ")";
        out.push_back({std::move(statement), held});
    }
    return out;
}

}  // namespace cascadelab
