// Runs a scenario of the library and tells which of its promises do not hold. For tests; one
// thread.
#pragma once

#include <QString>
#include <QStringList>
#include <algorithm>
#include <optional>

#include "engine/run/headless.h"
#include "tests/scenarios/library_scenario.h"

namespace cascadelab {

inline constexpr int kWhole = 0;

// What did not hold in the scenario's first days: what it expects of later days is not asked;
// kWhole asks for all of it; seed: another world than the file's. A scenario that cannot be read or
// expects nothing has broken its promise, too.
inline QStringList brokenPromises(const std::string& name, std::int64_t days,
                                  std::optional<std::uint64_t> seed = {}) {
    const auto read = library_scenario(name);
    if (!read) return {QString::fromStdString(read.problem().sentence())};
    Scenario scenario = read.value();
    if (seed) scenario.seed = *seed;
    if (days == kWhole) days = scenario.days;
    if (scenario.days < days) return {"ends before day " + QString::number(days)};
    scenario.days = days;
    std::erase_if(scenario.timeline,
                  [&](const TimelineEntry& e) { return e.time_s >= days * kDay; });
    std::erase_if(scenario.expect, [&](const Expectation& e) { return e.day > days; });
    if (scenario.expect.empty()) return {"expects nothing"};
    const auto report = run_headless(scenario, {});
    if (!report) return {QString::fromStdString(report.problem().sentence())};
    QStringList broken;
    for (const Problem& refused : report.value().refused)
        broken << QString::fromStdString(refused.sentence());
    for (const ExpectationResult& result : check_expectations(scenario, report.value())) {
        if (!result.held) broken << QString::fromStdString(result.statement);
    }
    return broken;
}

}  // namespace cascadelab
