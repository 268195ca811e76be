// The scenario's JSON Schema (draft 7), made from the parameter table.
#include <algorithm>
#include <type_traits>

#include "engine/params/table.h"
#include "engine/store/scenario/command_json.h"
#include "engine/store/scenario/scenario.h"
#include "engine/world/domain/domain_pack.h"

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

// The schema of a command's object, a property a field.
class FieldSchema {
  public:
    Json object(std::string_view description) {
        return closed_object(std::move(m_properties), std::move(m_required), description);
    }

    void topic(TopicId) {
        m_properties.add("topic", topic_schema());
        m_required.emplace_back("topic");
    }
    void people(PersonId, double, std::string_view who) {
        const std::string relation(who);
        m_properties.add("share", ranged("number", 0, 1, "Share of all people " + relation + "."));
        m_properties.add("person",
                         ranged("integer", 0, 4294967294.0, "The one person " + relation + "."));
    }
    void lever(EventKind) {
        Json::List levers;
        for (const auto& [kind, name] : kLevers) levers.emplace_back(name);
        m_properties.add("lever", names(std::move(levers), "What is said."));
        m_required.emplace_back("lever");
    }
    template <class Value>
    void choice(std::string_view name, Value, std::span<const std::string_view> words,
                std::string_view help) {
        Json::List list;
        for (const std::string_view word : words) list.emplace_back(word);
        m_properties.add(std::string(name), names(std::move(list), help));
    }
    void number(std::string_view name, double, double minimum, double maximum,
                std::string_view help) {
        m_properties.add(std::string(name), ranged("number", minimum, maximum, help));
    }
    void count(std::string_view name, std::int64_t, std::int64_t minimum, std::int64_t maximum,
               std::string_view help) {
        m_properties.add(std::string(name), ranged("integer", static_cast<double>(minimum),
                                                   static_cast<double>(maximum), help));
    }

  private:
    Json m_properties{Json::Object{}};
    Json::List m_required;
};

template <class C>
Json command_schema() {
    if constexpr (HasFields<C>) {
        C command;
        FieldSchema fields;
        C::visit(command, fields);
        return fields.object(C::kHelp);
    } else if constexpr (std::is_same_v<C, SetParameter>) {
        return params_schema(true, "Parameters that change at that moment.");
    } else {
        return typed("string", C::kHelp);
    }
}

Json entry_schema() {
    Json time = typed("string", "Time of day, HH:MM or HH:MM:SS.");
    time.add("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$");
    Json entry(Json::Object{});
    entry.add("day", ranged("integer", 1, 3650, "Day of the run, from 1."));
    entry.add("time", std::move(time));
    for_each_command(
        [&]<class C>(const C&) { entry.add(std::string(C::kKey), command_schema<C>()); });
    entry.add("incident", typed("boolean", "Shown as an incident."));
    Json out = closed_object(std::move(entry), {"day"}, "What happens at a moment.");
    Json::List kinds;
    for (const std::string_view kind : command_keys()) {
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
