// What does not go together in a plan whose fields are sound each by itself. For the reader of
// plans alone; one thread.
#pragma once

#include <string>

#include "engine/store/json/object_reader.h"
#include "engine/sweep/plan/sweep_plan.h"

namespace cascadelab {

std::string entry_path(std::string_view list, std::size_t place);  // "axes[2]"

// budget: what the plan says of it; null: nothing.
void check_plan(const SweepPlan& plan, const Json* budget, Trouble& trouble);

}  // namespace cascadelab
