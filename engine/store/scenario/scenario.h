// A scenario file (*.cascade.json): what to run, why, and what must come out. JSON with comments;
// only what differs from the defaults. Reading never changes anything; a Problem names file, path,
// found and expected. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/params/params.h"
#include "engine/sim/commands/command.h"
#include "engine/sim/metrics/metric_names.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

inline constexpr std::string_view kScenarioFormat = "cascadelab-scenario";
inline constexpr int kScenarioVersion = 1;

struct TimelineEntry {
    Seconds time_s = 0;  // from "day" (1-based) and "time" ("HH:MM")
    Command command;
    bool incident = false;
};

// The share of a topic, as cards name it, in what a day's pages showed or in what it released.
struct TopicShare {
    bool of_releases = false;
    TopicId topic;
    PersonId person;          // on whose pages; invalid: everybody's
    std::int64_t people = 1;  // the person and so many in all after them
    friend bool operator==(const TopicShare&, const TopicShare&) = default;
};

// "metric group at day compared with a number or with the same metric on another day"; in place of
// a metric the share of a topic that day.
struct Expectation {
    Metric metric = Metric::coverage;
    std::size_t group = 0;  // order of group_name()
    std::int64_t day = 1;
    std::optional<double>
        at_least;  // bounds of the value, or of the ratio when relative_to_day is given
    std::optional<double> at_most;
    std::optional<std::int64_t> relative_to_day;
    std::string why;                                 // the sentence a lecture would say
    std::optional<TopicShare> share = std::nullopt;  // given: metric and group say nothing
};

struct Scenario {
    std::string name;  // file name without its endings
    std::string title;
    std::string why;
    std::vector<std::string> look_for;  // "what to look for"
    std::uint64_t seed = 1;
    std::int64_t days = 14;  // how far the timeline reaches
    Params params;
    std::vector<TimelineEntry> timeline;  // by time, stable
    std::vector<Expectation> expect;
    std::string expected_hash;  // of the last day, all ingredients; empty: not stated
};

Result<Scenario> read_scenario(const std::string& path);
Result<Scenario> parse_scenario(std::string_view text,
                                const std::string& file);  // file only names the source
std::string scenario_text(
    const Scenario& scenario);  // JSON that parse_scenario reads back to the same value
Status write_scenario(const Scenario& scenario,
                      const std::string& path);                  // whole or not at all (rename)
std::optional<std::uint64_t> parse_seed(std::string_view text);  // the whole text in digits
// check_together() against the memory of this machine; file names the source.
Status check_params(const Params& params, const std::string& file);
std::string scenario_schema();  // JSON Schema (draft 7), made from the parameter table

}  // namespace cascadelab
