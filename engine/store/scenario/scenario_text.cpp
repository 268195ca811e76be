// Writing scenarios: only what differs from the defaults, in the order a person reads it.
#include <filesystem>

#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/store/scenario/command_json.h"
#include "engine/store/scenario/scenario.h"
#include "engine/world/domain/domain_pack.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

std::string two_digits(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string time_text(Seconds time_s) {
    const Seconds second = second_of_day(time_s);
    std::string text = clock_text(time_s);
    if (second % 60 != 0) text += ":" + two_digits(second % 60);
    return text;
}

Json seed_json(std::uint64_t seed) {
    return seed <= (std::uint64_t{1} << 53) ? Json(seed) : Json(std::to_string(seed));
}

Json params_json(const Params& params) {
    Json out(Json::Object{});
    for (const Parameter& parameter : parameter_table()) {
        const double value = parameter.get(params);
        if (value != parameter.initial()) {
            out.add(std::string(parameter.key), value_json(parameter, value));
        }
    }
    for (const PathParameter& parameter : path_parameter_table()) {
        const std::string& path = parameter.get(params);
        if (!path.empty()) out.add(std::string(parameter.key), path);
    }
    return out;
}

Json entry_json(const TimelineEntry& entry, DomainPackName pack) {
    Json out(Json::Object{});
    out.add("day", day_of(entry.time_s)).add("time", time_text(entry.time_s));
    add_command(out, entry.command, pack);
    if (entry.incident) out.add("incident", true);
    return out;
}

Json share_json(const TopicShare& share, DomainPackName pack) {
    Json out(Json::Object{});
    out.add("topic", topic_name(share.topic, pack));
    if (!share.person.valid()) return out;
    return out.add("person", share.person.index()).add("people", share.people);
}

Json expectation_json(const Expectation& expectation, DomainPackName pack) {
    Json out(Json::Object{});
    if (const auto& share = expectation.share) {
        out.add(share->of_releases ? "releases" : "slate", share_json(*share, pack));
    } else {
        out.add("metric", metric_info(expectation.metric).name);
        out.add("group", group_name(expectation.group));
    }
    out.add("day", expectation.day);
    if (expectation.at_least) out.add("at_least", *expectation.at_least);
    if (expectation.at_most) out.add("at_most", *expectation.at_most);
    if (expectation.relative_to_day) out.add("relative_to_day", *expectation.relative_to_day);
    if (!expectation.why.empty()) out.add("why", expectation.why);
    return out;
}

// What lies beside or below the scenario file is named from there, so that the two move together.
Scenario with_paths_from(Scenario scenario, const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code error;  // no working folder: then nothing is named from it
    const fs::path folder = fs::absolute(file, error).lexically_normal().parent_path();
    if (error) return scenario;
    for (const PathParameter& parameter : path_parameter_table()) {
        const std::string near =
            fs::path(parameter.get(scenario.params)).lexically_relative(folder).string();
        if (!near.empty() && !near.starts_with("..")) parameter.set(scenario.params, near);
    }
    return scenario;
}

}  // namespace

std::string scenario_text(const Scenario& scenario) {
    Json out(Json::Object{});
    out.add("format", kScenarioFormat).add("version", kScenarioVersion);
    out.add("title", scenario.title);
    if (!scenario.why.empty()) out.add("why", scenario.why);
    if (!scenario.look_for.empty()) {
        out.add("look_for", Json::List(scenario.look_for.begin(), scenario.look_for.end()));
    }
    out.add("seed", seed_json(scenario.seed)).add("days", scenario.days);
    out.add("params", params_json(scenario.params));
    Json timeline(Json::List{});
    for (const TimelineEntry& entry : scenario.timeline) {
        timeline.append(entry_json(entry, scenario.params.world.pack));
    }
    if (!scenario.timeline.empty()) out.add("timeline", std::move(timeline));
    Json expect(Json::List{});
    for (const Expectation& expectation : scenario.expect) {
        expect.append(expectation_json(expectation, scenario.params.world.pack));
    }
    if (!scenario.expect.empty()) out.add("expect", std::move(expect));
    if (!scenario.expected_hash.empty()) out.add("expected_hash", scenario.expected_hash);
    return json_pages(out);
}

Status write_scenario(const Scenario& scenario, const std::string& path) {
    return write_whole(path, scenario_text(with_paths_from(scenario, path)));
}

}  // namespace cascadelab
