#include "engine/sim/fleet/fleet_day.h"

#include <cmath>
#include <limits>

#include "engine/base/text.h"
#include "engine/sim/fleet/amount_text.h"

namespace cascadelab {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kEventBytes = 100;
constexpr double kKeyBytes = 2000;  // that the store keeps of a person or an item

double weight_of(const FleetTick& tick) {
    return tick.rate * tick.seconds;
}

// The prices of the parameters in the table of sources.
PriceTable prices_of(const CostParams& cost) {
    PriceTable prices = default_prices();
    prices[Resource::cpu_server].usd = cost.server_hour_usd;
    for (const Resource gpu : {Resource::gpu_a40, Resource::gpu_a100, Resource::gpu_h100})
        prices[gpu].usd = cost.gpu_hour_usd;
    prices[Resource::egress].usd = cost.egress_gb_usd;
    prices[Resource::cross_zone].usd = cost.cross_zone_gb_usd;
    prices[Resource::storage].usd = cost.storage_gb_month_usd;
    prices[Resource::tokens_in].usd = prices[Resource::tokens_out].usd = cost.token_million_usd;
    return prices;
}

Resource gpu_resource(GpuKind kind) {
    constexpr EnumArray<GpuKind, Resource> kGpus = {
        {Resource::gpu_a40, Resource::gpu_a100, Resource::gpu_h100}};
    return kGpus[kind];
}

double count_of(const FleetDay& day, const FleetPlan& plan, bool gpus) {
    double sum = 0;
    for (const FleetStation station : every<FleetStation>) {
        if ((plan.stations[station].kind == StationKind::gpu) == gpus) sum += day.servers[station];
    }
    return sum * plan.cells;
}

}  // namespace

double latency_quantile_s(FleetTicks day, double share) {
    std::array<double, kLatencyBins> sum{};
    double all = 0;
    for (const auto& tick : day) {
        for (std::size_t bin = 0; bin < kLatencyBins; ++bin) {
            sum[bin] += weight_of(*tick) * static_cast<double>(tick->latency[bin]);
            all += weight_of(*tick) * static_cast<double>(tick->latency[bin]);
        }
    }
    if (all <= 0) return kNothing;
    double below = 0;
    for (std::size_t bin = 0; bin < kLatencyBins; ++bin) {
        below += sum[bin];
        if (below >= share * all) return latency_of_bin(bin);
    }
    return latency_of_bin(kLatencyBins - 1);
}

FleetDay fleet_day(FleetTicks day) {
    FleetDay mean;
    double weight = 0, seconds = 0, requests = 0, stale = 0;
    for (const auto& tick : day) {
        weight += weight_of(*tick);
        seconds += tick->seconds;
        requests += tick->requests;
        stale += tick->stale_pages;
        mean.timeout_share += weight_of(*tick) * tick->timeout_share;
        mean.fallback_share += weight_of(*tick) * tick->fallback_share;
        mean.hit_share += tick->seconds * tick->hit_share;
        mean.stream_lag_s += tick->seconds * tick->stream_lag_s;
        for (const FleetStation station : every<FleetStation>) {
            mean.utilisation[station] +=
                tick->seconds * static_cast<double>(tick->utilisation[station]);
            mean.servers[station] += tick->seconds * tick->servers[station];
        }
    }
    const double no_day = seconds > 0 ? 1 : kNothing;
    mean.timeout_share *= weight > 0 ? 1 / weight : kNothing;
    mean.fallback_share *= weight > 0 ? 1 / weight : kNothing;
    mean.stale_page_share = requests > 0 ? stale / requests : kNothing;
    mean.hit_share *= no_day / seconds;
    mean.stream_lag_s *= no_day / seconds;
    for (const FleetStation station : every<FleetStation>) {
        mean.utilisation[station] *= no_day / seconds;
        mean.servers[station] *= no_day / seconds;
    }
    return mean;
}

Bill fleet_bill(FleetTicks day, const FleetPlan& plan, const FleetWork& work,
                const Params& params) {
    const FleetDay mean = fleet_day(day);
    const double requests =
        params.production.daily_users * params.production.requests_per_user * kDaysAMonth;
    std::vector<BillItem> items;
    for (const FleetStation station : every<FleetStation>) {
        const bool is_gpu = plan.stations[station].kind == StationKind::gpu;
        const double servers = mean.servers[station] * plan.cells;
        if (!(servers > 0)) continue;
        const std::string label(station_row(station).label);
        items.push_back(
            {label, label + (is_gpu ? ": GPUs" : ": servers"),
             is_gpu ? gpu_resource(params.serving.gpu) : Resource::cpu_server,
             servers * kHoursAMonth,
             amount_text(servers) + " on average, " + number_text(kHoursAMonth) + " hours"});
    }
    const double gigabytes = requests * work.page_bytes / 1e9;
    items.push_back({"Edge", "answers to people", Resource::egress, gigabytes,
                     number_text(params.cost.metadata_kb) + " KB a request"});
    items.push_back({"Feature store", "features between zones", Resource::cross_zone,
                     requests * work.feature_bytes / 1e9,
                     amount_text(work.feature_bytes) + " bytes a request"});
    const double events = params.production.events_per_user * params.production.daily_users;
    items.push_back({"Event stream", "events of thirty days", Resource::storage,
                     events * kEventBytes * kDaysAMonth / 1e9,
                     amount_text(events) + " a day of 100 bytes"});
    const double keys = params.production.daily_users + params.production.items;
    items.push_back({"Feature store", "features that are kept", Resource::storage,
                     keys * kKeyBytes / 1e9, amount_text(keys) + " keys of 2 KB"});
    return bill_of(items, prices_of(params.cost), requests, params.production.daily_users);
}

double server_count(const FleetDay& day, const FleetPlan& plan) {
    return count_of(day, plan, false);
}
double gpu_count(const FleetDay& day, const FleetPlan& plan) {
    return count_of(day, plan, true);
}

}  // namespace cascadelab
