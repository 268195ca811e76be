#include "engine/store/scenario/scenario.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "engine/base/machine.h"
#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/store/json/object_reader.h"
#include "engine/store/scenario/command_json.h"

namespace cascadelab {
namespace {

constexpr std::int64_t kLargestPlainSeed = std::int64_t{1} << 53;  // beyond it JSON readers round
constexpr std::int64_t kLongestRunDays = 3650;
constexpr std::size_t kLargestFile = 8u << 20;  // bytes
constexpr std::size_t kLongestTitle = 500;      // bytes
constexpr std::size_t kLongestWords = 20'000;   // bytes of a "why" or "look_for"

// Made absolute, so that it means the same wherever the scenario goes from here.
void read_path(const Json& json, const PathParameter& parameter, Params& params, Trouble& trouble) {
    namespace fs = std::filesystem;
    if (const std::string* path = json.text()) {
        if (path->empty()) return parameter.set(params, "");
        std::error_code error;
        const fs::path file = fs::absolute(trouble.file, error);
        if (error && fs::path(*path).is_relative()) {
            return trouble.report(join_path("params", parameter.key),
                                  "a relative path where the working folder is gone",
                                  "a path from the root");
        }
        return parameter.set(params, (file.parent_path() / *path).lexically_normal().string());
    }
    trouble.report(join_path("params", parameter.key), json.found_text(), "a path in quotes");
}

// "300", flat under its key or nested by group.
void read_params(const Json& json, const std::string& prefix, Params& params, Trouble& trouble,
                 std::vector<std::string>& seen) {
    if (json.object() == nullptr) {
        trouble.report(join_path("params", prefix), json.found_text(), "an object");
        return;
    }
    for (const auto& [name, value] : *json.object()) {
        if (trouble.first) return;  // one mistake is told; half a million take their time
        const std::string key = join_path(prefix, name);
        if (value.object() != nullptr) {
            read_params(value, key, params, trouble, seen);
            continue;
        }
        if (std::ranges::find(seen, key) != seen.end()) {
            trouble.report(join_path("params", key), "the key twice", "each key once");
        }
        seen.push_back(key);
        if (const PathParameter* path = find_path_parameter(key)) {
            read_path(value, *path, params, trouble);
            continue;
        }
        const auto parameter = require_parameter(key);
        if (!parameter) {
            trouble.report(parameter.problem(), join_path("params", parameter.problem().path));
            continue;
        }
        const auto number = read_value(*parameter.value(), value);
        if (number) {
            parameter.value()->set(params, number.value());
        } else {
            trouble.report(number.problem(), join_path("params", key));
        }
    }
}

std::uint64_t read_seed(ObjectReader& reader) {
    const Json* json = reader.find("seed");
    if (json == nullptr) return Scenario{}.seed;
    constexpr auto kExpected =
        "a whole number from 0 to 9007199254740992, or a larger one in quotes";
    if (const auto whole = json->integer(); whole && *whole >= 0 && *whole <= kLargestPlainSeed) {
        return static_cast<std::uint64_t>(*whole);
    }
    if (const std::string* digits = json->text()) {
        if (const auto seed = parse_seed(*digits)) return *seed;
    }
    reader.report("seed", json->found_text(), kExpected);
    return 0;
}

// "HH:MM" or "HH:MM:SS" as seconds of the day.
std::optional<Seconds> parse_time(std::string_view text) {
    if (text.size() != 5 && text.size() != 8) return std::nullopt;
    std::array<std::int64_t, 3> part{};
    for (std::size_t i = 0; i * 3 < text.size(); ++i) {
        const std::string_view digits = text.substr(i * 3, 2);
        if (i > 0 && text[i * 3 - 1] != ':') return std::nullopt;
        if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
        part[i] = *parse_integer(digits);
    }
    if (part[0] > 23 || part[1] > 59 || part[2] > 59) return std::nullopt;
    return part[0] * kHour + part[1] * 60 + part[2];
}

void read_entry(const Json& json, const std::string& path, Scenario& scenario, Trouble& trouble) {
    ObjectReader reader(json, path, trouble, command_keys_and({"day", "time", "incident"}));
    reader.require("day", "a day of the run");
    TimelineEntry entry;
    const auto day = reader.integer("day", 1, scenario.days).value_or(1);
    Seconds of_day = 0;
    if (reader.has("time")) {
        const auto time = parse_time(reader.text("time"));
        if (!time) reader.report("time", reader.found_text("time"), "a time as \"HH:MM\"");
        of_day = time.value_or(0);
    }
    entry.time_s = (day - 1) * kDay + of_day;
    entry.incident = reader.flag("incident");
    for (Command& command : read_commands(reader, scenario.params, trouble)) {
        entry.command = std::move(command);
        scenario.timeline.push_back(entry);
    }
}

// The place of a name among known ones, or 0 and a report.
template <class NameOf>
std::size_t read_name(ObjectReader& reader, std::string_view key, std::size_t count,
                      NameOf&& name_of) {
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < count; ++i) names.push_back(name_of(i));
    const std::string name = reader.text(key);
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    reader.report(key, reader.found_text(key), expected_word(name, names));
    return 0;
}

TopicShare read_slate_share(const Json& json, const std::string& path, const Params& params,
                            Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic", "person", "people"});
    TopicShare share;
    share.topic = read_topic(reader, params.world.pack);
    if (const auto person = reader.integer("person", 0, params.world.people - 1)) {
        share.person = PersonId(static_cast<std::size_t>(*person));
        share.people = reader.integer("people", 1, params.world.people - *person).value_or(1);
    } else if (reader.has("people")) {
        reader.report("people", "people after nobody", "the person they come after");
    }
    return share;
}

TopicShare read_release_share(const Json& json, const std::string& path, const Params& params,
                              Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic"});
    TopicShare share;
    share.of_releases = true;
    share.topic = read_topic(reader, params.world.pack);
    return share;
}

// What is compared: exactly one of a metric and the shares of a topic.
void read_subject(ObjectReader& reader, const Params& params, Trouble& trouble,
                  Expectation& expectation) {
    const Json* slate = reader.find("slate");
    const Json* releases = reader.find("releases");
    if (reader.has("metric") + (slate != nullptr) + (releases != nullptr) > 1) {
        trouble.report(reader.path(""), "several subjects", "one of metric, slate, releases");
    } else if (slate != nullptr) {
        expectation.share = read_slate_share(*slate, reader.path("slate"), params, trouble);
    } else if (releases != nullptr) {
        expectation.share = read_release_share(*releases, reader.path("releases"), params, trouble);
    } else {
        reader.require("metric", "the name of a metric");
        expectation.metric =
            static_cast<Metric>(read_name(reader, "metric", enum_count<Metric>, [](auto i) {
                return metric_info(static_cast<Metric>(i)).name;
            }));
    }
}

void read_expectation(const Json& json, const std::string& path, Scenario& scenario,
                      Trouble& trouble) {
    constexpr double kHuge = 1e12;
    ObjectReader reader(json, path, trouble,
                        {"metric", "slate", "releases", "group", "day", "at_least", "at_most",
                         "relative_to_day", "why"});
    reader.require("day", "a day of the run");
    Expectation expectation;
    read_subject(reader, scenario.params, trouble, expectation);
    if (reader.has("group")) {
        expectation.group = read_name(reader, "group", kGroupCount, group_name);
    }
    expectation.day = reader.integer("day", 1, scenario.days).value_or(1);
    expectation.relative_to_day = reader.integer("relative_to_day", 1, scenario.days);
    expectation.at_least = reader.number("at_least", -kHuge, kHuge);
    expectation.at_most = reader.number("at_most", -kHuge, kHuge);
    expectation.why = reader.text("why");
    if (!reader.has("at_least") && !reader.has("at_most")) {
        trouble.report(path, "no bound", "at_least, at_most or both");
    }
    scenario.expect.push_back(std::move(expectation));
}

// Format and version come first: what a newer version means by its keys is not ours to judge.
void read_heading(const Json& json, Trouble& trouble) {
    const Json* format = json.find("format");
    if (format == nullptr || format->text() == nullptr || *format->text() != kScenarioFormat) {
        trouble.report(json.object() ? "format" : "",
                       format          ? format->found_text()
                       : json.object() ? "nothing"
                                       : json.found_text(),
                       Json(kScenarioFormat).found_text());
    }
    const Json* version = json.find("version");
    const auto number = version ? version->integer() : std::nullopt;
    if (number && *number > kScenarioVersion) {
        trouble.report("version", std::to_string(*number) + " of a newer CascadeLab",
                       "at most " + std::to_string(kScenarioVersion));
    } else if (number != kScenarioVersion) {
        trouble.report("version", version ? version->found_text() : "nothing",
                       std::to_string(kScenarioVersion));
    }
}

std::string read_hash(ObjectReader& reader) {
    std::string hash = reader.text("expected_hash");
    const bool digits = hash.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (reader.has("expected_hash") && (hash.size() != 16 || !digits)) {
        reader.report("expected_hash", reader.found_text("expected_hash"),
                      "16 hexadecimal digits in lower case");
    }
    return hash;
}

// Words that stand in a window: a screen of them, never megabytes.
void check_lengths(const Scenario& scenario, ObjectReader& reader) {
    const auto check = [&](std::string_view key, std::size_t length, std::size_t most) {
        if (length <= most) return;
        reader.report(key,
                      "a text of " + grouped_text(static_cast<std::int64_t>(length)) + " bytes",
                      "at most " + grouped_text(static_cast<std::int64_t>(most)));
    };
    check("title", scenario.title.size(), kLongestTitle);
    check("why", scenario.why.size(), kLongestWords);
    for (const std::string& words : scenario.look_for)
        check("look_for", words.size(), kLongestWords);
}

Scenario read_fields(const Json& json, Trouble& trouble) {
    ObjectReader reader(json, "", trouble,
                        {"format", "version", "title", "why", "look_for", "seed", "days", "params",
                         "timeline", "expect", "expected_hash"});
    Scenario scenario;
    reader.require("title", "a title");
    scenario.title = reader.text("title");
    scenario.why = reader.text("why");
    scenario.look_for = reader.texts("look_for");
    check_lengths(scenario, reader);
    scenario.seed = read_seed(reader);
    scenario.days = reader.integer("days", 1, kLongestRunDays).value_or(scenario.days);
    if (const Json* params = reader.find("params")) {
        std::vector<std::string> seen;
        read_params(*params, "", scenario.params, trouble, seen);
    }
    std::size_t index = 0;
    for (const Json& entry : reader.list("timeline")) {
        if (trouble.first) return scenario;
        read_entry(entry, "timeline[" + std::to_string(index++) + "]", scenario, trouble);
    }
    std::ranges::stable_sort(scenario.timeline, {}, &TimelineEntry::time_s);
    index = 0;
    for (const Json& expectation : reader.list("expect")) {
        if (trouble.first) return scenario;
        read_expectation(expectation, "expect[" + std::to_string(index++) + "]", scenario, trouble);
    }
    scenario.expected_hash = read_hash(reader);
    return scenario;
}

}  // namespace

std::optional<std::uint64_t> parse_seed(std::string_view text) {
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return seed;
}

Status check_params(const Params& params, const std::string& file) {
    const Status status = check_together(params, machine_memory_mib());
    if (status.ok()) return status;
    Problem problem = status.problem();
    problem.file = file;
    return problem;
}

Result<Scenario> parse_scenario(std::string_view text, const std::string& file) {
    if (text.size() > kLargestFile) {
        return Problem{file, "", "a scenario of " + std::to_string(text.size() >> 20) + " MiB",
                       "a scenario of at most 8 MiB"};
    }
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return Problem{file, "", "an empty file", "a scenario"};
    }
    if (text.starts_with("SQLite format 3")) {
        return Problem{file, "", "a run file or another database", "a scenario"};
    }
    if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
        return Problem{file, "byte " + std::to_string(zero + 1), "binary data", "a scenario"};
    }
    const auto json = parse_json(text, file);
    if (!json) return json.problem();
    Trouble trouble{file, {}};
    read_heading(json.value(), trouble);
    if (trouble.first) return *trouble.first;
    Scenario scenario = read_fields(json.value(), trouble);
    if (trouble.first) return *trouble.first;
    if (const Status fits = check_params(scenario.params, file); !fits) {
        Problem problem = fits.problem();
        problem.path = "params." + problem.path;
        return problem;
    }
    scenario.name = std::filesystem::path(file).filename().string();
    scenario.name = scenario.name.substr(0, scenario.name.find('.'));
    return scenario;
}

Result<Scenario> read_scenario(const std::string& path) {
    const auto text = read_whole(path, kLargestFile, "a scenario file that can be read");
    if (!text && text.problem().code == ExitCode::invalid) {
        Problem problem = text.problem();
        problem.expected = "a scenario of at most 8 MiB";
        return problem;
    }
    if (!text) return text.problem();
    return parse_scenario(text.value(), path);
}

}  // namespace cascadelab
