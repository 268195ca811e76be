#include "engine/run/headless.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

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

double share_of(const TopicShare& share, const Simulation& simulation, Seconds from_s,
                Seconds to_s) {
    const std::size_t first = share.person.valid() ? share.person.index() : 0;
    const PersonId last = share.person.valid()
                              ? PersonId(first + static_cast<std::size_t>(share.people))
                              : PersonId();
    const auto counts = share.of_releases
                            ? simulation.released_topics(from_s, to_s)
                            : simulation.shown_topics(PersonId(first), last, from_s, to_s);
    const auto all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{});
    if (all == 0) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(counts[share.topic.index()]) / static_cast<double>(all);
}

// With the first tick after a day: the shares that something is expected of.
void take_shares(const Scenario& scenario, const Simulation& simulation,
                 std::vector<DayShare>& shares) {
    const Seconds now_s = simulation.now_s();
    if (second_of_day(now_s) >= scenario.params.clock.tick_s) return;
    const Seconds midnight_s = now_s - second_of_day(now_s);
    const std::int64_t day = day_of(midnight_s - 1);
    for (const Expectation& e : scenario.expect) {
        if (!e.share || (e.day != day && e.relative_to_day != day)) continue;
        shares.push_back(
            {day, *e.share, share_of(*e.share, simulation, midnight_s - kDay, midnight_s)});
    }
}

double value_on(const Expectation& e, const RunReport& report, std::int64_t day) {
    return e.share ? day_share(report, day, *e.share) : day_value(report, day, e.metric, e.group);
}

std::string subject_of(const Expectation& e, DomainPackName pack) {
    if (!e.share) {
        return std::string(metric_info(e.metric).name) + " (" + std::string(group_name(e.group)) +
               ")";
    }
    const TopicShare& share = *e.share;
    const std::string topic(domain_pack(pack).topics[share.topic.index()].name);
    if (share.of_releases) return "share of " + topic + " in releases";
    if (!share.person.valid()) return "share of " + topic + " on all pages";
    const std::string who =
        "share of " + topic + " on the pages of person " + std::to_string(share.person.value);
    if (share.people == 1) return who;
    return who + " to " + std::to_string(share.person.index() + share.people - 1);
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
        take_shares(scenario, player.simulation(), out.shares);
        out.refused.insert(out.refused.end(), report.refused.begin(), report.refused.end());
        wanted = !options.go_on || options.go_on(report, player.end_s());
    }
    if (const Status whole = player.finish(); !whole) return whole.problem();
    out.ticks = player.simulation().tick();
    out.complete = player.now_s() >= player.end_s();
    out.hashes = player.simulation().hashes();
    out.profile = player.simulation().profile();
    return out;
}

float day_value(const RunReport& report, std::int64_t day, Metric metric, std::size_t group) {
    for (const DayMetrics& candidate : report.days) {
        if (candidate.day == day) {
            return candidate.metrics->value[metric][group];
        }
    }
    return std::numeric_limits<float>::quiet_NaN();
}

double day_share(const RunReport& report, std::int64_t day, const TopicShare& of) {
    for (const DayShare& share : report.shares) {
        if (share.day == day && share.of == of) return share.value;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

std::vector<ExpectationResult> check_expectations(const Scenario& scenario,
                                                  const RunReport& report) {
    std::vector<ExpectationResult> out;
    for (const Expectation& e : scenario.expect) {
        double value = value_on(e, report, e.day);
        if (e.relative_to_day) value /= value_on(e, report, *e.relative_to_day);
        // NaN fulfils no bound.
        const bool held =
            (!e.at_least || value >= *e.at_least) && (!e.at_most || value <= *e.at_most);
        std::vector<std::string> bounds;
        if (e.at_least) bounds.push_back("at least " + number_text(*e.at_least));
        if (e.at_most) bounds.push_back("at most " + number_text(*e.at_most));
        std::string statement =
            "day " + std::to_string(e.day) + ": " + subject_of(e, scenario.params.world.pack);
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
