#include "engine/serving/fleet_plan.h"

#include <algorithm>
#include <string>

#include "engine/base/text.h"
#include "engine/serving/gpu_step.h"

namespace cascadelab {
namespace {

constexpr double kMostServers = 200000;    // of a station, shards together
constexpr double kMostRate = 1e7;          // requests a second of a cell
constexpr std::int64_t kMostBatch = 4096;  // calls of a GPU
constexpr double kGrowthRoom = 8;          // most servers over those at rest
Problem problem_of(FleetStation station, std::string found, std::string expected) {
    return {"fleet", std::string(station_row(station).key), std::move(found), std::move(expected)};
}

// How much of a server one call takes, of a GPU at full batch: its share of the steps.
double gpu_service_s(const StationPlan& station) {
    const double steps = station.gpu.decode_steps + (station.gpu.prefill_tokens > 0 ? 1 : 0);
    const double tokens = (station.gpu.prefill_tokens +
                           static_cast<double>(station.gpu.decode_steps) * station.gpu.width) *
                          station.batch / steps;
    return steps * station.step.seconds(tokens) / station.batch;
}

void plan_station(const Params& params, const FleetWork& work, FleetStation which, double peak_rate,
                  StationPlan& station) {
    const ServingParams& serving = params.serving;
    const StationRow& row = station_row(which);
    station.kind = row.kind;
    station.after = row.after;
    row.work(work, station);
    if (!station.exists()) return;
    station.service.straggler_share = serving.straggler_share;
    const bool is_gpu = row.kind == StationKind::gpu;
    if (is_gpu) {
        const bool is_decoder = which == FleetStation::decoder;
        const double billions = is_decoder ? serving.decoder_billions : work.language_billions;
        station.step = gpu_step_of(serving.gpu, billions);
        station.batch = static_cast<int>(serving.gpu_batch);
        if (billions > kBillionsOfOneGpu) {
            station.step.floor_s *= 2.1 / 1.4 / kGpusOfAGroup;
            station.batch = std::max(1, station.batch / kGpusOfAGroup);
        }
    }
    if (row.kind == StationKind::fan_out) station.shards = static_cast<int>(serving.shards);
    const double load = peak_rate * station.share() * station.mean_service_s();
    station.servers = serving.*row.servers;
    if (station.servers == 0) {
        station.servers = staffed(load, serving.headroom, serving.staffing_beta);
    }
    station.most_servers = static_cast<std::int64_t>(
        std::max(static_cast<double>(station.servers),
                 std::min(kMostServers / station.shards,
                          std::ceil(static_cast<double>(station.servers) * kGrowthRoom))));
    station.group_servers = is_gpu ? station.most_servers : serving.group_servers;
    station.queue_limit = serving.queue_limit;
    station.calls = {serving.timeout_ms / 1000, static_cast<int>(serving.retries),
                     serving.backoff_ms / 1000, serving.hedge_after_ms / 1000};
    const double p50_s = is_gpu ? serving.gpu_start_s : serving.cpu_start_s;
    const double p99_s = is_gpu ? serving.gpu_start_p99_s : serving.cpu_start_p99_s;
    station.start = lognormal_from(p50_s, std::max(p50_s, p99_s));
}

Status check_station(FleetStation which, const StationPlan& station) {
    if (!station.exists()) return Done{};
    if (!(station.from >= 0 && station.to <= 1)) {
        return problem_of(which, "a share of requests outside 0..1", "a share within");
    }
    if (station.after >= only(which)) {
        return problem_of(which, "a station that waits for a later one", "earlier stations only");
    }
    const double all = static_cast<double>(station.most_servers) * station.shards;
    if (station.servers < 0 || station.most_servers < station.servers || station.shards < 1 ||
        station.shards > 256 || all > kMostServers || station.group_servers < 1) {
        return problem_of(which, std::to_string(station.servers) + " servers",
                          "0 to " + number_text(kMostServers) + " servers, most of them no fewer");
    }
    if (station.queue_limit < 0) return problem_of(which, "a queue limit below 0", "0 or more");
    if (station.batch < 1 || station.batch > kMostBatch) {
        return problem_of(which, "a batch of " + std::to_string(station.batch), "1 to 4096");
    }
    const double mean_s = station.mean_service_s();
    if (!std::isfinite(mean_s) || mean_s < 0 || mean_s > 3600) {
        return problem_of(which, "service of " + number_text(mean_s) + " s", "0 to 3600 s");
    }
    const CallRules& calls = station.calls;
    for (const double s : {calls.timeout_s, calls.backoff_s, calls.hedge_after_s}) {
        if (!(s >= 0 && s <= 3600)) {
            return problem_of(which, "a wait of " + number_text(s) + " s", "0 to 3600 s");
        }
    }
    if (calls.retries < 0 || calls.retries > 5) {
        return problem_of(which, std::to_string(calls.retries) + " retries", "0 to 5");
    }
    return Done{};
}

}  // namespace

GpuStep gpu_step_of(GpuKind kind, double billions) {
    const Gpu& gpu = gpu_of(kind);
    ModelShape shape = shape_of(ServedModel::decoder_1b);
    shape.parameters = billions * 1e9;
    // The two terms of the law, each where the other is nothing.
    constexpr double kFew = 1e-6, kMany = 1e9;
    return {kernel_s(gpu, shape, kFew), kernel_s(gpu, shape, kMany) / kMany};
}

int StationPlan::groups() const {
    const std::int64_t count = (most_servers + group_servers - 1) / group_servers;
    return static_cast<int>(std::max<std::int64_t>(1, count));
}

double StationPlan::mean_service_s() const {
    return kind == StationKind::gpu ? gpu_service_s(*this) : service.mean_s();
}

double FleetPlan::most_retry_tokens(FleetStation station) const {
    const StationPlan& plan = stations[station];
    return std::max(1.0, retry_budget * traffic.mean_rate * plan.share() * plan.shards);
}

double FleetPlan::capacity_share(FleetStation station, double now_s) const {
    double share = 1;
    for (const Incident& incident : incidents) {
        if ((incident.stations & only(station)) && now_s >= incident.begin_s &&
            now_s < incident.end_s) {
            share *= incident.capacity;
        }
    }
    return share;
}

double FleetPlan::slowdown(FleetStation station, double now_s) const {
    double factor = 1;
    for (const Incident& incident : incidents) {
        if ((incident.stations & only(station)) && now_s >= incident.begin_s &&
            now_s < incident.end_s) {
            factor *= incident.slowdown;
        }
    }
    return factor;
}

std::int64_t staffed(double offered_load, double headroom, double beta) {
    const double load = headroom * offered_load;
    return std::max<std::int64_t>(
        1, static_cast<std::int64_t>(std::ceil(load + beta * std::sqrt(load) - 1e-9)));
}

Result<FleetPlan> plan_fleet(const Params& params, const FleetWork& work, std::uint64_t seed) {
    const ServingParams& serving = params.serving;
    FleetPlan plan;
    plan.seed = seed;
    plan.traffic = traffic_of_cell(params);
    plan.budget_s = serving.budget_ms / 1000;
    plan.fallback = serving.fallback;
    plan.drop_expired = serving.drop_expired;
    plan.load_shedding = serving.load_shedding;
    plan.retry_budget = serving.retry_budget;
    plan.routing = serving.routing;
    plan.stale_signal_s = serving.stale_signal_ms / 1000;
    plan.generative_share = work.generative_share;
    plan.cells = std::max(1.0, params.production.daily_users / serving.cell_users);
    plan.autoscaler.on = serving.autoscaler;
    plan.autoscaler.target = serving.autoscaler_target;
    plan.autoscaler.look_s = serving.autoscaler_look_s;
    plan.autoscaler.down_s = serving.autoscaler_down_s;
    plan.autoscaler.cold_s = serving.cold_s;
    plan.autoscaler.cold_slowdown = serving.cold_slowdown;
    const double peak_rate = plan.traffic.ordinary_peak();
    for (const FleetStation station : every<FleetStation>) {
        plan_station(params, work, station, peak_rate, plan.stations[station]);
    }
    if (const Status status = check_plan(plan); !status) return status.problem();
    return plan;
}

Status check_plan(const FleetPlan& plan) {
    const double most = plan.traffic.highest(0, 1e12);
    if (!(most >= 0 && most <= kMostRate)) {
        return Problem{"fleet", "traffic", number_text(most) + " requests a second in a cell",
                       "0 to " + number_text(kMostRate)};
    }
    if (!(plan.budget_s >= 0 && plan.budget_s <= 3600)) {
        return Problem{"fleet", "budget", number_text(plan.budget_s) + " s", "0 to 3600 s"};
    }
    for (const Incident& incident : plan.incidents) {
        if (!(incident.capacity >= 0 && incident.capacity <= 100 && incident.slowdown > 0 &&
              incident.slowdown <= 1000 && incident.begin_s <= incident.end_s)) {
            return Problem{"fleet", "incident", "capacity " + number_text(incident.capacity),
                           "a capacity of 0 to 100 and a slowdown over 0, in order of time"};
        }
    }
    for (const FleetStation station : every<FleetStation>) {
        if (Status status = check_station(station, plan.stations[station]); !status) return status;
    }
    return Done{};
}

Incident region_cut_off(const FleetPlan& plan, int region, double begin_s, double end_s) {
    return {kEveryStation, begin_s, end_s,
            1 - plan.traffic.weights[static_cast<std::size_t>(region)], 1};
}

}  // namespace cascadelab
