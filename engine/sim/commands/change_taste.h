// A person, or a share of all people, wants something else from now on and for good: their taste,
// and the innate taste it returns to, lies at a new place with the topic first. What they said at
// sign-up stays said.
#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct ChangeTaste {
    static constexpr std::string_view kKey = "change_taste";
    static constexpr std::string_view kHelp = "Taste turns to a topic, for good.";
    PersonId person;   // invalid: a share of all people
    double share = 1;  // 0..1, used when person is invalid
    TopicId topic;

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.topic(self.topic);
        fields.people(self.person, self.share, "whom it takes");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
