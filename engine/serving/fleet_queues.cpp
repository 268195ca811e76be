// Queues, servers and GPUs: how a call gets to a server and what it finds there.
#include <algorithm>

#include "engine/serving/fleet_simulator.h"

namespace cascadelab {
namespace {

constexpr int kOfService = 0;
constexpr int kOfRoute = 1;
constexpr std::uint64_t kOfGhosts = std::uint64_t{1} << 41;
constexpr int kPrefillTokens = 512;  // read in one step at most
constexpr double kMemory = 0.02;     // weight of the newest service in the mean that is seen

}  // namespace

// Brings the integrals of a station up to now.
void FleetSimulator::touch(Station& station) {
    const double passed_s = m_now_s - station.changed_s;
    station.area += station.in_system * passed_s;
    station.busy_area += station.busy * passed_s;
    station.server_area += station.servers * passed_s;
    station.changed_s = m_now_s;
}

std::uint32_t FleetSimulator::route(Station& station, const Call& call) {
    const std::uint32_t first = station.first_pool + static_cast<std::uint32_t>(call.shard) *
                                                         static_cast<std::uint32_t>(station.groups);
    const auto groups = static_cast<std::uint32_t>(station.active_groups);
    if (groups == 1) return first;
    const auto load = [&](std::uint32_t group) {
        const Pool& pool = m_pools[first + group];
        return m_plan.stale_signal_s > 0 ? pool.signal : pool.load();
    };
    if (m_plan.routing == Routing::least) {
        std::uint32_t best = 0;
        for (std::uint32_t group = 1; group < groups; ++group) {
            if (load(group) < load(best)) best = group;
        }
        return first + best;
    }
    Stream stream = stream_of(call, call.sent, kOfRoute + 2 * call.hedged);
    const auto one = static_cast<std::uint32_t>(stream.below(groups));
    if (m_plan.routing == Routing::random) return first + one;
    auto other = static_cast<std::uint32_t>(stream.below(groups - 1));
    if (other >= one) ++other;
    return first + (load(other) < load(one) ? other : one);
}

void FleetSimulator::scrape() {
    for (Pool& pool : m_pools) pool.signal = pool.load();
}

// By what a queue shows: its length, its servers, and what service took lately.
bool FleetSimulator::would_wait_too_long(const Station& station, const Pool& pool,
                                         const Call& call) const {
    if (pool.busy < pool.room) return false;
    const double wait_s = pool.servers > 0
                              ? (static_cast<double>(pool.queued) + 1) * station.seen_service_s /
                                    static_cast<double>(pool.servers)
                              : kNever;
    double patience_s = station.plan->calls.timeout_s > 0 ? station.plan->calls.timeout_s : kNever;
    if (m_plan.has_deadline()) {
        const double left_s = m_requests[call.request].arrival_s + m_plan.budget_s - m_now_s;
        patience_s = std::min(patience_s, left_s);
    }
    return wait_s + station.seen_service_s > patience_s;
}

std::uint32_t FleetSimulator::new_attempt(std::uint32_t call, std::uint32_t pool, bool hedge,
                                          double age_s) {
    std::uint32_t index;
    if (m_free_attempts.empty()) {
        index = static_cast<std::uint32_t>(m_attempts.size());
        m_attempts.emplace_back();
    } else {
        index = m_free_attempts.back();
        m_free_attempts.pop_back();
    }
    ++m_calls[call].open_attempts;
    m_attempts[index] = {m_now_s - age_s, 0, call, kNone, pool, 0, 0, m_calls[call].sent, hedge};
    return index;
}

// A call comes to a queue, and at once to a server if one is free.
void FleetSimulator::enter(std::uint32_t index) {
    const std::uint32_t where = m_attempts[index].pool;
    Pool& pool = m_pools[where];
    Station& station = m_stations[pool.station];
    touch(station);
    station.in_system += 1;
    put_behind(pool, index);
    dispatch(where);
}

void FleetSimulator::put_behind(Pool& pool, std::uint32_t index) {
    m_attempts[index].next = kNone;
    if (pool.tail == kNone) {
        pool.head = index;
    } else {
        m_attempts[pool.tail].next = index;
    }
    pool.tail = index;
    ++pool.queued;
    if (m_counting) {
        std::uint64_t& longest = m_stations[pool.station].report.longest_queue;
        longest = std::max(longest, static_cast<std::uint64_t>(pool.queued));
    }
}

// The first in the queue that is to be served; with dropping, what nobody waits for goes unserved.
std::uint32_t FleetSimulator::take_first(std::uint32_t where) {
    Pool& pool = m_pools[where];
    while (pool.head != kNone) {
        const std::uint32_t first = pool.head;
        pool.head = m_attempts[first].next;
        if (pool.head == kNone) pool.tail = kNone;
        --pool.queued;
        if (!m_plan.drop_expired || wanted(m_attempts[first])) return first;
        if (m_counting) ++m_stations[pool.station].report.expired;
        leave(first);
    }
    return kNone;
}

// No server is idle while a call waits.
void FleetSimulator::dispatch(std::uint32_t where) {
    Pool& pool = m_pools[where];
    if (m_stations[pool.station].plan->kind == StationKind::gpu) {
        // Free GPUs begin; those that work take what waits when their step ends.
        while (pool.queued > 0 && !pool.idle.empty()) {
            const std::uint32_t gpu = pool.idle.back();
            pool.idle.pop_back();
            m_gpus[gpu].listed = false;
            admit(gpu);
            begin_step(gpu);
        }
        return;
    }
    while (pool.busy < pool.servers && pool.queued > 0) {
        const std::uint32_t first = take_first(where);
        if (first == kNone) return;
        begin_service(first);
    }
}

void FleetSimulator::begin_service(std::uint32_t index) {
    Attempt& attempt = m_attempts[index];
    Pool& pool = m_pools[attempt.pool];
    Station& station = m_stations[pool.station];
    touch(station);
    ++pool.busy;
    station.busy += 1;
    attempt.started_s = m_now_s;
    const Call& call = m_calls[attempt.call];
    Stream stream = attempt.call == 0
                        ? Stream(m_plan.seed ^ m_options.key, Purpose::fleet, ++m_ghosts, kOfGhosts)
                        : stream_of(call, attempt.sent, kOfService + 2 * attempt.hedge);
    double service_s = station.plan->service.draw(stream) * station.slowdown;
    if (station.cold_share > 0 && stream.chance(station.cold_share)) {
        service_s *= m_plan.autoscaler.cold_slowdown;
    }
    m_events.push({m_now_s + service_s, 0, index, 0, FleetEvent::Kind::end, 0});
}

void FleetSimulator::end_service(std::uint32_t index) {
    const Attempt& attempt = m_attempts[index];
    const std::uint32_t where = attempt.pool;
    Pool& pool = m_pools[where];
    Station& station = m_stations[pool.station];
    touch(station);
    --pool.busy;
    station.busy -= 1;
    const double took_s = m_now_s - attempt.started_s;
    station.seen_service_s += kMemory * (took_s - station.seen_service_s);
    station.wait_sum_s += attempt.started_s - attempt.arrived_s;
    if (m_counting) ++station.report.served;
    answer(index);
    leave(index);
    dispatch(where);
}

// An attempt is over, served or not.
void FleetSimulator::leave(std::uint32_t index) {
    const Attempt& attempt = m_attempts[index];
    Station& station = m_stations[m_pools[attempt.pool].station];
    touch(station);
    station.in_system -= 1;
    station.time_sum_s += m_now_s - std::max(attempt.arrived_s, m_options.count_from_s);
    Call& call = m_calls[attempt.call];
    --call.open_attempts;
    m_free_attempts.push_back(index);
    if (attempt.call == 0) return;
    // Its request may have got its page elsewhere, and nothing else would ever close the call.
    if (!call.closed && m_requests[call.request].resolved) {
        close_call(attempt.call);
    } else if (call.closed && call.open_attempts == 0) {
        release_call(attempt.call);
    }
}

// --- GPUs
// ---------------------------------------------------------------------------------------------

// Takes from the queue what fits into the batch.
void FleetSimulator::admit(std::uint32_t gpu) {
    Gpu& on = m_gpus[gpu];
    Pool& pool = m_pools[on.pool];
    Station& station = m_stations[pool.station];
    if (on.index >= pool.servers) return;  // lost, or switched off
    touch(station);
    while (on.running < station.plan->batch && pool.queued > 0) {
        const std::uint32_t index = take_first(on.pool);
        if (index == kNone) return;
        Attempt& attempt = m_attempts[index];
        attempt.started_s = m_now_s;
        attempt.prefill_left = station.plan->gpu.prefill_tokens;
        attempt.steps_left = station.plan->gpu.decode_steps;
        running(gpu, on.running++) = index;
        ++pool.busy;
        station.busy += 1.0 / station.plan->batch;
    }
}

// Tokens of one call in a step; what is read is read in pieces, so that others are not held up.
int FleetSimulator::tokens_of(const Attempt& attempt, const GpuWork& work,
                              int& prefill_room) const {
    if (attempt.prefill_left <= 0) return work.width;
    const int tokens = std::min(attempt.prefill_left, prefill_room);
    prefill_room -= tokens;
    return tokens;
}

// A GPU without work is found by the next call, unless it is lost.
void FleetSimulator::list_idle(std::uint32_t gpu) {
    Gpu& on = m_gpus[gpu];
    if (on.stepping || on.listed || on.index >= m_pools[on.pool].servers) return;
    on.listed = true;
    m_pools[on.pool].idle.push_back(gpu);
}

void FleetSimulator::begin_step(std::uint32_t gpu) {
    Gpu& on = m_gpus[gpu];
    Pool& pool = m_pools[on.pool];
    on.stepping = on.running > 0;
    if (!on.stepping) {
        list_idle(gpu);
        return;
    }
    const Station& station = m_stations[pool.station];
    int prefill_room = kPrefillTokens;
    int tokens = 0;
    for (int i = 0; i < on.running; ++i) {
        tokens += tokens_of(m_attempts[running(gpu, i)], station.plan->gpu, prefill_room);
    }
    const double step_s = station.plan->step.seconds(tokens) * station.slowdown *
                          (1 + station.cold_share * (m_plan.autoscaler.cold_slowdown - 1));
    m_events.push({m_now_s + step_s, 0, gpu, 0, FleetEvent::Kind::gpu_step, 0});
}

void FleetSimulator::end_step(std::uint32_t gpu) {
    Gpu& on = m_gpus[gpu];
    const std::uint32_t where = on.pool;
    Station& station = m_stations[m_pools[where].station];
    touch(station);
    // Who is done leaves the batch first; answers move on when it is in order again.
    m_finished.clear();
    int prefill_room = kPrefillTokens;
    int left = 0;
    for (int i = 0; i < on.running; ++i) {
        const std::uint32_t index = running(gpu, i);
        Attempt& attempt = m_attempts[index];
        if (attempt.prefill_left > 0) {
            attempt.prefill_left -= tokens_of(attempt, station.plan->gpu, prefill_room);
        } else if (--attempt.steps_left <= 0) {
            m_finished.push_back(index);
            continue;
        }
        running(gpu, left++) = index;
    }
    on.running = left;
    for (const std::uint32_t index : m_finished) {
        const Attempt& attempt = m_attempts[index];
        --m_pools[where].busy;
        station.busy -= 1.0 / station.plan->batch;
        station.seen_service_s += kMemory * (m_now_s - attempt.started_s - station.seen_service_s);
        station.wait_sum_s += attempt.started_s - attempt.arrived_s;
        if (m_counting) ++station.report.served;
        answer(index);
        leave(index);
    }
    admit(gpu);
    begin_step(gpu);
}

}  // namespace cascadelab
