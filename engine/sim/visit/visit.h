// Stage three of the step: what one person does inside one tick. Pages are requested, served by the
// cascade and answered, and the person's own features follow at once. Touches only that person's
// rows, so people run in parallel.
#pragma once

#include <optional>
#include <vector>

#include "engine/cascade/cascade.h"
#include "engine/sim/fleet/fleet_flow.h"
#include "engine/sim/snapshot/snapshot.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

// Wall-clock time of one request by stage, for the profile.
struct RequestTiming {
    float total_us = 0;
    EnumArray<CascadeStage, float> stage_us{};
};

// What is only watched: sums for the funnel and the trace of a person in focus.
struct VisitTally {
    HourFunnel funnel;
    std::vector<RequestTiming> timings;
    std::shared_ptr<const CascadeTrace>
        sampled;  // first request of the visit, explained, when asked for
    std::shared_ptr<const CascadeTrace> explained;  // last request of the person in focus
    std::vector<ItemId> explained_clicks;
    std::vector<Vector> queries;  // of all requests of the person in focus
};

struct Visit {
    PersonId person;
    std::vector<Event> events;  // in time order
    std::vector<LoggedRequest> logged;
    std::vector<RequestFacts> facts;
    FleetTraffic fleet;  // what its requests did to the modelled fleet
    VisitTally view;
};

struct VisitOrder {
    PersonId person;
    std::optional<TopicId> search;  // searches before the first page
    bool explain = false;
    bool sample = false;                 // keep the trace of the first request
    SequenceMemory* memory = nullptr;    // the person's own, forgotten when the session ends
    const FleetMoment* fleet = nullptr;  // that serves; null while none is modelled
};

// Runs the person's session from its clock to end_s or to its end.
Visit visit_person(SimulationState& state, const VisitOrder& order, Seconds end_s,
                   CascadeWorkspace& workspace);

inline constexpr std::size_t kOracleItems =
    10;  // the oracle's best items a request is compared with

// Everything a cascade may read of a state.
CascadeInputs cascade_inputs(const SimulationState& state);
Request make_request(const SimulationState& state, PersonId person, Seconds now_s);

}  // namespace cascadelab
