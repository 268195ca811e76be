// What the caller of a station does: it sends, gives up, sends again, asks a second server.
#include <algorithm>

#include "engine/serving/fleet_simulator.h"

namespace cascadelab {
namespace {

constexpr int kOfBackoff = 64;  // beside the uses of a sending's other draws

}  // namespace

// The draws of one sending: no other event of the fleet moves them.
Stream FleetSimulator::stream_of(const Call& call, int sent, int use) const {
    const std::uint64_t place = (index_of(call.station) * 256 + call.shard) * 256;
    return Stream(m_plan.seed ^ m_options.key, Purpose::fleet, m_requests[call.request].number,
                  place + static_cast<std::uint64_t>(sent * 4 + use));
}

std::uint32_t FleetSimulator::new_call(std::uint32_t request, FleetStation station, int shard) {
    std::uint32_t index;
    if (m_free_calls.empty()) {
        index = static_cast<std::uint32_t>(m_calls.size());
        m_calls.emplace_back();
    } else {
        index = m_free_calls.back();
        m_free_calls.pop_back();
    }
    Call& call = m_calls[index];
    call = {request, call.life + 1, 0, station, static_cast<std::uint8_t>(shard), 0, false, false};
    ++m_requests[request].open_calls;
    Station& asked = m_stations[station];
    asked.retry_tokens = std::min(asked.most_tokens, asked.retry_tokens + m_plan.retry_budget);
    return index;
}

// A sending, or a second one beside the first that counts as the same. age_s: it was sent so long
// ago.
void FleetSimulator::send(std::uint32_t index, bool hedge, double age_s) {
    Call& call = m_calls[index];
    Station& station = m_stations[call.station];
    const CallRules& rules = station.plan->calls;
    if (hedge) {
        call.hedged = true;
    } else {
        ++call.sent;
        call.hedged = false;
    }
    if (m_counting) {
        ++station.report.calls;
        station.report.retries += !hedge && call.sent > 1;
        station.report.hedges += hedge;
    }
    const std::uint32_t where = route(station, call);
    const Pool& pool = m_pools[where];
    const bool full = pool.busy >= pool.room && pool.queued >= station.plan->queue_limit;
    if (full || (m_plan.load_shedding && would_wait_too_long(station, pool, call))) {
        if (m_counting) ++station.report.refused;
        if (!hedge) fail_sending(index);
        return;
    }
    if (!hedge && rules.timeout_s > 0) {
        const double at_s = m_now_s + std::max(0.0, rules.timeout_s - age_s);
        m_events.push({at_s, 0, index, call.life, FleetEvent::Kind::timeout, call.sent});
    }
    if (!hedge && rules.hedge_after_s > 0) {
        m_events.push({m_now_s + rules.hedge_after_s, 0, index, call.life, FleetEvent::Kind::hedge,
                       call.sent});
    }
    enter(new_attempt(index, where, hedge, age_s));
}

// A sending failed: once more after a pause, if the call and the budget of retries allow it.
void FleetSimulator::fail_sending(std::uint32_t index) {
    Call& call = m_calls[index];
    Station& station = m_stations[call.station];
    const CallRules& rules = station.plan->calls;
    const bool has_budget = m_plan.retry_budget < 1;
    if (call.sent <= rules.retries && (!has_budget || station.retry_tokens >= 1)) {
        if (has_budget) station.retry_tokens -= 1;
        double pause_s = 0;
        if (rules.backoff_s > 0) {
            // Full jitter: even between nothing and twice the mean, which doubles.
            const double mean_s = rules.backoff_s * static_cast<double>(1 << (call.sent - 1));
            pause_s = stream_of(call, call.sent, kOfBackoff).uniform(0, 2 * mean_s);
        }
        m_events.push(
            {m_now_s + pause_s, 0, index, call.life, FleetEvent::Kind::resend, call.sent});
        return;
    }
    const std::uint32_t request = call.request;
    close_call(index);
    fail(request);
}

void FleetSimulator::close_call(std::uint32_t index) {
    Call& call = m_calls[index];
    call.closed = true;
    Request& request = m_requests[call.request];
    --request.open_calls;
    if (request.resolved && request.open_calls == 0) release_request(call.request);
    if (call.open_attempts == 0) release_call(index);
}

void FleetSimulator::release_call(std::uint32_t index) {
    ++m_calls[index].life;
    m_free_calls.push_back(index);
}

// Whether anybody still waits for an attempt.
bool FleetSimulator::wanted(const Attempt& attempt) const {
    const Call& call = m_calls[attempt.call];
    if (attempt.call == 0) return true;  // what was there before: its callers are not simulated
    return !call.closed && attempt.sent == call.sent && !m_requests[call.request].resolved;
}

// A server is done with an attempt. Its answer counts if the call still waits for this sending.
void FleetSimulator::answer(std::uint32_t index) {
    const Attempt& attempt = m_attempts[index];
    const std::uint32_t call_index = attempt.call;
    if (call_index == 0) return;
    Call& call = m_calls[call_index];
    if (call.closed || attempt.sent != call.sent) return;
    const std::uint32_t request = call.request;
    const FleetStation station = call.station;
    if (m_requests[request].resolved) {
        close_call(call_index);
        return;
    }
    Visit& visit = m_visits[request][station];
    visit.wait_s = static_cast<float>(attempt.started_s - attempt.arrived_s);
    visit.service_s = static_cast<float>(m_now_s - attempt.started_s);
    visit.end_s = static_cast<float>(m_now_s - m_requests[request].arrival_s);
    const bool is_last = --visit.pending == 0;
    close_call(call_index);
    if (is_last) finish_station(request, station);
}

}  // namespace cascadelab
