#include "engine/sim/fleet/fleet_flow.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/serving/cache_laws.h"

namespace cascadelab {
namespace {

constexpr double kHalfLifeOfWork = 600;  // seconds: how fast what was counted counts half
constexpr double kPeopleSkew = 0.5;      // Zipf exponent of events over people
constexpr std::uint64_t kItemKeys = std::uint64_t{1} << 32;

// What the fleet is planned to be: parameters, this run's work, and what it suffers.
Result<FleetPlan> plan_of(const FleetRun& run, const FleetContext& context) {
    auto plan = plan_fleet(context.params, fleet_work(run, context), context.seed);
    if (!plan) return plan;
    plan.value().incidents = run.incidents;
    plan.value().traffic.crowds = run.crowds;
    return plan;
}

// --- servers
void staff(FleetRun& run, const FleetPlan& plan, const FleetContext& context) {
    const FleetState rest = fleet_at_rest(plan, static_cast<double>(context.now_s));
    if (!run.state) {
        run.state = rest;
        run.staffed_s = context.now_s;
        return;
    }
    const bool being_sized = context.now_s <= kDay && context.now_s - run.staffed_s >= kHour;
    if (being_sized) run.staffed_s = context.now_s;
    for (const FleetStation station : every<FleetStation>) {
        StationState& now = run.state->stations[station];
        const bool is_new = plan.stations[station].exists() && now.scaling.servers <= 0;
        const bool is_set = context.params.serving.*station_row(station).servers > 0 &&
                            !context.params.serving.autoscaler;
        if (is_new || being_sized || is_set) now.scaling = rest.stations[station].scaling;
    }
}

// --- the streaming lane
double events_per_s(const Params& params) {
    return params.production.events_per_user * params.production.daily_users / kDay;
}

void advance_stream(FleetRun& run, const FleetContext& context, const FleetPlan& plan) {
    const auto partitions = static_cast<std::size_t>(context.params.serving.stream_partitions);
    if (!run.stream || run.stream->partitions() != partitions) {
        const auto people = zipf_popularity(context.params.production.daily_users, kPeopleSkew);
        run.stream.emplace(partition_shares(people, static_cast<int>(partitions)));
    }
    const auto now_s = static_cast<double>(context.now_s);
    const double mean = events_per_s(context.params);
    const double rate = plan.traffic.mean_rate > 0
                            ? mean * plan.traffic.rate(now_s) / plan.traffic.mean_rate
                            : mean;
    const bool stalled = context.now_s < run.ailments.stream_stalled_s;
    const double capacity =
        stalled ? 0
                : context.params.serving.stream_headroom * mean / static_cast<double>(partitions);
    run.stream->advance(static_cast<double>(context.params.clock.tick_s), rate, capacity);
}

// --- the memory tier
std::size_t slot_of(std::uint64_t key, std::size_t people) {
    return key < kItemKeys ? key : people + (key - kItemKeys);
}

CachePlan cache_plan(const ServingParams& serving, double keys) {
    CachePlan plan;
    const bool by_time = serving.memory_policy == MemoryPolicy::ttl;
    plan.capacity = static_cast<std::uint32_t>(by_time ? keys : keys * serving.memory_share);
    if (by_time) plan.ttl_s = serving.memory_ttl_h * kHour;
    if (serving.memory_policy == MemoryPolicy::fifo) plan.eviction = Eviction::fifo;
    return plan;
}

// What a memory tier would answer by law, of reads as uneven as these.
double hits_by_law(const ServingParams& serving, double keys, double exponent, double reads_per_h) {
    const KeyPopularity popularity = zipf_popularity(std::max(1.0, keys), exponent);
    const Renewal renewal =
        serving.memory_policy == MemoryPolicy::lru ? Renewal::on_hit : Renewal::never;
    if (serving.memory_policy == MemoryPolicy::ttl)
        return hit_share_within(renewal, popularity, reads_per_h * serving.memory_ttl_h);
    return hit_share_at_rest(renewal, popularity, keys * serving.memory_share);
}

// From the hour's hits in this run to the misses of a store as large as production's.
void close_memory_hour(FleetRun& run, const FleetContext& context) {
    MemoryReads all;
    for (std::size_t entity = 0; entity < run.memory_hour.size(); ++entity) {
        const MemoryReads& hour = run.memory_hour[entity];
        all.hits += hour.hits;
        all.reads += hour.reads;
        if (hour.reads > 0) run.entity_hit_share[entity] = hour.hit_share();
    }
    if (all.reads == 0) return;
    const ProductionParams& production = context.params.production;
    const double measured = all.hit_share();
    const ZipfFit fit = fit_zipf(run.accesses);
    const auto keys = static_cast<double>(context.people + context.items);
    const double all_keys = production.daily_users + production.items;
    const auto reads = static_cast<double>(all.reads);
    const double growth =
        production.daily_users / static_cast<double>(std::max<std::size_t>(1, context.people));
    const ServingParams& serving = context.params.serving;
    const double here = hits_by_law(serving, keys, fit.exponent, reads);
    const double there = hits_by_law(serving, all_keys, fit.exponent, reads * growth);
    run.measured_hit_share = measured;
    run.zipf_exponent = fit.exponent;
    run.miss_share = 1 - extrapolated_hit_share(measured, here, there);
    run.memory_hour = {};
}

void read_features(FleetRun& run, const FleetContext& context, const FleetTraffic& traffic) {
    const std::size_t keys = context.people + context.items;
    run.memory.change(cache_plan(context.params.serving, static_cast<double>(keys)));
    run.accesses.resize(keys, 0);
    const auto now_s = static_cast<double>(context.now_s);
    for (const std::uint64_t key : traffic.reads) {
        const std::size_t slot = slot_of(key, context.people);
        MemoryReads& hour = run.memory_hour[slot < context.people ? 0 : 1];
        hour.hits += run.memory.fetch(key, now_s);
        ++hour.reads;
        if (slot < keys) ++run.accesses[slot];
    }
}

// --- what is remembered
FleetTick tick_of(const FleetRun& run, const FleetContext& context, const FleetTraffic& traffic,
                  const FleetMoment& moment) {
    FleetTick tick;
    tick.time_s = context.now_s;
    tick.seconds = static_cast<double>(context.params.clock.tick_s);
    tick.rate = moment.look.rate;
    const double share =
        1.0 / std::max<double>(1, static_cast<double>(moment.look.requests.size()));
    for (const FleetRequest& request : moment.look.requests)
        tick.latency[latency_bin(request.latency_s)] += static_cast<float>(share);
    tick.timeout_share = moment.look.timeout_share;
    tick.fallback_share = moment.look.fallback_share;
    tick.stream_lag_s = run.stream ? run.stream->lag_quantile_s(0.99) : 0;
    tick.hit_share = 1 - run.miss_share;
    for (const FleetStation station : every<FleetStation>) {
        const StationPlan& plan = moment.plan.stations[station];
        const StationState& now = run.state->stations[station];
        tick.utilisation[station] = plan.exists() ? static_cast<float>(now.gauge.utilisation)
                                                  : std::numeric_limits<float>::quiet_NaN();
        if (!plan.exists()) continue;
        tick.servers[station] = (now.scaling.servers + now.scaling.starting_count()) * plan.shards;
    }
    tick.requests = traffic.requests;
    tick.stale_pages = traffic.stale_pages;
    return tick;
}

void close_day(FleetRun& run) {
    for (ServedPerson& person : run.people) {
        const double felt_ms = person.pages > 0 ? person.felt_ms / person.pages : 0;
        person.patience.live(felt_ms, 1);
        person.felt_ms = 0;
        person.pages = 0;
    }
    std::ranges::fill(run.accesses, 0);
}

}  // namespace

std::uint64_t key_of(PersonId person) {
    return person.value;
}
std::uint64_t key_of(ItemId item) {
    return kItemKeys + item.value;
}

void FleetTraffic::add(const FleetTraffic& other) {
    work.add(other.work);
    reads.insert(reads.end(), other.reads.begin(), other.reads.end());
    requests += other.requests;
    stale_pages += other.stale_pages;
}

FleetWork fleet_work(const FleetRun& run, const FleetContext& context) {
    double miss_share = run.miss_share;
    if (context.now_s < run.ailments.memory_cold_s)
        miss_share = std::max(miss_share, run.ailments.cold_miss_share);
    return work_of(run.work, context.params, context.ranks, context.code_levels, miss_share);
}

Result<std::optional<FleetMoment>> begin_fleet_tick(FleetRun& run, const FleetContext& context) {
    run.people.resize(context.people);
    if (run.work.requests <= 0) return std::optional<FleetMoment>();
    auto plan = plan_of(run, context);
    if (!plan) return plan.problem();
    staff(run, plan.value(), context);
    advance_fleet(plan.value(), *run.state, static_cast<double>(context.now_s));
    advance_stream(run, context, plan.value());
    LookOptions options;
    options.seconds = context.params.serving.look_s;
    options.key = context.tick;
    FleetMoment moment{std::move(plan.value()), {}};
    moment.look = look_at_fleet(moment.plan, *run.state, options);
    return std::optional(std::move(moment));
}

void end_fleet_tick(FleetRun& run, const FleetContext& context, const FleetTraffic& traffic,
                    const std::optional<FleetMoment>& moment) {
    const auto tick_s = static_cast<double>(context.params.clock.tick_s);
    run.work.fade(std::exp2(-tick_s / kHalfLifeOfWork));
    run.work.add(traffic.work);
    read_features(run, context, traffic);
    const Seconds end_s = context.now_s + context.params.clock.tick_s;
    if (moment) {
        run.day.push_back(
            std::make_shared<const FleetTick>(tick_of(run, context, traffic, *moment)));
    }
    std::erase_if(run.day, [&](const auto& tick) { return tick->time_s < end_s - kDay; });
    std::erase_if(run.incidents, [&](const Incident& incident) {
        return incident.end_s < static_cast<double>(context.now_s);
    });
    if (end_s / kHour != context.now_s / kHour) close_memory_hour(run, context);
    if (end_s / kDay != context.now_s / kDay) close_day(run);
}

}  // namespace cascadelab
