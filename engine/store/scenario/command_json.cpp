#include "engine/store/scenario/command_json.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "engine/base/text.h"
#include "engine/world/domain/domain_pack.h"

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

// The names of the fields a command has, and what they say when it is written.
class FieldWriter {
  public:
    explicit FieldWriter(DomainPackName pack) : m_pack(pack) {}
    Json take() { return std::move(m_object); }

    void topic(TopicId topic) { m_object.add("topic", topic_name(topic, m_pack)); }
    void people(PersonId person, double share, std::string_view) {
        if (person.valid()) {
            m_object.add("person", person.index());
        } else {
            m_object.add("share", share);
        }
    }
    void lever(EventKind lever) { m_object.add("lever", lever_name(lever)); }
    template <class Value>
    void choice(std::string_view name, Value value, std::span<const std::string_view> names,
                std::string_view) {
        m_object.add(std::string(name), names[static_cast<std::size_t>(value)]);
    }
    void number(std::string_view name, double value, double, double, std::string_view) {
        m_object.add(std::string(name), value);
    }
    void count(std::string_view name, std::int64_t count, std::int64_t, std::int64_t,
               std::string_view) {
        m_object.add(std::string(name), count);
    }

  private:
    Json m_object{Json::Object{}};
    DomainPackName m_pack;
};

class FieldNames {
  public:
    const std::vector<std::string_view>& all() const { return m_names; }

    void topic(TopicId) { m_names.push_back("topic"); }
    void people(PersonId, double, std::string_view) {
        m_names.insert(m_names.end(), {"share", "person"});
    }
    void lever(EventKind) { m_names.push_back("lever"); }
    template <class Value>
    void choice(std::string_view name, Value, std::span<const std::string_view>, std::string_view) {
        m_names.push_back(name);
    }
    void number(std::string_view name, double, double, double, std::string_view) {
        m_names.push_back(name);
    }
    void count(std::string_view name, std::int64_t, std::int64_t, std::int64_t, std::string_view) {
        m_names.push_back(name);
    }

  private:
    std::vector<std::string_view> m_names;
};

// Reads fields within their limits; one that is not given keeps its default.
class FieldReader {
  public:
    FieldReader(ObjectReader& reader, const Params& params) : m_reader(reader), m_params(params) {}

    void topic(TopicId& topic) { topic = read_topic(m_reader, m_params.world.pack); }
    void people(PersonId& person, double& share, std::string_view) {
        if (m_reader.has("person") && m_reader.has("share")) {
            m_reader.report("share", "a share beside a person", "one of the two");
        }
        if (const auto id = m_reader.integer("person", 0, m_params.world.people - 1)) {
            person = PersonId(static_cast<std::size_t>(*id));
        }
        share = m_reader.number("share", 0, 1).value_or(share);
    }
    void lever(EventKind& lever) {
        std::vector<std::string_view> names;
        for (const auto& [kind, name] : kLevers) names.push_back(name);
        if (const auto place = word("lever", names)) lever = kLevers[*place].first;
    }
    template <class Value>
    void choice(std::string_view name, Value& value, std::span<const std::string_view> names,
                std::string_view) {
        if (!m_reader.has(name)) return;
        if (const auto place = word(name, names)) value = static_cast<Value>(*place);
    }
    void number(std::string_view name, double& value, double minimum, double maximum,
                std::string_view) {
        value = m_reader.number(name, minimum, maximum).value_or(value);
    }
    void count(std::string_view name, std::int64_t& count, std::int64_t minimum,
               std::int64_t maximum, std::string_view) {
        count = m_reader.integer(name, minimum, maximum).value_or(count);
    }

  private:
    // The place of a word among those that may stand there.
    std::optional<std::size_t> word(std::string_view name,
                                    std::span<const std::string_view> names) {
        const std::string given = m_reader.text(name);
        const auto found = std::ranges::find(names, given);
        if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
        m_reader.report(name, m_reader.found_text(name), expected_word(given, names));
        return std::nullopt;
    }

    ObjectReader& m_reader;
    const Params& m_params;
};

// Reads the one command of kind C that stands under its key.
template <class C>
void read_command(ObjectReader& entry, const Params& params, Trouble& trouble,
                  std::vector<Command>& out) {
    if constexpr (HasFields<C>) {
        C command;
        FieldNames names;
        C::visit(command, names);
        ObjectReader reader(*entry.find(C::kKey), entry.path(C::kKey), trouble, names.all());
        FieldReader fields(reader, params);
        C::visit(command, fields);
        out.push_back(std::move(command));
    } else if constexpr (std::is_same_v<C, SetParameter>) {
        read_settings(*entry.find(C::kKey), entry.path(C::kKey), trouble, out);
    } else {
        out.push_back(C{entry.text(C::kKey)});
    }
}

// What stands under a command's key.
template <class C>
Json value_of(const C& command, DomainPackName pack) {
    if constexpr (HasFields<const C>) {
        FieldWriter fields(pack);
        C::visit(command, fields);
        return fields.take();
    } else if constexpr (std::is_same_v<C, SetParameter>) {
        const Parameter* parameter = find_parameter(command.key);
        CHECK(parameter != nullptr);
        Json settings(Json::Object{});
        settings.add(command.key, value_json(*parameter, command.value));
        return settings;
    } else {
        return Json(command.text);
    }
}

}  // namespace

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

std::vector<std::string_view> command_keys() {
    std::vector<std::string_view> keys;
    for_each_command([&]<class C>(const C&) { keys.push_back(C::kKey); });
    return keys;
}

std::vector<std::string_view> command_keys_and(std::initializer_list<std::string_view> others) {
    std::vector<std::string_view> keys(others);
    for (const std::string_view key : command_keys()) keys.push_back(key);
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
    object.add(std::string(command_key(command)),
               std::visit([&](const auto& it) { return value_of(it, pack); }, command));
}

std::vector<Command> read_commands(ObjectReader& entry, const Params& params, Trouble& trouble) {
    std::vector<Command> out;
    const std::vector<std::string_view> keys = command_keys();
    const auto given = std::ranges::count_if(keys, [&](auto key) { return entry.has(key); });
    if (given != 1) {
        std::string known;
        for (const std::string_view key : keys) {
            known += known.empty() ? "" : ", ";
            known += key;
        }
        trouble.report(entry.path(""), given == 0 ? "no command" : "several commands",
                       "exactly one of " + known);
        return out;
    }
    for_each_command([&]<class C>(const C&) {
        if (entry.has(C::kKey)) read_command<C>(entry, params, trouble, out);
    });
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
