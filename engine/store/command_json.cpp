#include "engine/store/command_json.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/text.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {
namespace {

std::string topic_name(TopicId topic, DomainPackName pack) {
    CHECK(topic.index() < kTopicCount);
    return std::string(domain_pack(pack).topics[topic.index()].name);
}

TopicId read_topic(ObjectReader& reader, DomainPackName pack) {
    reader.require("topic", "the name of a topic");
    const std::string name = reader.text("topic");
    std::vector<std::string_view> names;
    for (const PackTopic& topic : domain_pack(pack).topics) names.push_back(topic.name);
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        reader.report("topic", reader.found_text("topic"), expected_word(name, names));
        return TopicId(0);
    }
    return TopicId(static_cast<std::size_t>(found - names.begin()));
}

void read_settings(const Json& json, const std::string& path, Trouble& trouble,
                   std::vector<Command>& out) {
    if (json.object() == nullptr || json.object()->empty()) {
        trouble.report(path, json.object() ? "an empty object" : json.found_text(),
                       "an object of parameters and values");
        return;
    }
    for (const auto& [key, value] : *json.object()) {
        const auto parameter = require_parameter(key);
        if (!parameter) {
            trouble.report(parameter.problem(), join_path(path, parameter.problem().path));
            continue;
        }
        const auto number = read_value(*parameter.value(), value);
        if (!number) {
            trouble.report(number.problem(), join_path(path, key));
        } else if (parameter.value()->when == When::restart) {
            trouble.report(join_path(path, key), "a parameter that is fixed before the first tick",
                           "one that may change while the world runs");
        } else {
            out.push_back(SetParameter{key, number.value()});
        }
    }
}

Search read_search(const Json& json, const std::string& path, const Params& params,
                   Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic", "share", "person"});
    Search search;
    search.topic = read_topic(reader, params.world.pack);
    if (reader.has("person") && reader.has("share")) {
        reader.report("share", "a share beside a person", "one of the two");
    }
    if (const auto person = reader.integer("person", 0, params.world.people - 1)) {
        search.person = PersonId(static_cast<std::size_t>(*person));
    }
    search.share = reader.number("share", 0, 1).value_or(1);
    return search;
}

ReleaseItems read_release(const Json& json, const std::string& path, const Params& params,
                          Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic", "quality", "count"});
    ReleaseItems release;
    release.topic = read_topic(reader, params.world.pack);
    release.quality = reader.number("quality", -kQualityLimit, kQualityLimit).value_or(0);
    release.count = reader.integer("count", 1, kReleaseLimit).value_or(1);
    return release;
}

}  // namespace

Json value_json(const Parameter& parameter, double value) {
    switch (parameter.kind) {
        case Kind::boolean:
            return Json(value != 0);
        case Kind::choice:
            return Json(value_text(parameter, value));
        case Kind::integer:
            return Json(static_cast<std::int64_t>(value));
        case Kind::real:
            return Json(value);
    }
    CHECK(false);
}

Result<double> read_value(const Parameter& parameter, const Json& json) {
    const Problem problem{"", std::string(parameter.key), json.found_text(),
                          accepted_text(parameter)};
    switch (parameter.kind) {
        case Kind::boolean:
            if (const auto flag = json.boolean()) return *flag ? 1.0 : 0.0;
            return problem;
        case Kind::choice:
            if (const std::string* name = json.text()) {
                const auto found = std::ranges::find(parameter.choices, *name);
                if (found != parameter.choices.end()) {
                    return static_cast<double>(found - parameter.choices.begin());
                }
            }
            return problem;
        case Kind::integer:
        case Kind::real: {
            const auto number = json.number();
            if (!number || !check_value(parameter, *number)) return problem;
            return *number;
        }
    }
    CHECK(false);
}

void add_command(Json& object, const Command& command, DomainPackName pack) {
    if (const auto* set = std::get_if<SetParameter>(&command)) {
        const Parameter* parameter = find_parameter(set->key);
        CHECK(parameter != nullptr);
        Json settings(Json::Object{});
        settings.add(set->key, value_json(*parameter, set->value));
        object.add("set", std::move(settings));
    } else if (const auto* search = std::get_if<Search>(&command)) {
        Json what(Json::Object{});
        what.add("topic", topic_name(search->topic, pack));
        if (search->person.valid()) {
            what.add("person", search->person.index());
        } else {
            what.add("share", search->share);
        }
        object.add("search", std::move(what));
    } else if (const auto* release = std::get_if<ReleaseItems>(&command)) {
        Json what(Json::Object{});
        what.add("topic", topic_name(release->topic, pack));
        what.add("quality", release->quality).add("count", release->count);
        object.add("release", std::move(what));
    } else {
        object.add("note", std::get<Note>(command).text);
    }
}

std::vector<Command> read_commands(ObjectReader& entry, const Params& params, Trouble& trouble) {
    constexpr std::array<std::string_view, 4> kKinds = {"set", "search", "release", "note"};
    std::vector<Command> out;
    const auto kinds = std::ranges::count_if(kKinds, [&](auto kind) { return entry.has(kind); });
    if (kinds != 1) {
        trouble.report(entry.path(""), kinds == 0 ? "no command" : "several commands",
                       "exactly one of set, search, release, note");
        return out;
    }
    if (const Json* set = entry.find("set")) {
        read_settings(*set, entry.path("set"), trouble, out);
    } else if (const Json* search = entry.find("search")) {
        out.push_back(read_search(*search, entry.path("search"), params, trouble));
    } else if (const Json* release = entry.find("release")) {
        out.push_back(read_release(*release, entry.path("release"), params, trouble));
    } else {
        out.push_back(Note{entry.text("note")});
    }
    return out;
}

std::string command_line(const Command& command, DomainPackName pack) {
    Json object(Json::Object{});
    add_command(object, command, pack);
    return json_line(object);
}

Result<Command> parse_command_line(std::string_view line, const Params& params,
                                   const std::string& file) {
    const auto json = parse_json(line, file);
    if (!json) return json.problem();
    Trouble trouble{file, {}};
    ObjectReader reader(json.value(), "", trouble, {"set", "search", "release", "note"});
    std::vector<Command> commands = read_commands(reader, params, trouble);
    if (trouble.first) return *trouble.first;
    if (commands.size() != 1) return Problem{file, "set", "several parameters", "exactly one"};
    return std::move(commands.front());
}

}  // namespace cascadelab
