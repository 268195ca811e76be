#include "engine/store/scenario/command_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/base/text.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {
namespace {

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

// Search, PullLever and ChangeTaste are told alike: a topic, and one person or a share of all.
template <class ToPeople>
ToPeople read_to_people(ObjectReader& reader, const Params& params) {
    ToPeople command;
    command.topic = read_topic(reader, params.world.pack);
    if (reader.has("person") && reader.has("share")) {
        reader.report("share", "a share beside a person", "one of the two");
    }
    if (const auto person = reader.integer("person", 0, params.world.people - 1)) {
        command.person = PersonId(static_cast<std::size_t>(*person));
    }
    command.share = reader.number("share", 0, 1).value_or(1);
    return command;
}

template <class ToPeople>
ToPeople read_to_people(const Json& json, const std::string& path, const Params& params,
                        Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic", "share", "person"});
    return read_to_people<ToPeople>(reader, params);
}

PullLever read_pull(const Json& json, const std::string& path, const Params& params,
                    Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"lever", "topic", "share", "person"});
    auto pull = read_to_people<PullLever>(reader, params);
    std::vector<std::string_view> names;
    for (const auto& [kind, name] : kLevers) names.push_back(name);
    const std::string given = reader.text("lever");
    const auto found = std::ranges::find(names, given);
    if (found == names.end()) {
        reader.report("lever", reader.found_text("lever"), expected_word(given, names));
    } else {
        pull.lever = kLevers[static_cast<std::size_t>(found - names.begin())].first;
    }
    return pull;
}

template <class ToPeople>
Json to_people_json(const ToPeople& command, DomainPackName pack) {
    Json what(Json::Object{});
    what.add("topic", topic_name(command.topic, pack));
    if (command.person.valid()) {
        what.add("person", command.person.index());
    } else {
        what.add("share", command.share);
    }
    return what;
}

Burst read_burst(const Json& json, const std::string& path, const Params& params,
                 Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"topic", "strength", "hours", "releases"});
    Burst burst;
    burst.topic = read_topic(reader, params.world.pack);
    burst.strength = reader.number("strength", 0, kBurstStrengthLimit).value_or(burst.strength);
    burst.hours = reader.number("hours", 1, kBurstHoursLimit).value_or(burst.hours);
    burst.releases = reader.integer("releases", 0, kReleaseLimit).value_or(burst.releases);
    return burst;
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

std::vector<std::string_view> command_keys_and(std::initializer_list<std::string_view> others) {
    std::vector<std::string_view> keys(others);
    keys.insert(keys.end(), kCommandKeys.begin(), kCommandKeys.end());
    return keys;
}

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
        object.add("search", to_people_json(*search, pack));
    } else if (const auto* pull = std::get_if<PullLever>(&command)) {
        Json what = to_people_json(*pull, pack);
        what.add("lever", lever_name(pull->lever));
        object.add("pull_lever", std::move(what));
    } else if (const auto* change = std::get_if<ChangeTaste>(&command)) {
        object.add("change_taste", to_people_json(*change, pack));
    } else if (const auto* release = std::get_if<ReleaseItems>(&command)) {
        Json what(Json::Object{});
        what.add("topic", topic_name(release->topic, pack));
        what.add("quality", release->quality).add("count", release->count);
        object.add("release", std::move(what));
    } else if (const auto* burst = std::get_if<Burst>(&command)) {
        Json what(Json::Object{});
        what.add("topic", topic_name(burst->topic, pack)).add("strength", burst->strength);
        what.add("hours", burst->hours).add("releases", burst->releases);
        object.add("burst", std::move(what));
    } else if (const auto* damage = std::get_if<CorruptCodes>(&command)) {
        Json what(Json::Object{});
        what.add("share", damage->share);
        object.add("corrupt_codes", std::move(what));
    } else {
        object.add("note", std::get<Note>(command).text);
    }
}

std::vector<Command> read_commands(ObjectReader& entry, const Params& params, Trouble& trouble) {
    std::vector<Command> out;
    const auto given =
        std::ranges::count_if(kCommandKeys, [&](auto key) { return entry.has(key); });
    if (given != 1) {
        std::string keys;
        for (const std::string_view key : kCommandKeys) {
            keys += keys.empty() ? "" : ", ";
            keys += key;
        }
        trouble.report(entry.path(""), given == 0 ? "no command" : "several commands",
                       "exactly one of " + keys);
        return out;
    }
    if (const Json* set = entry.find("set")) {
        read_settings(*set, entry.path("set"), trouble, out);
    } else if (const Json* search = entry.find("search")) {
        out.push_back(read_to_people<Search>(*search, entry.path("search"), params, trouble));
    } else if (const Json* pull = entry.find("pull_lever")) {
        out.push_back(read_pull(*pull, entry.path("pull_lever"), params, trouble));
    } else if (const Json* release = entry.find("release")) {
        out.push_back(read_release(*release, entry.path("release"), params, trouble));
    } else if (const Json* change = entry.find("change_taste")) {
        out.push_back(
            read_to_people<ChangeTaste>(*change, entry.path("change_taste"), params, trouble));
    } else if (const Json* burst = entry.find("burst")) {
        out.push_back(read_burst(*burst, entry.path("burst"), params, trouble));
    } else if (const Json* damage = entry.find("corrupt_codes")) {
        ObjectReader reader(*damage, entry.path("corrupt_codes"), trouble, {"share"});
        out.push_back(CorruptCodes{reader.number("share", 0, 1).value_or(CorruptCodes{}.share)});
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
    // Somebody who joined later may be meant; that they are there is checked when it is applied.
    Params grown = params;
    grown.world.people = std::numeric_limits<std::uint32_t>::max();
    Trouble trouble{file, {}};
    ObjectReader reader(json.value(), "", trouble, command_keys_and({}));
    std::vector<Command> commands = read_commands(reader, grown, trouble);
    if (trouble.first) return *trouble.first;
    if (commands.size() != 1) return Problem{file, "set", "several parameters", "exactly one"};
    return std::move(commands.front());
}

}  // namespace cascadelab
