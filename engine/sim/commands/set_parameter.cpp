#include "engine/sim/commands/set_parameter.h"

#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

Status SetParameter::check(const Params& params) const {
    const auto parameter = require_parameter(key);
    if (!parameter) return parameter.problem();
    if (const Status status = check_value(*parameter.value(), value); !status) return status;
    if (parameter.value()->when == When::restart) {
        return Problem{"command", key, "a change while the world runs",
                       "a restart with the new value"};
    }
    Params changed = params;
    parameter.value()->set(changed, value);
    return check_together(changed, 1e12);
}

std::string SetParameter::words(DomainPackName) const {
    const Parameter* parameter = find_parameter(key);
    if (parameter == nullptr) return key;
    return std::string(parameter->label) + " " + value_text(*parameter, value);
}

void SetParameter::apply(SimulationState& state) const {
    find_parameter(key)->set(state.params, value);
}

}  // namespace cascadelab
