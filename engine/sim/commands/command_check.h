// Whether a command can be applied to a run as it is. Changes nothing; any thread.
#pragma once

#include "engine/base/error.h"
#include "engine/params/params.h"
#include "engine/sim/commands/command.h"

namespace cascadelab {

Status check_command(const Command& command, const Params& params, std::size_t people);

}  // namespace cascadelab
