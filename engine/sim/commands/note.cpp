#include "engine/sim/commands/note.h"

namespace cascadelab {

std::string Note::words(DomainPackName) const {
    return text;
}

void Note::apply(SimulationState&) const {}

}  // namespace cascadelab
