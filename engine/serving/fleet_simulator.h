// The machine behind fleet_simulation.h: requests, calls and attempts in arrays by index, queues as
// linked lists through the attempts, nothing allocated once the arrays have grown. For the files of
// the simulation alone. One thread an object.
#pragma once

#include <array>
#include <limits>

#include "engine/serving/event_heap.h"
#include "engine/serving/fleet_simulation.h"

namespace cascadelab {

class FleetSimulator {
  public:
    FleetSimulator(const FleetPlan& plan, const FleetState& start,
                   const SimulationOptions& options);
    SimulationResult run();

  private:
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    static constexpr double kNever = std::numeric_limits<double>::infinity();

    // One station in the life of one request, seconds after its arrival.
    struct Visit {
        float begin_s = 0;
        float end_s = 0;
        float wait_s = 0;
        float service_s = 0;
        int pending = 0;  // shards without an answer
    };
    using Visits = EnumArray<FleetStation, Visit>;
    // What a person waits for. It lives until it is resolved and its last call is over.
    struct Request {
        double arrival_s = 0;
        double kind_number = 0;
        std::uint32_t number = 0;     // by which its draws are keyed
        std::uint32_t life = 0;       // of this place in the array
        std::uint32_t place = kNone;  // among the counted requests
        std::uint32_t open_calls = 0;
        StationSet started = 0;
        StationSet done = 0;
        bool resolved = true;
    };
    // One question to one shard, sent once and, when it failed, again. Of it, `sent` counts.
    struct Call {
        std::uint32_t request = 0;
        std::uint32_t life = 0;
        int open_attempts = 0;
        FleetStation station = FleetStation::edge;
        std::uint8_t shard = 0;
        std::uint8_t sent = 0;
        bool hedged = false;  // the current sending
        bool closed = true;   // answered, failed for good or of no use
    };
    // One call in a queue or at a server.
    struct Attempt {
        double arrived_s = 0;
        double started_s = 0;
        std::uint32_t call = 0;
        std::uint32_t next = kNone;  // behind it in the queue
        std::uint32_t pool = 0;
        int prefill_left = 0;  // tokens, on a GPU
        int steps_left = 0;
        std::uint8_t sent = 0;
        bool hedge = false;
    };
    // A group of servers behind one queue.
    struct Pool {
        std::uint32_t head = kNone;
        std::uint32_t tail = kNone;
        std::int64_t queued = 0;
        std::int64_t busy = 0;  // servers; on GPUs, calls
        std::int64_t servers = 0;
        std::int64_t room = 0;    // calls that servers can hold at once
        std::int64_t signal = 0;  // of its load, as routing knows it
        std::uint32_t first_gpu = 0;
        std::vector<std::uint32_t> idle;  // GPUs; may list lost ones
        FleetStation station = FleetStation::edge;
        std::int64_t load() const { return queued + busy; }
    };
    struct Gpu {
        std::uint32_t pool = 0;
        std::int64_t index = 0;  // in the pool
        int running = 0;
        bool stepping = false;
        bool listed = false;  // among the idle ones of its pool
    };
    struct Station {
        const StationPlan* plan = nullptr;
        StationSet after = 0;  // among those that exist
        StationSet next = 0;
        std::uint32_t first_pool = 0;
        int groups = 1;         // of a shard
        int active_groups = 1;  // that have servers
        double slowdown = 1;
        double cold_share = 0;
        double retry_tokens = 0, most_tokens = 1;
        double seen_service_s = 0;  // running mean of what servers took
        // Integrals over time, for the report and for the autoscaler.
        double changed_s = 0;
        double in_system = 0;
        double busy = 0;     // servers
        double servers = 0;  // of all shards
        double area = 0, busy_area = 0, server_area = 0;
        double scaling_busy = 0, scaling_servers = 0;  // the areas at the last look
        double wait_sum_s = 0, time_sum_s = 0;
        StationReport report;
    };

    // --- time (fleet_simulator.cpp)
    void handle(const FleetEvent& event);
    void audit();
    void start_counting();
    void add_waiting_seconds();
    SimulationResult take_result();

    // --- requests (fleet_simulator.cpp)
    void plan_arrival();
    void arrive();
    std::uint32_t new_request(double arrival_s, double kind_number);
    void pass_on(std::uint32_t request, StationSet candidates);
    void start_station(std::uint32_t request, FleetStation station);
    void finish_station(std::uint32_t request, FleetStation station);
    void resolve(std::uint32_t request, FleetOutcome outcome);
    void fail(std::uint32_t request);
    void keep_waterfall(std::uint32_t request, const FleetRequest& fate);
    void release_request(std::uint32_t request);

    // --- calls (fleet_calls.cpp)
    std::uint32_t new_call(std::uint32_t request, FleetStation station, int shard);
    void send(std::uint32_t call, bool hedge, double age_s = 0);
    void refuse(std::uint32_t call, bool hedge);
    void fail_sending(std::uint32_t call);
    void answer(std::uint32_t attempt);
    void close_call(std::uint32_t call);
    void release_call(std::uint32_t call);
    bool wanted(const Attempt& attempt) const;
    Stream stream_of(const Call& call, int sent, int use) const;

    // --- queues (fleet_queues.cpp)
    void touch(Station& station);
    std::uint32_t route(Station& station, const Call& call);
    void scrape();
    bool would_wait_too_long(const Station& station, const Pool& pool, const Call& call) const;
    std::uint32_t new_attempt(std::uint32_t call, std::uint32_t pool, bool hedge, double age_s = 0);
    void enter(std::uint32_t attempt);
    void put_behind(Pool& pool, std::uint32_t attempt);
    std::uint32_t take_first(std::uint32_t pool);
    void dispatch(std::uint32_t pool);
    void begin_service(std::uint32_t attempt);
    void end_service(std::uint32_t attempt);
    void leave(std::uint32_t attempt);
    std::uint32_t& running(std::size_t gpu, int place) {
        return m_running[m_first_running[gpu] + static_cast<std::uint32_t>(place)];
    }
    void admit(std::uint32_t gpu);
    void list_idle(std::uint32_t gpu);
    void begin_step(std::uint32_t gpu);
    void end_step(std::uint32_t gpu);
    int tokens_of(const Attempt& attempt, const GpuWork& work, int& prefill_room) const;

    // --- servers and what is there at first (fleet_servers.cpp)
    void build_stations(const FleetState& start);
    void change_servers();
    void set_servers(FleetStation station);
    void run_autoscaler();
    void fill(const FleetState& start);
    void fill_servers(FleetStation station, const StationState& state);
    void fill_queue(FleetStation station, const StationState& state, double upstream_s);
    void add_waiting(FleetStation station, double arrival_s, double age_s, int sent);
    void add_ghosts(FleetStation station, int shard, double count);

    const FleetPlan& m_plan;
    const SimulationOptions& m_options;
    EnumArray<FleetStation, Station> m_stations{};
    EnumArray<FleetStation, Scaling> m_scaling{};
    StationSet m_existing = 0;
    EventHeap m_events;
    std::vector<Request> m_requests;
    std::vector<Visits> m_visits;
    std::vector<Call> m_calls;
    std::vector<Attempt> m_attempts;
    std::vector<std::uint32_t> m_free_requests, m_free_calls, m_free_attempts;
    std::vector<Pool> m_pools;
    std::vector<Gpu> m_gpus;
    std::vector<std::uint32_t> m_running;        // attempts, `batch` places a GPU
    std::vector<std::uint32_t> m_first_running;  // of a GPU
    std::vector<std::uint32_t> m_finished;       // scratch of a step
    Stream m_arrivals;
    double m_now_s;
    double m_next_arrival_s = kNever;
    double m_next_kind = 0;
    double m_rate = 0;  // requests a second
    double m_rate_until_s = 0;
    double m_next_scrape_s = kNever;
    double m_next_change_s = kNever;
    double m_next_scaling_s = kNever;
    std::size_t m_replayed = 0;
    std::uint32_t m_numbers = 0;
    std::uint64_t m_ghosts = 0;
    std::uint64_t m_open = 0;  // counted requests that are not resolved
    bool m_counting = false;
    SimulationResult m_result;
};

}  // namespace cascadelab
