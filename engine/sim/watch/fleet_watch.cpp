#include "engine/sim/watch/fleet_watch.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/base/text.h"
#include "engine/features/registry.h"
#include "engine/sim/fleet/amount_text.h"
#include "engine/sim/fleet/fleet_day.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

constexpr Seconds kLimitsEvery = 6 * kHour;
constexpr double kOtherwise = 0.3;

FleetPoint point_of(const FleetRun& run, const FleetContext& context, const FleetMoment& moment,
                    Seconds end_s) {
    const FleetTicks day = run.day;
    std::size_t hour = 0;
    while (hour < day.size() && day[day.size() - 1 - hour]->time_s >= end_s - kHour) ++hour;
    const FleetTicks ticks = day.last(hour);
    const FleetDay mean = fleet_day(ticks);
    FleetPoint point;
    point.time_s = end_s;
    point.p50_ms = 1000 * latency_quantile_s(ticks, 0.5);
    point.p95_ms = 1000 * latency_quantile_s(ticks, 0.95);
    point.p99_ms = 1000 * latency_quantile_s(ticks, 0.99);
    point.timeout_share = mean.timeout_share;
    point.fallback_share = mean.fallback_share;
    point.stale_page_share = mean.stale_page_share;
    point.requests_per_s = moment.look.rate;
    point.hit_share = mean.hit_share;
    point.stream_lag_s = mean.stream_lag_s;
    point.servers = server_count(mean, moment.plan);
    point.gpus = gpu_count(mean, moment.plan);
    point.usd_per_1000 =
        fleet_bill(ticks, moment.plan, fleet_work(run, context), context.params).per_thousand_usd();
    return point;
}

// Whether a station's work has become another: a slider has moved.
bool works_otherwise(const FleetPlan& now, const FleetPlan& before) {
    for (const FleetStation station : every<FleetStation>) {
        const StationPlan& a = now.stations[station];
        const StationPlan& b = before.stations[station];
        if (a.exists() != b.exists()) return true;
        if (a.exists() && std::abs(a.mean_service_s() / b.mean_service_s() - 1) > kOtherwise)
            return true;
    }
    return false;
}

std::string until(std::string what, double end_s) {
    return std::move(what) + ", until " + moment_text(static_cast<Seconds>(end_s));
}

std::vector<std::string> incidents_of(const FleetRun& run, Seconds now_s) {
    std::vector<std::string> out;
    const auto now = static_cast<double>(now_s);
    for (const Incident& incident : run.incidents) {
        if (now < incident.begin_s || now >= incident.end_s) continue;
        const auto percent = static_cast<int>(100 * (1 - incident.capacity) + 0.5);
        std::string whose = "all stations";
        for (const FleetStation station : every<FleetStation>) {
            if (incident.stations == only(station)) whose = station_row(station).label;
        }
        out.push_back(
            until(whose + ": " + std::to_string(percent) + " % of servers lost", incident.end_s));
    }
    for (const Crowd& crowd : run.crowds) {
        if (crowd.at(now) > 0.01 * crowd.extra)
            out.push_back("a crowd of " + number_text(crowd.extra) + " times the mean of a day");
    }
    const std::pair<Seconds, const char*> ailments[] = {
        {run.ailments.memory_cold_s, "memory is cold"},
        {run.ailments.index_stale_s, "indexes are stale"},
        {run.ailments.version_skew_s, "two definitions of a feature"},
        {run.ailments.stream_stalled_s, "the stream is stalled"},
        {run.ailments.feed_frozen_s, "the feed is frozen"}};
    for (const auto& [end_s, text] : ailments) {
        if (now_s < end_s) out.push_back(until(text, static_cast<double>(end_s)));
    }
    return out;
}

StationSection station_of(const FleetPlan& plan, const FleetState& state, FleetStation station,
                          const StationLimit& limit) {
    const StationPlan& planned = plan.stations[station];
    const StationState& now = state.stations[station];
    StationSection out;
    out.station = station;
    out.label = station_row(station).label;
    out.kind = planned.kind;
    out.shards = planned.shards;
    out.servers = now.scaling.servers * planned.shards;
    out.starting = now.scaling.starting_count() * planned.shards;
    out.calls_per_s = now.gauge.calls_per_s * planned.shards;
    out.utilisation = now.gauge.utilisation;
    out.queue = now.gauge.queue * planned.shards;
    out.wait_ms = 1000 * now.gauge.wait_s;
    out.service_ms = 1000 * now.gauge.service_s;
    out.failed_share = now.gauge.failed_share;
    out.suffers =
        plan.capacity_share(station, state.now_s) < 1 || plan.slowdown(station, state.now_s) > 1;
    out.after = planned.after;
    out.work_limit = limit.work;
    out.load_limit = limit.load;
    return out;
}

// How old the newest event is that a value of the lane can know.
double behind_s(Lane lane, const FleetRun& run, const FleetContext& context, const Stamp& batch) {
    switch (lane) {
        case Lane::batch:
            return batch.event_s == kNever ? -1
                                           : static_cast<double>(context.now_s - batch.event_s);
        case Lane::streaming:
            return static_cast<double>(context.params.features.streaming_lag_s) +
                   (run.stream ? run.stream->lag_quantile_s(0.5) : 0);
        case Lane::request:
        case Lane::on_event:
        case Lane::model:
            return 0;
    }
    CHECK(false);
}

// What is fetched comes with a person's row or an item's; what the request computes is not fetched.
double hit_share_of(const Feature& feature, const FleetRun& run) {
    if (feature.lane == Lane::request) return -1;
    return run.entity_hit_share[feature.entity == FeatureEntity::person ? 0 : 1];
}

std::vector<FeatureLane> lanes_of(const FleetRun& run, const FleetContext& context,
                                  const Stamp& batch) {
    std::vector<FeatureLane> out;
    for (const Feature& feature : feature_registry()) {
        if (feature.lane == Lane::model) continue;
        out.push_back({std::string(feature.name), std::string(lane_label(feature.lane)),
                       std::string(feature_entity_label(feature.entity)), feature.version,
                       behind_s(feature.lane, run, context, batch), hit_share_of(feature, run)});
    }
    return out;
}

}  // namespace

void FleetWatch::take_tick(const FleetRun& run, const FleetContext& context,
                           const FleetMoment& moment) {
    m_moment = std::make_shared<const FleetMoment>(moment);
    const Seconds end_s = context.now_s + context.params.clock.tick_s;
    if (end_s / kHour == context.now_s / kHour) return;
    auto points = std::make_shared<std::vector<FleetPoint>>(*m_points);
    points->push_back(point_of(run, context, moment, end_s / kHour * kHour));
    m_points = std::move(points);
}

void FleetWatch::go_back(Seconds now_s) {
    auto points = std::make_shared<std::vector<FleetPoint>>(*m_points);
    std::erase_if(*points, [&](const FleetPoint& point) { return point.time_s > now_s; });
    m_points = std::move(points);
    m_moment = nullptr;
    m_limits_s = kNever;
}

std::shared_ptr<const FleetSection> FleetWatch::section(const FleetRun& run,
                                                        const FleetContext& context,
                                                        const Stamp& batch) {
    if (!m_moment || !run.state) return nullptr;
    const FleetPlan& plan = m_moment->plan;
    const Look& look = m_moment->look;
    if (m_limits_s == kNever || context.now_s - m_limits_s >= kLimitsEvery ||
        works_otherwise(plan, m_limits_of)) {
        m_limits = fleet_limits(plan, *run.state);
        m_limits_s = context.now_s;
        m_limits_of = plan;
    }
    auto out = std::make_shared<FleetSection>();
    out->time_s = context.now_s;
    out->requests_per_s = look.rate;
    out->cells = plan.cells;
    out->budget_ms = context.params.serving.budget_ms;
    out->p99_target_ms = context.params.serving.p99_target_ms;
    out->p50_ms = 1000 * look.p50_s;
    out->p95_ms = 1000 * look.p95_s;
    out->p99_ms = 1000 * look.p99_s;
    out->timeout_share = look.timeout_share;
    out->fallback_share = look.fallback_share;
    for (const FleetStation station : every<FleetStation>) {
        if (plan.stations[station].exists())
            out->stations.push_back(station_of(plan, *run.state, station, m_limits[station]));
    }
    out->waterfall = look.waterfall;
    out->points = m_points;
    out->hit_share = 1 - run.miss_share;
    out->measured_hit_share = run.measured_hit_share;
    out->zipf_exponent = run.zipf_exponent;
    for (std::size_t p = 0; run.stream && p < run.stream->partitions(); ++p)
        out->partition_lag_s.push_back(static_cast<float>(run.stream->lag_s(p)));
    out->features = lanes_of(run, context, batch);
    out->incidents = incidents_of(run, context.now_s);
    EventVolume volume;
    volume.people = context.params.production.daily_users;
    volume.refreshes_a_day = context.params.production.requests_per_user;
    volume.events_a_refresh =
        context.params.production.events_per_user / context.params.production.requests_per_user;
    for (const ArithmeticLine& line : event_volume_lines(volume))
        out->arithmetic.push_back(line.what + ": " + amount_text(line.value) + " " + line.unit +
                                  " (" + line.how + ")");
    out->bill = fleet_bill(run.day, plan, fleet_work(run, context), context.params);
    return out;
}

}  // namespace cascadelab
