// The session of a person, or of a share of all people, ends now: as if the door bell rang. Who is
// watching something leaves when it ends; who is in no session is not disturbed.
#pragma once

#include <string>

#include "engine/base/ids.h"
#include "engine/params/params.h"

namespace cascadelab {

class SimulationState;

struct EndSession {
    static constexpr std::string_view kKey = "end_session";
    static constexpr std::string_view kHelp = "A session ends now.";
    PersonId person;   // invalid: a share of all people
    double share = 1;  // 0..1, used when person is invalid

    template <class Self, class Fields>
    static void visit(Self& self, Fields& fields) {
        fields.people(self.person, self.share, "whose session ends");
    }
    std::string words(DomainPackName pack) const;
    void apply(SimulationState& state) const;
};

}  // namespace cascadelab
