// The modelled fleet as the window sees it. Everything here is modelled, nothing measured on this
// machine; the run's own share (hits of memory, ages of features) says so. Immutable; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/serving/bill.h"
#include "engine/serving/fleet_simulation.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// A station now. Rates and servers are those of one cell, all shards together.
struct StationSection {
    FleetStation station = FleetStation::edge;
    std::string label;
    StationKind kind = StationKind::pool;
    int shards = 1;
    double servers = 0, starting = 0;
    double calls_per_s = 0;
    double utilisation = 0;  // 0..1
    double queue = 0;        // calls
    double wait_ms = 0, service_ms = 0;
    double failed_share = 0;  // of first calls, after the last retry
    bool suffers = false;     // of an incident
    StationSet after = 0;
    // What would break it: how many times its work, or its load, would push the 99th percentile of
    // pages over the budget; infinite when no multiple up to 64 does.
    double work_limit = 0, load_limit = 0;
};

// An hour of pages, by the fleet's own traffic.
struct FleetPoint {
    Seconds time_s = 0;  // its end
    double p50_ms = 0, p95_ms = 0, p99_ms = 0;
    double timeout_share = 0, fallback_share = 0, stale_page_share = 0;
    double requests_per_s = 0;  // of a cell
    double hit_share = 0;
    double stream_lag_s = 0;
    double servers = 0, gpus = 0;  // of the whole service
    double usd_per_1000 = 0;
};

// A feature of the registry, as its lane keeps it now.
struct FeatureLane {
    std::string name, lane, entity;  // "topic_share_recent", "streaming", "person"
    int version = 1;                 // that ranking is served
    double behind_s = 0;    // age of the newest event that the value can know; negative: none yet
    double hit_share = -1;  // of the run's own fetches, last hour; negative: it is not fetched
};

struct FleetSection {
    Seconds time_s = 0;
    double requests_per_s = 0;  // of a cell, now
    double cells = 1;
    double budget_ms = 200, p99_target_ms = 150;
    double p50_ms = 0, p95_ms = 0, p99_ms = 0;  // of the latest look
    double timeout_share = 0, fallback_share = 0;
    std::vector<StationSection> stations;                   // that exist, in the order of the graph
    std::optional<FleetWaterfall> waterfall;                // one request near the 99th percentile
    std::shared_ptr<const std::vector<FleetPoint>> points;  // hour by hour, oldest first
    double hit_share = 0;                                   // of the memory tier, in production
    double measured_hit_share = 0;                          // of this run's own reads, last hour
    double zipf_exponent = 0;                               // of this run's reads
    std::vector<float> partition_lag_s;                     // by partition
    std::vector<FeatureLane> features;                      // in the order of the registry
    std::vector<std::string> incidents;   // under way, "servers lost, until 18:30"
    std::vector<std::string> arithmetic;  // from the run to production, line by line
    Bill bill;                            // of a month like the last day
};

}  // namespace cascadelab
