// The scenario's JSON Schema (draft 7), made from the parameter table.
#include <algorithm>

#include "engine/params/table.h"
#include "engine/store/scenario/command_json.h"
#include "engine/store/scenario/scenario.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {
namespace {

Json typed(std::string_view type, std::string_view description) {
    Json out(Json::Object{});
    out.add("type", type).add("description", description);
    return out;
}

Json ranged(std::string_view type, double minimum, double maximum, std::string_view description) {
    Json out = typed(type, description);
    const auto bound = [](double value) {  // whole bounds are written without a fraction
        const auto whole = static_cast<std::int64_t>(value);
        return static_cast<double>(whole) == value ? Json(whole) : Json(value);
    };
    out.add("minimum", bound(minimum)).add("maximum", bound(maximum));
    return out;
}

Json names(Json::List values, std::string_view description) {
    Json out(Json::Object{});
    out.add("enum", std::move(values)).add("description", description);
    return out;
}

Json list_of(Json items, std::string_view description) {
    Json out = typed("array", description);
    out.add("items", std::move(items));
    return out;
}

Json closed_object(Json properties, Json::List required, std::string_view description) {
    Json out = typed("object", description);
    out.add("properties", std::move(properties));
    out.add("additionalProperties", false);
    if (!required.empty()) out.add("required", std::move(required));
    return out;
}

Json parameter_schema(const Parameter& parameter) {
    std::string text(parameter.help);
    if (!parameter.unit.empty()) text += " Unit: " + std::string(parameter.unit) + ".";
    Json out;
    switch (parameter.kind) {
        case Kind::boolean:
            out = typed("boolean", text);
            break;
        case Kind::choice:
            out = names(Json::List(parameter.choices.begin(), parameter.choices.end()), text);
            break;
        case Kind::integer:
        case Kind::real:
            out = ranged(parameter.kind == Kind::integer ? "integer" : "number", parameter.minimum,
                         parameter.maximum, text);
            break;
    }
    out.add("title", parameter.label);
    out.add("default", value_json(parameter, parameter.initial()));
    return out;
}

// Flat dotted keys; or nested by group ("retrieval": {"candidates": 300}).
Json params_schema(bool live_only, std::string_view description) {
    Json flat(Json::Object{});
    using Group = std::pair<std::string, Json>;
    std::vector<Group> groups;
    for (const Parameter& parameter : parameter_table()) {
        if (live_only && parameter.when == When::restart) continue;
        const std::string key(parameter.key);
        const std::size_t dot = key.find('.');
        Json schema = parameter_schema(parameter);
        if (groups.empty() || groups.back().first != key.substr(0, dot)) {
            groups.emplace_back(key.substr(0, dot), Json(Json::Object{}));
        }
        groups.back().second.add(key.substr(dot + 1), schema);
        flat.add(key, std::move(schema));
    }
    if (!live_only) {
        for (const PathParameter& parameter : path_parameter_table()) {
            const std::string key(parameter.key);
            const auto dot = key.find('.');
            Json schema = typed("string", parameter.help).add("title", parameter.label);
            std::ranges::find(groups, key.substr(0, dot), &Group::first)
                ->second.add(key.substr(dot + 1), schema);
            flat.add(key, std::move(schema));
        }
        for (auto& [group, properties] : groups) {
            flat.add(group, closed_object(std::move(properties), {}, "The same keys by group."));
        }
    }
    return closed_object(std::move(flat), {}, description);
}

Json topic_schema() {
    Json::List topics;
    for (const auto pack : {DomainPackName::short_video, DomainPackName::films_series}) {
        for (const PackTopic& topic : domain_pack(pack).topics) {
            const Json name(topic.name);
            if (std::ranges::find(topics, name) == topics.end()) topics.push_back(name);
        }
    }
    return names(std::move(topics), "A topic of the domain.");
}

Json to_people_schema(std::string_view description) {
    Json out(Json::Object{});
    out.add("topic", topic_schema());
    out.add("share", ranged("number", 0, 1, "Share of all people whom it takes."));
    out.add("person", ranged("integer", 0, 4294967294.0, "The one person whom it takes."));
    return closed_object(std::move(out), {"topic"}, description);
}

Json pull_lever_schema() {
    Json::List levers;
    for (const auto& [kind, name] : kLevers) levers.emplace_back(name);
    Json out(Json::Object{});
    out.add("lever", names(std::move(levers), "What is said."));
    out.add("topic", topic_schema());
    out.add("share", ranged("number", 0, 1, "Share of all people who say it."));
    out.add("person", ranged("integer", 0, 4294967294.0, "The one person who says it."));
    return closed_object(std::move(out), {"lever", "topic"},
                         "A lever pulled on the next item of a topic that a page shows.");
}

Json burst_schema() {
    Json out(Json::Object{});
    out.add("topic", topic_schema());
    out.add("strength", ranged("number", 0, kBurstStrengthLimit, "Utility it adds at first."));
    out.add("hours", ranged("number", 1, kBurstHoursLimit, "Until nothing is left of it."));
    out.add("releases", ranged("integer", 0, kReleaseLimit, "New items it brings."));
    return closed_object(std::move(out), {"topic"}, "News of a topic breaks.");
}

Json corrupt_codes_schema() {
    Json out(Json::Object{});
    out.add("share", ranged("number", 0, 1, "Share of the items whose codes are scrambled."));
    return closed_object(std::move(out), {}, "Semantic IDs are damaged.");
}

Json entry_schema() {
    Json release(Json::Object{});
    release.add("topic", topic_schema());
    release.add("quality", ranged("number", -kQualityLimit, kQualityLimit,
                                  "Standard deviations from the mean."));
    release.add("count", ranged("integer", 1, kReleaseLimit, "How many items."));
    Json time = typed("string", "Time of day, HH:MM or HH:MM:SS.");
    time.add("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$");

    Json entry(Json::Object{});
    entry.add("day", ranged("integer", 1, 3650, "Day of the run, from 1."));
    entry.add("time", std::move(time));
    entry.add("set", params_schema(true, "Parameters that change at that moment."));
    entry.add("search", to_people_schema("A session with a search."));
    entry.add("pull_lever", pull_lever_schema());
    entry.add("release", closed_object(std::move(release), {"topic"}, "New items appear."));
    entry.add("change_taste", to_people_schema("Taste turns to a topic, for good."));
    entry.add("burst", burst_schema());
    entry.add("corrupt_codes", corrupt_codes_schema());
    entry.add("note", typed("string", "A mark in the timeline."));
    entry.add("incident", typed("boolean", "Shown as an incident."));
    Json out = closed_object(std::move(entry), {"day"}, "What happens at a moment.");
    Json::List kinds;
    for (const std::string_view kind : kCommandKeys) {
        kinds.push_back(Json(Json::Object{{"required", Json(Json::List{Json(kind)})}}));
    }
    out.add("oneOf", std::move(kinds));
    return out;
}

Json slate_schema() {
    Json out(Json::Object{});
    out.add("topic", topic_schema());
    out.add("person", ranged("integer", 0, 4294967294.0, "On whose pages; everybody's if unsaid."));
    out.add("people", ranged("integer", 1, 4294967294.0, "The person and so many in all after."));
    return closed_object(std::move(out), {"topic"},
                         "Share of a topic in what a day's pages showed.");
}

Json releases_schema() {
    Json out(Json::Object{});
    out.add("topic", topic_schema());
    return closed_object(std::move(out), {"topic"}, "Share of a topic in what a day released.");
}

Json expectation_schema() {
    Json::List metrics, groups;
    for (std::size_t i = 0; i < enum_count<Metric>; ++i) {
        metrics.emplace_back(metric_info(static_cast<Metric>(i)).name);
    }
    for (std::size_t i = 0; i < kGroupCount; ++i) groups.emplace_back(group_name(i));
    Json out(Json::Object{});
    out.add("metric", names(std::move(metrics), "What is measured."));
    out.add("group", names(std::move(groups), "Of whom; all when not said."));
    out.add("day", ranged("integer", 1, 3650, "The day whose value is compared."));
    out.add("at_least", typed("number", "Lower bound of the value or ratio."));
    out.add("at_most", typed("number", "Upper bound of the value or ratio."));
    out.add("relative_to_day", ranged("integer", 1, 3650, "Compares the ratio to this day."));
    out.add("why", typed("string", "What the comparison shows."));
    out.add("slate", slate_schema());
    out.add("releases", releases_schema());
    Json whole = closed_object(std::move(out), {"day"}, "What must come out.");
    Json::List subjects;
    for (const char* subject : {"metric", "slate", "releases"})
        subjects.push_back(Json(Json::Object{{"required", Json(Json::List{Json(subject)})}}));
    whole.add("oneOf", std::move(subjects));
    return whole;
}

}  // namespace

std::string scenario_schema() {
    Json seed(Json::Object{});
    seed.add("description", "A whole number; above 2^53 in quotes.");
    Json plain = ranged("integer", 0, 9007199254740992.0, "A seed that every JSON reader keeps.");
    Json large = typed("string", "Any 64-bit seed in digits.");
    large.add("pattern", "^[0-9]+$");
    seed.add("oneOf", Json::List{std::move(plain), std::move(large)});
    Json hash = typed("string", "Hash of the whole run after its last day.");
    hash.add("pattern", "^[0-9a-f]{16}$");

    Json fields(Json::Object{});
    fields.add("format", names({Json(kScenarioFormat)}, "What kind of file this is."));
    fields.add("version", names({Json(kScenarioVersion)}, "Version of the format."));
    fields.add("title", typed("string", "A few words."));
    fields.add("why", typed("string", "What the scenario is for."));
    fields.add("look_for", list_of(typed("string", "A sentence."), "What to look for."));
    fields.add("seed", std::move(seed));
    fields.add("days", ranged("integer", 1, 3650, "How far the timeline reaches."));
    fields.add("params", params_schema(false, "Only what differs from the defaults."));
    fields.add("timeline", list_of(entry_schema(), "What happens when."));
    fields.add("expect", list_of(expectation_schema(), "What must come out."));
    fields.add("expected_hash", std::move(hash));
    Json schema(Json::Object{});
    schema.add("$schema", "http://json-schema.org/draft-07/schema#");
    schema.add("title", "CascadeLab scenario");
    const Json body =
        closed_object(std::move(fields), {"format", "version", "title"}, "Same file, same run.");
    for (const auto& [key, value] : *body.object()) schema.add(key, value);
    return json_pages(schema);
}

}  // namespace cascadelab
