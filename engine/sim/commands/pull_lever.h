// A person, or a share of all people, means to pull a lever: the next page that shows an item of
// the topic gets it on the first one.
#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"
#include "engine/world/events/event.h"

namespace cascadelab {

class SimulationState;

struct PullLever {
    static constexpr std::string_view kKey = "pull_lever";
    static constexpr std::string_view kHelp =
        "A lever pulled on the next item of a topic that a page shows.";
    EventKind lever = EventKind::not_interested;  // one of kLevers
    PersonId person;                              // invalid: a share of all people
    double share = 1;                             // 0..1, used when person is invalid
    TopicId topic;

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.topic(self.topic);
        fields.people(self.person, self.share, "whom it takes");
        fields.lever(self.lever);
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
