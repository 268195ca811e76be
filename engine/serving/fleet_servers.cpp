// How many servers there are as time goes by, and what stands in the queues when a simulation
// begins.
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/serving/autoscaler.h"
#include "engine/serving/fleet_simulator.h"
#include "engine/serving/queueing.h"

namespace cascadelab {
namespace {

constexpr std::uint64_t kOfStart = std::uint64_t{1} << 42;
constexpr double kMostGhosts = 1e6;  // of a shard

// Those that a request passes through before and after: stations that nobody calls are not there.
EnumArray<FleetStation, StationSet> waits_of(const FleetPlan& plan) {
    EnumArray<FleetStation, StationSet> waits{};
    for (const FleetStation station : every<FleetStation>) {
        for (const FleetStation earlier : every<FleetStation>) {
            if (!(plan.stations[station].after & only(earlier))) continue;
            waits[station] |= plan.stations[earlier].exists() ? only(earlier) : waits[earlier];
        }
    }
    return waits;
}

}  // namespace

void FleetSimulator::build_stations(const FleetState& start) {
    const auto waits = waits_of(m_plan);
    for (const FleetStation which : every<FleetStation>) {
        const StationPlan& plan = m_plan.stations[which];
        if (!plan.exists()) continue;
        m_existing |= only(which);
        Station& station = m_stations[which];
        station.plan = &plan;
        station.after = waits[which];
        for (const FleetStation earlier : every<FleetStation>) {
            if (waits[which] & only(earlier)) m_stations[earlier].next |= only(which);
        }
        station.groups = plan.groups();
        station.first_pool = static_cast<std::uint32_t>(m_pools.size());
        station.changed_s = m_now_s;
        station.seen_service_s = plan.mean_service_s();
        station.most_tokens = m_plan.most_retry_tokens(which);
        station.retry_tokens =
            std::min(station.most_tokens, start.stations[which].retry_tokens * plan.shards);
        for (int pool = 0; pool < plan.shards * station.groups; ++pool) {
            Pool& made = m_pools.emplace_back();
            made.station = which;
            made.first_gpu = static_cast<std::uint32_t>(m_gpus.size());
            if (plan.kind != StationKind::gpu) continue;
            for (std::int64_t gpu = 0; gpu < plan.group_servers; ++gpu) {
                m_gpus.push_back({static_cast<std::uint32_t>(m_pools.size() - 1), gpu});
                m_first_running.push_back(static_cast<std::uint32_t>(m_running.size()));
                m_running.resize(m_running.size() + static_cast<std::size_t>(plan.batch));
            }
        }
        m_scaling[which] = start.stations[which].scaling;
    }
    m_next_scaling_s = m_plan.autoscaler.on && m_options.scales ? start.next_scaling_s : kNever;
    const bool reads_signals = m_plan.routing != Routing::random && m_plan.stale_signal_s > 0;
    if (reads_signals) m_next_scrape_s = m_now_s;
    change_servers();
}

// Servers start, are lost and come back; the autoscaler looks.
void FleetSimulator::change_servers() {
    if (m_now_s >= m_next_scaling_s) run_autoscaler();
    m_next_change_s = m_next_scaling_s;
    for (const Incident& incident : m_plan.incidents) {
        for (const double border_s : {incident.begin_s, incident.end_s}) {
            if (border_s > m_now_s) m_next_change_s = std::min(m_next_change_s, border_s);
        }
    }
    for (const FleetStation station : every<FleetStation>) {
        if (!m_stations[station].plan) continue;
        let_servers_start(m_plan, m_now_s, m_scaling[station]);
        set_servers(station);
        m_next_change_s = std::min(m_next_change_s, next_server_s(m_scaling[station]));
    }
}

void FleetSimulator::run_autoscaler() {
    for (const FleetStation which : every<FleetStation>) {
        Station& station = m_stations[which];
        if (!station.plan) continue;
        touch(station);
        Scaling& scaling = m_scaling[which];
        scaling.busy_s += (station.busy_area - station.scaling_busy) / station.plan->shards;
        scaling.capacity_s +=
            (station.server_area - station.scaling_servers) / station.plan->shards;
        station.scaling_busy = station.busy_area;
        station.scaling_servers = station.server_area;
        autoscale(m_plan, which, m_now_s, scaling);
    }
    m_next_scaling_s = m_now_s + m_plan.autoscaler.look_s;
}

// Spreads the servers of each shard evenly over as many groups as they fill.
void FleetSimulator::set_servers(FleetStation which) {
    Station& station = m_stations[which];
    const StationPlan& plan = *station.plan;
    touch(station);
    const Scaling& scaling = m_scaling[which];
    station.slowdown = m_plan.slowdown(which, m_now_s);
    station.cold_share =
        scaling.servers > 0 ? std::min(1.0, scaling.cold_count() / scaling.servers) : 0;
    const std::int64_t servers = std::min<std::int64_t>(
        plan.most_servers, std::llround(scaling.servers * m_plan.capacity_share(which, m_now_s)));
    station.servers = static_cast<double>(servers) * plan.shards;
    const std::int64_t groups = std::clamp<std::int64_t>(
        (servers + plan.group_servers - 1) / plan.group_servers, 1, station.groups);
    station.active_groups = static_cast<int>(groups);
    for (int p = 0; p < plan.shards * station.groups; ++p) {
        const std::int64_t group = p % station.groups;
        const std::uint32_t where = station.first_pool + static_cast<std::uint32_t>(p);
        Pool& pool = m_pools[where];
        pool.servers = group < groups ? servers / groups + (group < servers % groups ? 1 : 0) : 0;
        pool.room = pool.servers * (plan.kind == StationKind::gpu ? plan.batch : 1);
        // Who waits at a group that is no more goes to the first of its shard.
        if (group >= groups && pool.queued > 0) {
            const std::uint32_t first = where - static_cast<std::uint32_t>(group);
            while (pool.head != kNone) {
                const std::uint32_t index = pool.head;
                pool.head = m_attempts[index].next;
                m_attempts[index].pool = first;
                put_behind(m_pools[first], index);
            }
            pool.tail = kNone;
            pool.queued = 0;
        }
    }
    for (int p = 0; p < plan.shards * station.groups; ++p) {
        const std::uint32_t where = station.first_pool + static_cast<std::uint32_t>(p);
        if (plan.kind == StationKind::gpu) {
            for (std::int64_t gpu = 0; gpu < m_pools[where].servers; ++gpu) {
                list_idle(m_pools[where].first_gpu + static_cast<std::uint32_t>(gpu));
            }
        }
        dispatch(where);
    }
}

// --- what is there at first
// -----------------------------------------------------------------------------

void FleetSimulator::fill(const FleetState& start) {
    // How long requests have been under way when they come to a station.
    EnumArray<FleetStation, double> upstream_s{};
    for (const FleetStation which : every<FleetStation>) {
        const Station& station = m_stations[which];
        if (!station.plan) continue;
        for (const FleetStation earlier : every<FleetStation>) {
            if (!(station.after & only(earlier))) continue;
            const StationGauge& gauge = start.stations[earlier].gauge;
            upstream_s[which] =
                std::max(upstream_s[which], upstream_s[earlier] + gauge.wait_s + gauge.service_s);
        }
        fill_servers(which, start.stations[which]);
        fill_queue(which, start.stations[which], upstream_s[which]);
    }
}

// Busy servers, and the queue that chance makes below saturation: nobody with probability 1 - C,
// otherwise geometric (M/M/c), stretched by (1 + c^2) / 2 for other service (Kingman).
void FleetSimulator::fill_servers(FleetStation which, const StationState& state) {
    Station& station = m_stations[which];
    const StationPlan& plan = *station.plan;
    const bool waits = state.queue.total() > 0;
    for (int shard = 0; shard < plan.shards; ++shard) {
        const double servers = station.servers / plan.shards;
        const double held = plan.kind == StationKind::gpu ? servers * plan.batch : servers;
        const double load = std::min(state.gauge.utilisation, 0.995);
        Stream stream(m_plan.seed ^ m_options.key, Purpose::fleet,
                      index_of(which) * 1000 + static_cast<std::size_t>(shard), kOfStart);
        double queue = 0;
        double busy = held * load;
        if (waits) {
            busy = held;
        } else if (plan.kind != StationKind::gpu && servers >= 1 && load > 0) {
            const int group = static_cast<int>(std::max(1.0, servers / station.active_groups));
            if (stream.chance(erlang_c(group, load * group))) {
                busy = held;
                queue = stream.exponential(load / (1 - load) * (1 + plan.service.scv()) / 2);
            }
        }
        add_ghosts(which, shard, std::round(busy) + std::min(std::round(queue), 20 * held));
    }
}

void FleetSimulator::fill_queue(FleetStation which, const StationState& state, double upstream_s) {
    const FluidQueue& queue = state.queue;
    const StationPlan& plan = *m_stations[which].plan;
    const double most = static_cast<double>(plan.queue_limit) * m_stations[which].active_groups;
    for (int shard = 0; shard < plan.shards; ++shard) {
        add_ghosts(which, shard, std::round(std::min(queue.abandoned, most)));
    }
    if (queue.live.empty()) return;
    const int tries = plan.calls.retries + 1;
    const std::size_t slots = queue.live.size() / static_cast<std::size_t>(tries);
    double due = 0;
    for (std::size_t slot = slots; slot-- > 0;) {
        for (int sent = 0; sent < tries; ++sent) {
            due +=
                queue.live[slot * static_cast<std::size_t>(tries) + static_cast<std::size_t>(sent)];
            const double age_s = (static_cast<double>(slot) + 0.5) * queue.slot_s;
            const double sent_s = sent * plan.calls.timeout_s;
            for (; due >= 1; due -= 1) {
                add_waiting(which, m_now_s - age_s - sent_s - upstream_s, age_s, sent + 1);
            }
        }
    }
}

// A request that stands in one queue: everything that does not lie behind it is done.
void FleetSimulator::add_waiting(FleetStation which, double arrival_s, double age_s, int sent) {
    const Station& station = m_stations[which];
    const double kind_number = (station.plan->from + station.plan->to) / 2;
    const std::uint32_t index = new_request(arrival_s, kind_number);
    StationSet behind = only(which);
    for (const FleetStation later : every<FleetStation>) {
        if (m_stations[later].plan && (m_stations[later].after & behind)) behind |= only(later);
    }
    m_requests[index].done = m_requests[index].started = m_existing & ~behind;
    m_requests[index].started |= only(which);
    m_visits[index][which].pending = station.plan->shards;
    for (int shard = 0; shard < station.plan->shards; ++shard) {
        const std::uint32_t call = new_call(index, which, shard);
        m_calls[call].sent = static_cast<std::uint8_t>(sent - 1);
        send(call, false, age_s);
        if (m_requests[index].resolved) return;
    }
}

// Calls whose callers are not simulated, spread over the groups of a shard.
void FleetSimulator::add_ghosts(FleetStation which, int shard, double count) {
    const Station& station = m_stations[which];
    for (int i = 0; i < static_cast<int>(std::min(count, kMostGhosts)); ++i) {
        const std::uint32_t pool =
            station.first_pool +
            static_cast<std::uint32_t>(shard * station.groups + i % station.active_groups);
        enter(new_attempt(0, pool, false));
    }
}

}  // namespace cascadelab
