#include "engine/serving/fleet_simulator.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cascadelab {
namespace {

constexpr double kRateStep = 1;  // seconds for which a rate of arrivals holds
constexpr std::uint64_t kOfArrivals = ~std::uint64_t{0};
constexpr std::uint32_t kOfKind = 1u << 30;

}  // namespace

FleetSimulator::FleetSimulator(const FleetPlan& plan, const FleetState& start,
                               const SimulationOptions& options)
    : m_plan(plan),
      m_options(options),
      m_arrivals(plan.seed, Purpose::fleet, kOfArrivals, options.key),
      m_now_s(options.from_s) {
    // The first of each stands for what was at the servers before the simulation began.
    m_requests.resize(1);
    m_visits.resize(1);
    m_calls.resize(1);
    m_requests[0].resolved = m_calls[0].closed = false;
    m_rate_until_s = options.from_s;
    build_stations(start);
    fill(start);
    plan_arrival();
}

SimulationResult FleetSimulator::run() {
    const double stop_s = m_options.to_s + m_options.run_on_s;
    while (true) {
        const double event_s = m_events.empty() ? kNever : m_events.top().at_s;
        const double next_s = std::min({event_s, m_next_arrival_s, m_next_change_s});
        if (!m_counting && next_s >= m_options.count_from_s) start_counting();
        if (next_s > stop_s || (next_s > m_options.to_s && m_open == 0)) break;
        if (m_result.events >= m_options.most_events) {
            m_result.complete = false;
            break;
        }
        if (next_s >= m_next_scrape_s) {
            scrape();
            const double periods = std::floor(next_s / m_plan.stale_signal_s) + 1;
            m_next_scrape_s = periods * m_plan.stale_signal_s;
        }
        CHECK(next_s >= m_now_s);
        m_now_s = next_s;
        if (m_next_change_s <= next_s) {
            change_servers();
        } else if (m_next_arrival_s <= event_s) {
            ++m_result.events;
            arrive();
        } else {
            ++m_result.events;
            handle(m_events.pop());
        }
        if (m_options.audits) audit();
    }
    m_now_s = std::max(m_now_s, std::min(stop_s, m_options.to_s));
    return take_result();
}

void FleetSimulator::handle(const FleetEvent& event) {
    using enum FleetEvent::Kind;
    switch (event.kind) {
        case end:
            end_service(event.id);
            return;
        case gpu_step:
            end_step(event.id);
            return;
        case deadline:
            if (m_requests[event.id].life == event.life && !m_requests[event.id].resolved) {
                resolve(event.id, FleetOutcome::fallback);
            }
            return;
        case timeout:
        case hedge:
        case resend:
            break;
    }
    // What follows is about one sending of a call, if that is still open.
    Call& call = m_calls[event.id];
    if (call.life != event.life || call.closed || call.sent != event.sent) return;
    if (m_requests[call.request].resolved) {
        close_call(event.id);
    } else if (event.kind == resend || (event.kind == hedge && !call.hedged)) {
        send(event.id, event.kind == hedge);
    } else if (event.kind == timeout) {
        if (m_counting) ++m_stations[call.station].report.timed_out;
        fail_sending(event.id);
    }
}

void FleetSimulator::audit() {
    for (const Pool& pool : m_pools) {
        const bool is_gpu = m_stations[pool.station].plan->kind == StationKind::gpu;
        bool idle = !is_gpu && pool.busy < pool.servers;
        for (const std::uint32_t gpu : pool.idle) idle |= m_gpus[gpu].index < pool.servers;
        m_result.idle_servers += idle && pool.queued > 0;
    }
}

void FleetSimulator::start_counting() {
    m_counting = true;
    m_now_s = std::max(m_now_s, m_options.count_from_s);
    for (Station& station : m_stations) {
        touch(station);
        station.scaling_busy -= station.busy_area;
        station.scaling_servers -= station.server_area;
        station.area = station.busy_area = station.server_area = 0;
        station.wait_sum_s = station.time_sum_s = 0;
        station.report = {};
    }
}

// --- requests
// -------------------------------------------------------------------------------------

// Arrivals of a Poisson process whose rate holds for a second; it is memoryless, so that it begins
// anew at every border.
void FleetSimulator::plan_arrival() {
    if (m_options.replay) {
        const bool more = m_replayed < m_options.replay->size();
        m_next_arrival_s = more ? (*m_options.replay)[m_replayed].at_s : kNever;
        if (more) m_next_kind = (*m_options.replay)[m_replayed++].kind_number;
        return;
    }
    double at_s = m_next_arrival_s == kNever ? m_now_s : m_next_arrival_s;
    const double stop_s = m_options.to_s + m_options.run_on_s;
    while (at_s <= stop_s) {
        const double gap_s = m_rate > 0 ? m_arrivals.exponential(1 / m_rate) : kNever;
        if (at_s + gap_s < m_rate_until_s) {
            m_next_arrival_s = at_s + gap_s;
            const std::uint64_t number = m_numbers;
            m_next_kind =
                Stream(m_plan.seed ^ m_options.key, Purpose::fleet, number, kOfKind).uniform();
            return;
        }
        at_s = m_rate_until_s;
        m_rate_until_s = (std::floor(at_s / kRateStep) + 1) * kRateStep;
        m_rate = m_plan.traffic.rate((at_s + m_rate_until_s) / 2);
    }
    m_next_arrival_s = kNever;
}

void FleetSimulator::arrive() {
    const bool counted = m_now_s >= m_options.count_from_s && m_now_s < m_options.to_s;
    if (m_options.traces) m_result.trace.push_back({m_now_s, m_next_kind});
    const std::uint32_t index = new_request(m_now_s, m_next_kind);
    if (counted) {
        Request& request = m_requests[index];
        request.place = static_cast<std::uint32_t>(m_result.requests.size());
        m_result.requests.push_back({m_now_s, 0, request.kind_number, FleetOutcome::waiting,
                                     request.kind_number < m_plan.generative_share});
        ++m_result.arrivals;
        ++m_open;
    }
    plan_arrival();
    pass_on(index, m_existing);
}

std::uint32_t FleetSimulator::new_request(double arrival_s, double kind_number) {
    std::uint32_t index;
    if (m_free_requests.empty()) {
        index = static_cast<std::uint32_t>(m_requests.size());
        m_requests.emplace_back();
        m_visits.emplace_back();
    } else {
        index = m_free_requests.back();
        m_free_requests.pop_back();
    }
    Request& request = m_requests[index];
    request = {arrival_s, kind_number, m_numbers++, request.life + 1, kNone, 0, 0, 0, false};
    if (m_plan.has_deadline()) {
        const double at_s = std::max(m_now_s, arrival_s + m_plan.budget_s);
        m_events.push({at_s, 0, index, request.life, FleetEvent::Kind::deadline, 0});
    }
    return index;
}

// Starts those of the candidates that wait for nobody any more; who is not called is done at once.
void FleetSimulator::pass_on(std::uint32_t index, StationSet candidates) {
    for (StationSet left = candidates; left != 0; left &= left - 1) {
        const auto which = static_cast<std::size_t>(std::countr_zero(left));
        const FleetStation station = every<FleetStation>[which];
        Request& request = m_requests[index];
        if (request.resolved) return;
        if ((request.started & only(station)) || (m_stations[which].after & ~request.done))
            continue;
        request.started |= only(station);
        if (m_stations[which].plan->called_by(request.kind_number)) {
            start_station(index, station);
        } else {
            request.done |= only(station);
            left |= m_stations[which].next;  // all of them come later
        }
    }
    const Request& request = m_requests[index];
    if (request.resolved || request.done != m_existing) return;
    const bool in_time = m_plan.budget_s <= 0 || m_now_s - request.arrival_s <= m_plan.budget_s;
    resolve(index, in_time ? FleetOutcome::served : FleetOutcome::late);
}

void FleetSimulator::start_station(std::uint32_t index, FleetStation station) {
    const std::uint32_t life = m_requests[index].life;
    const int shards = m_stations[station].plan->shards;
    const auto begin_s = static_cast<float>(m_now_s - m_requests[index].arrival_s);
    m_visits[index][station] = {begin_s, begin_s, 0, 0, shards};
    for (int shard = 0; shard < shards; ++shard) {
        // The request may fail at a shard, and be gone.
        if (m_requests[index].life != life || m_requests[index].resolved) return;
        send(new_call(index, station, shard), false);
    }
}

void FleetSimulator::finish_station(std::uint32_t index, FleetStation station) {
    m_requests[index].done |= only(station);
    // The last station of a request leads nowhere, and still has to be noticed.
    pass_on(index, m_stations[station].next);
}

void FleetSimulator::fail(std::uint32_t index) {
    const bool rescued = m_plan.fallback != PageFallback::none;
    resolve(index, rescued ? FleetOutcome::fallback : FleetOutcome::dropped);
}

void FleetSimulator::resolve(std::uint32_t index, FleetOutcome outcome) {
    Request& request = m_requests[index];
    request.resolved = true;
    if (request.place != kNone) {
        FleetRequest& fate = m_result.requests[request.place];
        fate.outcome = outcome;
        fate.latency_s = m_now_s - request.arrival_s;
        --m_open;
        if (m_result.waterfalls.size() < m_options.waterfalls) keep_waterfall(index, fate);
    }
    if (request.open_calls == 0) release_request(index);
}

void FleetSimulator::release_request(std::uint32_t index) {
    ++m_requests[index].life;
    m_free_requests.push_back(index);
}

// Spans, and from the end backwards who was waited for: of all before a station, the last to end.
void FleetSimulator::keep_waterfall(std::uint32_t index, const FleetRequest& fate) {
    const Request& request = m_requests[index];
    const Visits& visits = m_visits[index];
    FleetWaterfall& waterfall = m_result.waterfalls.emplace_back();
    waterfall.request = fate;
    StationSet critical = 0;
    StationSet before = m_existing;
    while (before != 0) {
        StationSet last = 0;
        float last_s = -1;
        for (const FleetStation station : every<FleetStation>) {
            const bool visited = (before & request.started & only(station)) &&
                                 m_stations[station].plan->called_by(request.kind_number);
            if (!visited) continue;
            const bool open = !(request.done & only(station));
            const float end_s = open ? static_cast<float>(fate.latency_s) : visits[station].end_s;
            if (end_s >= last_s) {
                last_s = end_s;
                last = only(station);
            }
        }
        critical |= last;
        before = last == 0 ? 0 : m_stations[static_cast<std::size_t>(std::countr_zero(last))].after;
    }
    for (const FleetStation station : every<FleetStation>) {
        const StationPlan& plan = m_plan.stations[station];
        if (!(request.started & only(station)) || !plan.called_by(request.kind_number)) continue;
        const Visit& visit = visits[station];
        const bool open = !(request.done & only(station));
        waterfall.spans.push_back({station, visit.begin_s, open ? fate.latency_s : visit.end_s,
                                   visit.wait_s, visit.service_s, plan.shards,
                                   (critical & only(station)) != 0});
    }
}

// --- the report
// ---------------------------------------------------------------------------------------

// What is still in a station has spent its time there as well.
void FleetSimulator::add_waiting_seconds() {
    const auto add = [&](const Attempt& attempt) {
        m_result.stations[m_pools[attempt.pool].station].seconds_in_system +=
            m_now_s - std::max(attempt.arrived_s, m_options.count_from_s);
    };
    for (const Pool& pool : m_pools) {
        for (std::uint32_t a = pool.head; a != kNone; a = m_attempts[a].next) add(m_attempts[a]);
    }
    for (const FleetEvent& event : m_events.all()) {
        if (event.kind == FleetEvent::Kind::end) add(m_attempts[event.id]);
    }
    for (std::size_t gpu = 0; gpu < m_gpus.size(); ++gpu) {
        for (int i = 0; i < m_gpus[gpu].running; ++i) add(m_attempts[running(gpu, i)]);
    }
}

SimulationResult FleetSimulator::take_result() {
    if (!m_counting) start_counting();
    const double seconds = std::max(1e-9, m_now_s - m_options.count_from_s);
    for (const FleetStation which : every<FleetStation>) {
        Station& station = m_stations[which];
        if (!station.plan) continue;
        touch(station);
        StationReport& report = station.report;
        report.servers = station.server_area / seconds;
        report.waiting = static_cast<std::uint64_t>(station.in_system);
        report.utilisation = station.server_area > 0 ? station.busy_area / station.server_area : 0;
        report.mean_in_system = station.area / seconds;
        report.seconds_in_system = station.time_sum_s;
        const auto gone = static_cast<double>(report.served + report.expired);
        report.mean_time_s = gone > 0 ? station.time_sum_s / gone : 0;
        const auto begun = static_cast<double>(report.served);
        report.mean_wait_s = begun > 0 ? station.wait_sum_s / begun : 0;
        m_result.stations[which] = report;
    }
    add_waiting_seconds();
    for (FleetRequest& request : m_result.requests) {
        if (request.outcome == FleetOutcome::waiting) {
            request.latency_s = m_now_s - request.arrival_s;
        }
        ++m_result.outcomes[request.outcome];
    }
    m_result.scaling = m_scaling;
    return std::move(m_result);
}

}  // namespace cascadelab
