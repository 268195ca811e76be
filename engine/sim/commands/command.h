// Everything from outside that is not a tick: small values, applied only between ticks, checked
// before anything changes, journaled with their tick. Play, pause and speed are not commands.
//
// A command is one pair of files: what it holds, how it is called in files (kKey), its fields with
// their limits (visit), its words, what it does (apply). From visit come reading, writing, schema
// and check. It is registered by its line below. Values; any thread.
#pragma once

#include <string>
#include <variant>

#include "engine/base/error.h"
#include "engine/sim/commands/burst.h"
#include "engine/sim/commands/change_taste.h"
#include "engine/sim/commands/corrupt_codes.h"
#include "engine/sim/commands/end_session.h"
#include "engine/sim/commands/fleet_incident.h"
#include "engine/sim/commands/note.h"
#include "engine/sim/commands/pull_lever.h"
#include "engine/sim/commands/release_items.h"
#include "engine/sim/commands/search.h"
#include "engine/sim/commands/set_parameter.h"

namespace cascadelab {

using Command = std::variant<SetParameter,   //
                             Search,         //
                             PullLever,      //
                             ReleaseItems,   //
                             ChangeTaste,    //
                             Burst,          //
                             CorruptCodes,   //
                             EndSession,     //
                             FleetIncident,  //
                             Note>;

// Refused or fine, against the state as it is; people: how many there are. Changes nothing.
Status check_command(const Command& command, const Params& params, std::size_t people);
// Applies a command that has passed its check.
void apply_command(const Command& command, SimulationState& state);
// In a few words, for marks: "Diversity 0.35", "search: Documentary".
std::string command_text(const Command& command, DomainPackName pack);
// Its key in files: "search".
std::string_view command_key(const Command& command);

// Calls visit(C()) for every kind of command, in the order of the list.
template <class Visit>
void for_each_command(Visit&& visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (visit(std::variant_alternative_t<I, Command>()), ...);
    }
    (std::make_index_sequence<std::variant_size_v<Command>>());
}

// Whether a command is told as an object of fields; the others say all in one value.
template <class C>
concept HasFields = requires(C command, int fields) {
    C::visit(command, fields);
};

}  // namespace cascadelab
