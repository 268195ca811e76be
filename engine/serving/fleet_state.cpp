#include "engine/serving/fleet_state.h"

#include <numeric>

#include "engine/base/hash.h"

namespace cascadelab {
namespace {

double count_of(const std::vector<ServerBatch>& batches) {
    double count = 0;
    for (const ServerBatch& batch : batches) count += batch.count;
    return count;
}

void add_batches(const std::vector<ServerBatch>& batches, Hasher& hasher) {
    hasher.add(batches.size());
    for (const ServerBatch& batch : batches) hasher.add(batch.at_s).add(batch.count);
}

}  // namespace

double Scaling::starting_count() const {
    return count_of(starting);
}

double Scaling::cold_count() const {
    return count_of(cold);
}

double FluidQueue::live_total() const {
    return std::accumulate(live.begin(), live.end(), 0.0);
}

std::uint64_t FleetState::hash() const {
    Hasher hasher;
    hasher.add(now_s).add(next_scaling_s);
    for (const StationState& station : stations) {
        const Scaling& scaling = station.scaling;
        hasher.add(scaling.servers).add(scaling.busy_s).add(scaling.capacity_s);
        add_batches(scaling.starting, hasher);
        add_batches(scaling.cold, hasher);
        add_batches(scaling.wanted, hasher);
        const FluidQueue& queue = station.queue;
        hasher.add(queue.abandoned).add(queue.slot_s).add(queue.phase_s).add(queue.arrived);
        hasher.add_all(std::span(queue.live)).add_all(std::span(queue.due));
        hasher.add(station.retry_tokens);
        const StationGauge& gauge = station.gauge;
        hasher.add(gauge.calls_per_s).add(gauge.utilisation).add(gauge.queue);
        hasher.add(gauge.wait_s).add(gauge.failed_share).add(gauge.good_share).add(gauge.service_s);
    }
    hasher.add(counts.arrivals).add(counts.served).add(counts.fallback).add(counts.dropped);
    return hasher.value();
}

FleetState fleet_at_rest(const FleetPlan& plan, double now_s) {
    FleetState state;
    state.now_s = now_s;
    state.next_scaling_s = now_s + plan.autoscaler.look_s;
    for (const FleetStation station : every<FleetStation>) {
        if (!plan.stations[station].exists()) continue;
        state.stations[station].scaling.servers =
            static_cast<double>(plan.stations[station].servers);
    }
    return state;
}

}  // namespace cascadelab
