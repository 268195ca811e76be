// A person, or a share of all people, opens a session now and searches for a topic; who is watching
// something searches when it ends.
#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct Search {
    static constexpr std::string_view kKey = "search";
    static constexpr std::string_view kHelp = "A session with a search.";
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
