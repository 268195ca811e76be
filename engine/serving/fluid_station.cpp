#include "engine/serving/fluid_station.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kForEver = std::numeric_limits<double>::infinity();
constexpr double kSlots = 16;      // into which a short patience is divided
constexpr double kMostSlots = 64;  // a long one
constexpr double kLongSlot = 0.1;  // seconds, between the two

// One sending to a station without a queue.
struct Sending {
    double failed = 0;       // share that its caller gives up
    double hedged = 0;       // share that is sent a second time
    double sendings = 1;     // a first call, retries included
    double call_failed = 0;  // after the last retry
};

double share_in_time(const StationPlan& station, double slowdown, double limit_s) {
    if (limit_s == kForEver) return 1;
    if (station.kind == StationKind::gpu) {
        const double steps = station.gpu.decode_steps + (station.gpu.prefill_tokens > 0 ? 1 : 0);
        return limit_s >= steps * station.step.seconds(station.gpu.width) * slowdown ? 1 : 0;
    }
    return station.service.share_below(limit_s / slowdown);
}

Sending sending_at_rest(const FleetPlan& plan, const StationPlan& station,
                        const StationInflow& inflow) {
    const CallerPatience patience = patience_of(plan, station, inflow.upstream_s);
    const double hedge_s = station.calls.hedge_after_s;
    Sending sending;
    sending.failed = 1 - share_in_time(station, inflow.slowdown, patience.seconds);
    if (hedge_s > 0) {
        sending.hedged = 1 - share_in_time(station, inflow.slowdown, hedge_s);
        if (patience.seconds > hedge_s) {
            sending.failed *=
                1 - share_in_time(station, inflow.slowdown, patience.seconds - hedge_s);
        }
    }
    // Retries grow the load by 1 + p + p^2 ..., as far as their budget goes.
    double left = 1;
    double budget = plan.retry_budget < 1 ? plan.retry_budget : kForEver;
    sending.call_failed = sending.failed;
    for (int retry = 0; retry < patience.retries; ++retry) {
        left = std::min(left * sending.failed, budget);
        budget -= left;
        sending.sendings += left;
        sending.call_failed -= left * (1 - sending.failed);
    }
    return sending;
}

// What happens in the queue of one shard while its slots move once.
class AgeingQueue {
  public:
    AgeingQueue(const FleetPlan& plan, const StationPlan& station, const StationInflow& inflow,
                StationState& state)
        : m_plan(plan),
          m_station(station),
          m_inflow(inflow),
          m_state(state),
          m_queue(state.queue),
          m_patience(patience_of(plan, station, inflow.upstream_s)),
          m_sendings(static_cast<std::size_t>(station.calls.retries) + 1) {
        if (m_queue.live.empty()) open();
        m_slots = m_queue.live.size() / m_sendings;
    }

    // One slot of time passes.
    void move(double first_calls) {
        const double slot_s = m_queue.slot_s;
        if (m_patience.seconds < kForEver) age();
        come(first_calls);
        serve(m_inflow.service_s > 0 ? m_inflow.servers / m_inflow.service_s * slot_s : kForEver);
    }

    double good = 0;      // calls answered in time
    double served = 0;    // all that a server worked on
    double came = 0;      // all that were sent
    double failed = 0;    // calls given up for good
    double waited_s = 0;  // summed over good ones

  private:
    double& at(std::size_t slot, std::size_t sent) {
        return m_queue.live[slot * m_sendings + sent];
    }
    std::size_t patient_slots() const {
        const double slots = std::ceil(m_patience.seconds / m_queue.slot_s - 1e-9);
        return static_cast<std::size_t>(std::clamp(slots, 1.0, static_cast<double>(m_slots)));
    }

    // Who is out of patience leaves or stays as a burden, the others are a slot older.
    void age() {
        const std::size_t patient = patient_slots();
        for (std::size_t slot = patient - 1; slot < m_slots; ++slot) {
            for (std::size_t sent = 0; sent < m_sendings; ++sent) {
                double& calls = at(slot, sent);
                if (!m_plan.drop_expired) m_queue.abandoned += calls;
                send_again(calls, sent);
                calls = 0;
            }
        }
        for (std::size_t slot = patient - 1; slot > 0; --slot) {
            for (std::size_t sent = 0; sent < m_sendings; ++sent) {
                at(slot, sent) = at(slot - 1, sent);
            }
        }
        for (std::size_t sent = 0; sent < m_sendings; ++sent) at(0, sent) = 0;
    }

    void open() {
        const double timeout_s = m_station.calls.timeout_s > 0 ? m_station.calls.timeout_s
                                 : m_plan.has_deadline()       ? m_plan.budget_s
                                                               : kForEver;
        double slots = 1;
        m_queue.slot_s = kLongSlot;
        if (timeout_s < kForEver) {
            slots = std::clamp(std::ceil(timeout_s / kLongSlot), kSlots, kMostSlots);
            m_queue.slot_s = timeout_s / slots;
        }
        m_queue.live.assign(static_cast<std::size_t>(slots) * m_sendings, 0.0);
        m_queue.due.assign(m_sendings, 0.0);
        m_queue.phase_s = m_queue.arrived = 0;
    }

    void send_again(double calls, std::size_t sent) {
        double again = sent < static_cast<std::size_t>(m_patience.retries) ? calls : 0;
        if (m_plan.retry_budget < 1) {
            again = std::min(again, m_state.retry_tokens);
            m_state.retry_tokens -= again;
        }
        if (again > 0) m_queue.due[sent + 1] += again;
        failed += calls - again;
    }

    void come(double first_calls) {
        const double limit = static_cast<double>(m_station.queue_limit) * m_station.groups();
        double room = std::max(0.0, limit - m_queue.total());
        if (m_plan.load_shedding && m_patience.seconds < kForEver) {
            const double rate = m_inflow.servers / std::max(1e-12, m_inflow.service_s);
            const double most = rate * std::max(0.0, m_patience.seconds - m_inflow.service_s);
            room = std::min(room, std::max(0.0, most - m_queue.total()));
        }
        // Servers take what comes as well as the queue does.
        if (m_inflow.service_s > 0) room += m_inflow.servers / m_inflow.service_s * m_queue.slot_s;
        m_queue.due[0] = first_calls;
        double all = 0;
        for (const double calls : m_queue.due) all += calls;
        const double taken = all > room ? room / all : 1;
        std::vector<double> coming = m_queue.due;
        std::ranges::fill(m_queue.due, 0.0);
        for (std::size_t sent = 0; sent < m_sendings; ++sent) {
            came += coming[sent];
            at(0, sent) += coming[sent] * taken;
            send_again(coming[sent] * (1 - taken), sent);
        }
    }

    // First come, first served: the abandoned, then the oldest.
    void serve(double capacity) {
        const double burden = std::min(capacity, m_queue.abandoned);
        m_queue.abandoned -= burden;
        capacity -= burden;
        served += burden;
        const bool was_empty = m_queue.abandoned <= 0 && m_slots > 1 && older_total() <= 0;
        for (std::size_t slot = m_slots; slot-- > 0 && capacity > 0;) {
            double calls = 0;
            for (std::size_t sent = 0; sent < m_sendings; ++sent) calls += at(slot, sent);
            if (calls <= 0) continue;
            const double share = calls > capacity ? capacity / calls : 1;
            capacity -= calls * share;
            const double age_s =
                slot == 0 && was_empty ? 0 : (static_cast<double>(slot) + 0.5) * m_queue.slot_s;
            const double in_time =
                share_in_time(m_station, m_inflow.slowdown, m_patience.seconds - age_s);
            for (std::size_t sent = 0; sent < m_sendings; ++sent) {
                const double taken = at(slot, sent) * share;
                at(slot, sent) -= taken;
                served += taken;
                good += taken * in_time;
                waited_s += taken * in_time * age_s;
                if (in_time < 1) send_again(taken * (1 - in_time), sent);
            }
        }
    }
    double older_total() const {
        double sum = 0;
        for (std::size_t i = m_sendings; i < m_queue.live.size(); ++i) sum += m_queue.live[i];
        return sum;
    }

    const FleetPlan& m_plan;
    const StationPlan& m_station;
    const StationInflow& m_inflow;
    StationState& m_state;
    FluidQueue& m_queue;
    CallerPatience m_patience;
    std::size_t m_sendings;
    std::size_t m_slots = 1;
};

// Nothing waits, and no more calls are to be sent again than a station without a queue has: those
// are in its flow.
bool is_at_rest(const FleetPlan& plan, const StationPlan& station, const StationInflow& inflow,
                const FluidQueue& queue) {
    constexpr double kNothing = 1e-9, kMargin = 1.5;
    if (queue.total() > kNothing) return false;
    double due = 0;
    for (const double calls : queue.due) due += calls;
    const Sending sending = sending_at_rest(plan, station, inflow);
    const double usual =
        inflow.first_calls_per_s * queue.slot_s * (sending.sendings - 1 + sending.failed);
    return due <= kMargin * usual + kNothing;
}

StationOutflow flow_with_queue(const FleetPlan& plan, FleetStation which,
                               const StationInflow& inflow, double step_s, StationState& state) {
    const StationPlan& station = plan.stations[which];
    FluidQueue& queue = state.queue;
    AgeingQueue ageing(plan, station, inflow, state);
    double moved_s = 0;
    double first_calls = 0;
    double left_s = step_s;
    while (left_s > 0) {
        const double part_s = std::min(left_s, std::max(queue.slot_s - queue.phase_s, 1e-12));
        queue.phase_s += part_s;
        queue.arrived += inflow.first_calls_per_s * part_s;
        left_s -= part_s;
        if (queue.phase_s < queue.slot_s * (1 - 1e-9)) continue;
        ageing.move(queue.arrived);
        first_calls += queue.arrived;
        moved_s += queue.phase_s;
        queue.phase_s = queue.arrived = 0;
    }
    const double load = load_at_rest(plan, which, inflow);
    if (moved_s > 0) {
        StationGauge& gauge = state.gauge;
        const double capacity = inflow.servers / std::max(1e-12, inflow.service_s) * moved_s;
        gauge.calls_per_s = ageing.came / moved_s;
        gauge.utilisation = capacity > 0 ? std::min(1.0, ageing.served / capacity) : 1;
        gauge.wait_s = ageing.good > 0 ? ageing.waited_s / ageing.good : queue.slot_s;
        gauge.queue = queue.total();
        gauge.failed_share = first_calls > 0 ? std::min(1.0, ageing.failed / first_calls) : 0;
        gauge.good_share = first_calls > 0 ? ageing.good / first_calls : 1;
        if (is_at_rest(plan, station, inflow, queue) && load < 1) queue = {};
    }
    const Sending at_rest = sending_at_rest(plan, station, inflow);
    const double others = std::pow(1 - at_rest.call_failed, station.shards - 1);
    return {state.gauge.good_share * others, load};
}

}  // namespace

CallerPatience patience_of(const FleetPlan& plan, const StationPlan& station, double upstream_s) {
    CallerPatience patience{station.calls.timeout_s > 0 ? station.calls.timeout_s : kForEver,
                            station.calls.retries};
    if (!plan.has_deadline()) return patience;
    const double left_s = std::max(0.0, plan.budget_s - upstream_s);
    const double retries = std::ceil(left_s / patience.seconds) - 1;
    patience.retries = std::clamp(static_cast<int>(retries), 0, patience.retries);
    patience.seconds = std::min(patience.seconds, left_s);
    return patience;
}

double load_at_rest(const FleetPlan& plan, FleetStation station, const StationInflow& inflow) {
    if (inflow.servers <= 0) return inflow.first_calls_per_s > 0 ? kForEver : 0;
    const Sending sending = sending_at_rest(plan, plan.stations[station], inflow);
    return inflow.first_calls_per_s * sending.sendings * (1 + sending.hedged) * inflow.service_s /
           inflow.servers;
}

StationOutflow flow(const FleetPlan& plan, FleetStation which, const StationInflow& inflow,
                    double step_s, StationState& state) {
    const StationPlan& station = plan.stations[which];
    const double most_tokens = plan.most_retry_tokens(which) / station.shards;
    state.retry_tokens = std::min(
        most_tokens, state.retry_tokens + plan.retry_budget * inflow.first_calls_per_s * step_s);
    const double load = load_at_rest(plan, which, inflow);
    StationGauge& gauge = state.gauge;
    gauge.service_s = inflow.service_s;
    StationOutflow out{1, load};
    if (load >= 1 || !state.queue.live.empty()) {
        out = flow_with_queue(plan, which, inflow, step_s, state);
    } else {
        const Sending sending = sending_at_rest(plan, station, inflow);
        gauge.calls_per_s = inflow.first_calls_per_s * sending.sendings * (1 + sending.hedged);
        gauge.utilisation = load;
        gauge.queue = gauge.wait_s = 0;
        gauge.failed_share = sending.call_failed;
        gauge.good_share = 1 - sending.call_failed;
        out.good_share = std::pow(1 - sending.call_failed, station.shards);
    }
    state.scaling.busy_s += gauge.utilisation * inflow.servers * step_s;
    state.scaling.capacity_s += inflow.servers * step_s;
    return out;
}

}  // namespace cascadelab
