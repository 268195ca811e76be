#include "engine/run/verify.h"

#include <algorithm>
#include <array>

#include "engine/run/player.h"
#include "engine/store/run_file/run_comparison.h"
#include "engine/store/run_file/run_tables.h"

namespace cascadelab {
namespace {

struct Ingredient {
    const char* name;
    std::uint64_t Hashes::*hash;
};
constexpr std::array<Ingredient, 6> kIngredients = {{{"params", &Hashes::params},
                                                     {"world", &Hashes::world},
                                                     {"features", &Hashes::features},
                                                     {"models", &Hashes::models},
                                                     {"log", &Hashes::log},
                                                     {"metrics", &Hashes::metrics}}};

}  // namespace

std::string Difference::sentence() const {
    return "tick " + std::to_string(tick) + ": " + ingredient + " is " + hash_text(found) +
           ", expected " + hash_text(expected);
}

std::optional<Difference> first_difference(const TickRecord& expected, const Hashes& found) {
    for (const auto& [name, hash] : kIngredients) {
        if (expected.hashes.*hash == found.*hash) continue;
        return Difference{expected.tick, name, expected.hashes.*hash, found.*hash};
    }
    return std::nullopt;
}

bool VerifyReport::held() const {
    return complete && !difference && !other_row && !hash_problem &&
           std::ranges::all_of(expectations, &ExpectationResult::held);
}

namespace {

Problem no_ticks(const std::string& path) {
    return {path, "ticks", "none", "a run of at least one tick to do again", ExitCode::failed};
}

std::uint64_t ticks_of(const Scenario& scenario) {
    const Seconds tick_s = scenario.params.clock.tick_s;
    return static_cast<std::uint64_t>((scenario.days * kDay + tick_s - 1) / tick_s);
}

}  // namespace

Result<VerifyReport> verify_run_file(const std::string& path, int threads,
                                     const VerifyProgress& progress) {
    const auto record = read_run_file(path);
    if (!record) return record.problem();
    if (record.value().ticks.empty()) return no_ticks(path);
    Scenario scenario = recorded_scenario(record.value());
    VerifyReport report;
    report.whole_ticks = ticks_of(scenario);
    auto made = Player::make(std::move(scenario), {threads, "", false, true});
    if (!made) return made.problem();
    Player& player = *made.value();
    const auto count = static_cast<double>(record.value().ticks.size());
    for (const TickRecord& expected : record.value().ticks) {
        const TickReport found = player.step();
        if (auto problem = player.take_problem()) return *problem;
        if (found.tick != expected.tick) {
            return Problem{path, "ticks", "tick " + std::to_string(expected.tick),
                           "tick " + std::to_string(found.tick), ExitCode::failed};
        }
        ++report.ticks;
        report.difference = first_difference(expected, found.hashes);
        if (report.difference) return report;
        report.complete = !progress || progress(static_cast<double>(report.ticks) / count);
        if (!report.complete) return report;
    }
    auto recorded = open_run_file(path);
    if (!recorded) return recorded.problem();
    auto other_row = first_difference_of_tables(recorded.value(), player.run_file()->database());
    if (!other_row) return other_row.problem();
    report.other_row = std::move(other_row.value());
    return report;
}

Result<VerifyReport> verify_scenario(const Scenario& scenario, const VerifyProgress& progress) {
    VerifyReport report;
    std::vector<TickRecord> alone;
    const auto share = [](const TickReport& tick, Seconds end_s) {
        return static_cast<double>(tick.now_s) / static_cast<double>(end_s) / 2;
    };
    HeadlessOptions options{.threads = 1, .run_file = "", .go_on = {}};
    options.go_on = [&](const TickReport& tick, Seconds end_s) {
        alone.push_back({tick.tick, tick.now_s, tick.hashes});
        return !progress || progress(share(tick, end_s));
    };
    const auto first = run_headless(scenario, options);
    if (!first) return first.problem();
    options.threads = 2;
    options.go_on = [&](const TickReport& tick, Seconds end_s) {
        ++report.ticks;
        report.difference = first_difference(alone[tick.tick - 1], tick.hashes);
        return !report.difference && (!progress || progress(0.5 + share(tick, end_s)));
    };
    if (first.value().complete) {
        const auto second = run_headless(scenario, options);
        if (!second) return second.problem();
        report.complete = second.value().complete || report.difference.has_value();
    } else {
        report.complete = false;
    }
    if (!report.complete) return report;
    report.expectations = check_expectations(scenario, first.value());
    report.hash = hash_text(first.value().hashes.all());
    if (!scenario.expected_hash.empty() && scenario.expected_hash != report.hash) {
        report.hash_problem = Problem{scenario.name, "expected_hash", report.hash,
                                      scenario.expected_hash, ExitCode::failed};
    }
    return report;
}

}  // namespace cascadelab
