#include "tests/worlds/ui/demo_fleet.h"

#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

struct DemoStation {
    FleetStation station;
    double servers, starting, utilisation, queue, wait_ms, service_ms, work_limit, load_limit;
};
constexpr DemoStation kStations[] = {
    {FleetStation::edge, 6, 0, 0.42, 0.2, 0.1, 1.4, kNever, 2.4},
    {FleetStation::gateway, 5, 0, 0.38, 0, 0, 1.1, kNever, 2.7},
    {FleetStation::features, 14, 0, 0.63, 1.2, 0.4, 4.2, 6.1, 1.7},
    {FleetStation::search_intent, 5, 0, 0.31, 0, 0, 2.1, 22, 3.3},
    {FleetStation::two_tower, 64, 4, 0.71, 5, 0.6, 5.2, 3.2, 1.5},
    {FleetStation::covisitation, 7, 0, 0.55, 0.4, 0.2, 2.9, 15, 2.1},
    {FleetStation::neighbours_liked, 5, 0, 0.36, 0, 0, 2.2, 20, 2.9},
    {FleetStation::trending, 4, 0, 0.29, 0, 0, 1.8, 28, 3.6},
    {FleetStation::fresh, 4, 0, 0.27, 0, 0, 1.7, 30, 3.8},
    {FleetStation::decoder, 12, 2, 0.78, 9, 4.1, 31, 1.9, 1.4},
    {FleetStation::ranking, 22, 8, 0.97, 86, 41, 17, 1.2, 1.1},
    {FleetStation::reranking, 6, 0, 0.48, 0.3, 0.1, 2.4, 18, 2.3},
    {FleetStation::policy, 4, 0, 0.22, 0, 0, 0.6, kNever, 4.9},
};

std::vector<StationSection> stations() {
    std::vector<StationSection> all;
    for (const DemoStation& demo : kStations) {
        StationSection station;
        const StationRow& row = station_row(demo.station);
        station.station = demo.station;
        station.label = row.label;
        station.kind = row.kind;
        station.shards = row.kind == StationKind::fan_out ? 8 : 1;
        station.servers = demo.servers;
        station.starting = demo.starting;
        station.calls_per_s = 1840.0 * station.shards;
        station.utilisation = demo.utilisation;
        station.queue = demo.queue;
        station.wait_ms = demo.wait_ms;
        station.service_ms = demo.service_ms;
        station.suffers = demo.station == FleetStation::ranking;
        station.failed_share = station.suffers ? 0.021 : 0;
        station.after = row.after;
        station.work_limit = demo.work_limit;
        station.load_limit = demo.load_limit;
        all.push_back(station);
    }
    return all;
}

// Sources run beside each other; the decoder answers last, and the ranker waits for it.
FleetWaterfall waterfall() {
    FleetWaterfall fall;
    double ready_s = 0;
    const auto span = [&](FleetStation station, double begin_s, double wait_s, double service_s,
                          bool critical) {
        const double end_s = begin_s + wait_s + service_s;
        const bool isFanOut = station_row(station).kind == StationKind::fan_out;
        fall.spans.push_back(
            {station, begin_s, end_s, wait_s, service_s, isFanOut ? 8 : 1, critical});
        if (critical) ready_s = end_s;
    };
    span(FleetStation::edge, 0, 0.0002, 0.0016, true);
    span(FleetStation::gateway, ready_s, 0, 0.0011, true);
    span(FleetStation::features, ready_s, 0.0012, 0.0094, true);
    const double sources_s = ready_s;
    span(FleetStation::search_intent, sources_s, 0, 0.0024, false);
    span(FleetStation::two_tower, sources_s, 0.0021, 0.0112, false);
    span(FleetStation::covisitation, sources_s, 0.0003, 0.0031, false);
    span(FleetStation::neighbours_liked, sources_s, 0, 0.0026, false);
    span(FleetStation::trending, sources_s, 0, 0.0017, false);
    span(FleetStation::fresh, sources_s, 0, 0.0019, false);
    span(FleetStation::decoder, sources_s, 0.0093, 0.0342, true);
    span(FleetStation::ranking, ready_s, 0.0871, 0.0213, true);
    span(FleetStation::reranking, ready_s, 0, 0.0028, true);
    span(FleetStation::policy, ready_s, 0, 0.0007, true);
    fall.request = {0, ready_s, 0.4, FleetOutcome::served, false};
    return fall;
}

std::shared_ptr<const std::vector<FleetPoint>> points(Seconds now_s) {
    auto all = std::make_shared<std::vector<FleetPoint>>();
    for (Seconds t = now_s / kHour * kHour - 47 * kHour; t <= now_s; t += kHour) {
        const double rhythm = 1 + 0.45 * std::sin(hour_of(t) / 24.0 * 6.2832 - 2.6);
        const bool breaks = t > now_s - 2 * kHour;
        FleetPoint point;
        point.time_s = t;
        point.p50_ms = 48 + 9 * rhythm + (breaks ? 12 : 0);
        point.p95_ms = 74 + 24 * rhythm + (breaks ? 38 : 0);
        point.p99_ms = 92 + 34 * rhythm * rhythm + (breaks ? 34 : 0);
        point.timeout_share = 0.0008 * rhythm + (breaks ? 0.019 : 0);
        point.fallback_share = 0.0006 * rhythm + (breaks ? 0.012 : 0);
        point.stale_page_share = 0.004;
        point.requests_per_s = 1270 * rhythm;
        point.hit_share = 0.925 + 0.008 * rhythm;
        point.stream_lag_s = 1.4 * rhythm + (breaks ? 6 : 0);
        point.servers = std::round(6800 * (0.7 + 0.4 * rhythm));
        point.gpus = std::round(560 * (0.7 + 0.4 * rhythm));
        point.usd_per_1000 = 0.052 + 0.011 / rhythm;
        all->push_back(point);
    }
    return all;
}

Bill bill() {
    const auto hours = [](double servers) { return servers * kHoursAMonth; };
    const std::vector<BillItem> items = {
        {"Edge", "Edge: servers", Resource::cpu_server, hours(288), "288 on average, 730 hours"},
        {"Gateway", "Gateway: servers", Resource::cpu_server, hours(240),
         "240 on average, 730 hours"},
        {"Feature store", "Feature store: servers", Resource::cpu_server, hours(670),
         "670 on average, 730 hours"},
        {"Two-tower index", "Two-tower index: servers", Resource::cpu_server, hours(3070),
         "3070 on average, 730 hours"},
        {"Co-visitation", "Co-visitation: servers", Resource::cpu_server, hours(336),
         "336 on average, 730 hours"},
        {"Trending", "Trending: servers", Resource::cpu_server, hours(192),
         "192 on average, 730 hours"},
        {"Fresh", "Fresh: servers", Resource::cpu_server, hours(192), "192 on average, 730 hours"},
        {"Generative decoder", "Generative decoder: GPUs", Resource::gpu_a100, hours(576),
         "576 on average, 730 hours"},
        {"Ranking", "Ranking: servers", Resource::cpu_server, hours(1430),
         "1430 on average, 730 hours"},
        {"Re-ranking", "Re-ranking: servers", Resource::cpu_server, hours(288),
         "288 on average, 730 hours"},
        {"Policy gate", "Policy gate: servers", Resource::cpu_server, hours(192),
         "192 on average, 730 hours"},
        {"Edge", "answers to people", Resource::egress, 2.4e6, "20 KB a request"},
        {"Feature store", "features between zones", Resource::cross_zone, 9.6e5,
         "8000 bytes a request"},
        {"Event stream", "events of thirty days", Resource::storage, 3e5,
         "1e11 events a day of 100 bytes"},
        {"Feature store", "features that are kept", Resource::storage, 420,
         "210000000 keys of 2 KB"}};
    return bill_of(items, default_prices(), 1.2e11, 2e8);
}

}  // namespace

std::shared_ptr<const FleetSection> demoFleet(Seconds now_s) {
    auto fleet = std::make_shared<FleetSection>();
    fleet->time_s = now_s;
    fleet->requests_per_s = 1840;
    fleet->cells = 48;
    fleet->p50_ms = 71, fleet->p95_ms = 148, fleet->p99_ms = 193;
    fleet->timeout_share = 0.021, fleet->fallback_share = 0.014;
    fleet->stations = stations();
    fleet->waterfall = waterfall();
    fleet->points = points(now_s);
    fleet->hit_share = 0.934;
    fleet->measured_hit_share = 0.712;
    fleet->zipf_exponent = 0.87;
    for (int p = 0; p < 256; ++p) {
        const double hot = p == 37 ? 41 : p % 29 == 3 ? 9 : 1.2;
        fleet->partition_lag_s.push_back(static_cast<float>(hot * (1 + 0.4 * std::sin(2.1 * p))));
    }
    fleet->features = {{"session_pages", "streaming", "person", 1, 21.4, 0.91},
                       {"item_click_rate", "batch", "item", 1, 9.5 * kHour, 0.64},
                       {"person_views", "batch", "person", 1, 9.5 * kHour, 0.91},
                       {"times_shown", "on event", "person and item", 1, 0, 0.64}};
    fleet->incidents = {"Ranking: 50 % of servers lost, until Day 12, 19:05"};
    fleet->arithmetic = {"events a day: 100000000000 events (2e8 people x 20 refreshes x 25)",
                         "mean rate: 1157407 events/s (a day has 86,400 s)",
                         "peak rate: 1851852 events/s (1.6 times the mean)",
                         "bytes at the peak: 0.185 GB/s (100 bytes an event)",
                         "partitions: 309 partitions (10,000 events/s each, 60 % full)",
                         "back-fill of a stall of 600 s: 900 s (600 s x 0.6 / 0.4)",
                         "kept for 30 days: 300 TB (100 bytes an event)"};
    fleet->bill = bill();
    return fleet;
}

}  // namespace cascadelab
