// The modelled fleet event by event: every request of a cell through every queue it meets. Used
// for a second or two of every tick (a look) and for minutes on demand (the microscope). All times
// are modelled. Pure in plan, state and options; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/serving/fleet_state.h"

namespace cascadelab {

enum class FleetOutcome : std::uint8_t {
    served,    // within the budget, or there is none
    late,      // the page came, over the budget
    fallback,  // over the budget or failed: another page instead
    dropped,   // failed, and nothing came
    waiting    // still in the fleet when the simulation ended
};
template <>
inline constexpr std::size_t enum_count<FleetOutcome> = 5;

struct FleetRequest {
    double arrival_s = 0;
    double latency_s = 0;    // until the person has a page; so far, if waiting
    double kind_number = 0;  // [0, 1): who it calls
    FleetOutcome outcome = FleetOutcome::waiting;
    bool generative = false;
};

// One station in the life of one request; seconds after the request's arrival.
struct FleetSpan {
    FleetStation station = FleetStation::edge;
    double begin_s = 0;
    double end_s = 0;
    double wait_s = 0;     // of the slowest call, in the queue
    double service_s = 0;  // of the slowest call, at a server
    int shards = 1;
    bool critical = false;  // the request waited for this one
};
struct FleetWaterfall {
    FleetRequest request;
    std::vector<FleetSpan> spans;  // in the order of stations
};

// What a station did; calls of all shards and groups together.
struct StationReport {
    double servers = 0;       // mean over the time, all shards
    std::uint64_t calls = 0;  // that came in
    std::uint64_t served = 0;
    std::uint64_t expired = 0;  // dropped by a server, nobody waited any more
    std::uint64_t refused = 0;  // the queue was full, or load was shed
    std::uint64_t timed_out = 0;
    std::uint64_t retries = 0;
    std::uint64_t hedges = 0;
    std::uint64_t waiting = 0;     // in the station at the end
    double utilisation = 0;        // busy server-seconds over those there were
    double mean_in_system = 0;     // L: calls in queue and at servers, over time
    double seconds_in_system = 0;  // sum over calls of the time they spent here so far
    double mean_time_s = 0;        // W: of a call from coming in to going out
    double mean_wait_s = 0;        // of it in the queue
    std::uint64_t longest_queue = 0;
};

// A period of the simulation, by the time at which requests arrived.
struct FleetPeriod {
    double begin_s = 0;
    std::uint64_t arrivals = 0;
    std::uint64_t good = 0;  // served in time
    double latency_sum_s = 0;
};

struct TracedArrival {
    double at_s = 0;
    double kind_number = 0;
};

struct SimulationOptions {
    double from_s = 0;
    double count_from_s = 0;     // requests that arrive from here on are reported
    double to_s = 0;             // until here
    double run_on_s = 0;         // how long the fleet may run on, with traffic, to answer them
    std::uint64_t key = 0;       // another one is another run
    bool scales = true;          // the autoscaler works
    std::size_t waterfalls = 0;  // at most so many requests are kept with their spans
    double period_s = 0;         // > 0: periods are reported
    bool traces = false;         // arrivals are kept
    bool audits = false;         // after every event, whether a server is idle beside a queue
    const std::vector<TracedArrival>* replay = nullptr;  // these arrive, and no others
    std::uint64_t most_events = 2'000'000'000;
};

struct SimulationResult {
    std::vector<FleetRequest> requests;  // counted ones, by arrival
    std::vector<FleetWaterfall> waterfalls;
    std::vector<FleetPeriod> periods;
    std::vector<TracedArrival> trace;
    EnumArray<FleetStation, StationReport> stations{};
    EnumArray<FleetOutcome, std::uint64_t> outcomes{};  // of counted requests
    EnumArray<FleetStation, Scaling> scaling{};         // as the autoscaler left it
    std::uint64_t arrivals = 0;                         // of counted requests
    std::uint64_t events = 0;
    std::uint64_t idle_servers = 0;  // seen by audits; none if stations conserve work
    bool complete = true;            // false: most_events were reached

    std::uint64_t hash() const;  // over every reported number
};

// The plan must have passed check_plan.
SimulationResult simulate_fleet(const FleetPlan& plan, const FleetState& start,
                                const SimulationOptions& options);

}  // namespace cascadelab
