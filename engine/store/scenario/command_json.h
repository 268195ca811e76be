// Commands as JSON, the same in a scenario's timeline and in a run file's journal:
// {"set": {"rerank.diversity": 0.5}}, {"search": {"topic": "Documentary", "share": 0.3}},
// {"pull_lever": {"lever": "not_interested", "topic": "Comedy", "person": 7}},
// {"release": {"topic": "Comedy", "quality": 1.5, "count": 3}},
// {"change_taste": {"topic": "Romance", "person": 7}},
// {"burst": {"topic": "Documentary", "strength": 2, "hours": 24, "releases": 24}},
// {"note": "..."}. No command is known here by name: its fields are asked for. Any thread.
#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "engine/params/table.h"
#include "engine/sim/commands/command.h"
#include "engine/store/json/object_reader.h"

namespace cascadelab {

// The keys of commands; an object holds exactly one of them.
std::vector<std::string_view> command_keys();
// These and what else the object may hold.
std::vector<std::string_view> command_keys_and(std::initializer_list<std::string_view> others);

// A topic by its name.
TopicId read_topic(ObjectReader& reader, DomainPackName pack);

// One command as an object with a single member, appended to the members that stand there.
void add_command(Json& object, const Command& command, DomainPackName pack);
// The commands of an object that holds exactly one of the keys above; "set" may move several
// parameters. Keys outside and limits against params (people, live or not) are checked.
std::vector<Command> read_commands(ObjectReader& entry, const Params& params, Trouble& trouble);

// A parameter's value: true, false, a choice's name or a number, checked against the table.
Json value_json(const Parameter& parameter, double value);
Result<double> read_value(const Parameter& parameter, const Json& json);

// A whole command from a journal line; file names the source in a Problem.
std::string command_line(const Command& command, DomainPackName pack);
Result<Command> parse_command_line(std::string_view line, const Params& params,
                                   const std::string& file);

}  // namespace cascadelab
