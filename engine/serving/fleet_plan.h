// The modelled fleet as plain values: which stations there are, what a request does at each, how
// many servers a cell has, and the rules by which callers and queues behave. One row a station
// (fleet_stations.cpp). Everything here is modelled; nothing is measured on this machine. A plan
// never changes while it is read; any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/base/error.h"
#include "engine/cascade/request/source.h"
#include "engine/params/params.h"
#include "engine/serving/fleet_station.h"
#include "engine/serving/service_time.h"
#include "engine/serving/traffic.h"

namespace cascadelab {

// Stations, one bit each.
using StationSet = std::uint32_t;
constexpr StationSet only(FleetStation station) {
    return StationSet{1} << index_of(station);
}
inline constexpr StationSet kEveryStation = (StationSet{1} << enum_count<FleetStation>)-1;

enum class StationKind : std::uint8_t {
    pool,     // servers that each work on one call
    fan_out,  // the same in shards: a request asks all and waits for the slowest
    gpu       // servers that work on a batch, step by step
};

// What a request of this run's real cascade did on average. The only thing that the fleet knows of
// the cascade.
struct FleetWork {
    EnumArray<Source, double> asked{};     // items asked of a source
    EnumArray<Source, double> returned{};  // items it proposed
    double candidates_scored = 0;          // by the ranker
    double trees = 0;
    double tree_depth = 0;
    double features_fetched = 0;    // values a request
    double feature_bytes = 0;       // a request
    double feature_miss_share = 0;  // of fetches that go past memory to the warehouse
    double kept_items = 0;          // that re-ranking looks at
    double page_items = 0;
    double page_bytes = 0;         // of the answer
    double generative_share = 0;   // of requests whose whole page the decoder makes, 0..1
    double beams = 0;              // beam width of the decoder; 0: nobody asks it
    double prefill_tokens = 0;     // that the decoder reads
    double decode_tokens = 0;      // codes that it spells, one a step
    double language_share = 0;     // of requests that ask the simulated language model
    double language_billions = 7;  // of its parameters
    double language_prefill_tokens = 0;
    double language_decode_tokens = 0;
};

// What a GPU does for one call: it reads, then makes one step a token of the answer, so wide.
struct GpuWork {
    int prefill_tokens = 0;
    int decode_steps = 0;
    int width = 1;  // tokens of a call in a step: its beams
};

// Seconds that one step over n tokens takes: memory or arithmetic, whichever is slower, rounded
// off between them: sqrt(floor^2 + (n per_token)^2), fitted to the tables of Vidur (Agrawal et al.
// 2024). Attention is not in it.
struct GpuStep {
    double floor_s = 0.002;     // the weights are read once
    double per_token_s = 8e-6;  // arithmetic
    double seconds(double tokens) const { return std::hypot(floor_s, tokens * per_token_s); }
};
GpuStep gpu_step_of(GpuKind gpu, double billions);  // of one GPU, weights of two bytes

// A model whose weights do not fit beside a batch on one GPU is cut over eight, of which each then
// reads an eighth of them, at 2.1 of the time that reading takes instead of 1.4 (Vidur's eight-way
// tables: 1.6 to 2.6), and has an eighth of the batch.
inline constexpr double kBillionsOfOneGpu = 14;
inline constexpr int kGpusOfAGroup = 8;

// What callers of a station do. A timeout of 0 s: they wait for ever.
struct CallRules {
    double timeout_s = 0;
    int retries = 0;
    double backoff_s = 0;      // mean pause before the first retry; doubles with each
    double hedge_after_s = 0;  // 0: never
};

struct StationPlan {
    StationKind kind = StationKind::pool;
    // A request calls the station when its own even number in [0, 1) lies in [from, to): requests
    // of one kind call the same stations. Nothing is called by nobody.
    double from = 0;
    double to = 0;
    ServiceTime service;  // of one call; not of GPUs
    GpuWork gpu;
    GpuStep step;
    int batch = 1;  // calls that a GPU works on at once
    StationSet after = 0;
    // Of one shard, at rest; the autoscaler goes on from here.
    std::int64_t servers = 1;
    std::int64_t most_servers = 1;
    int shards = 1;
    std::int64_t group_servers = 1;   // that share one queue
    std::int64_t queue_limit = 1000;  // calls waiting in one queue
    CallRules calls;
    ServiceTime start;  // of a new server

    double share() const { return to > from ? to - from : 0; }
    bool exists() const { return share() > 0; }
    bool called_by(double kind_number) const { return kind_number >= from && kind_number < to; }
    int groups() const;             // of a shard
    double mean_service_s() const;  // of a call, of one server; of a GPU at full batch
};

struct AutoscalerPlan {
    bool on = false;
    double target = 0.6;
    double dead_band = 0.1;
    double look_s = 15;
    double down_s = 300;
    double most_growth = 2;   // a look, or
    double least_growth = 4;  // servers
    double cold_s = 60;
    double cold_slowdown = 1.5;
};

// What happens to stations at a time; the rules of the fleet never read it, only what it does.
struct Incident {
    StationSet stations = 0;
    double begin_s = 0;
    double end_s = 0;
    double capacity = 1;  // share of servers that is left
    double slowdown = 1;  // of service: a cold cache, a slow disk
};

struct FleetPlan {
    EnumArray<FleetStation, StationPlan> stations{};
    double budget_s = 0.2;  // 0: nobody looks at the clock
    PageFallback fallback = PageFallback::cached_page;
    bool drop_expired = true;
    bool load_shedding = false;
    double retry_budget = 1;  // retries as a share of first calls; from 1 on there is no budget
    Routing routing = Routing::random;
    double stale_signal_s = 0;
    AutoscalerPlan autoscaler;
    Traffic traffic;
    std::vector<Incident> incidents;
    double generative_share = 0;  // requests with a number below it are generative
    double cells = 1;             // that the whole service has
    std::uint64_t seed = 1;

    bool has_deadline() const { return budget_s > 0 && fallback != PageFallback::none; }
    // Retries that a station may save up: those of a second of ordinary traffic, at least one.
    double most_retry_tokens(FleetStation station) const;
    double capacity_share(FleetStation station, double now_s) const;
    double slowdown(FleetStation station, double now_s) const;
};

// What a station is: the row of the table.
struct StationRow {
    FleetStation value;
    std::string_view key;    // "two_tower"
    std::string_view label;  // "Two-tower index"
    StationKind kind;
    StationSet after;
    std::int64_t ServingParams::*servers;  // 0: staffed
    // Fills in who calls the station and what a call takes; leaves it alone when nobody does.
    void (*work)(const FleetWork& work, StationPlan& station);
};
const StationRow& station_row(FleetStation station);

// The fleet that these parameters and this work ask for, staffed; or why there is none.
Result<FleetPlan> plan_fleet(const Params& params, const FleetWork& work, std::uint64_t seed);
// Whether a plan can be simulated: finite numbers, servers, rates and graphs within limits.
Status check_plan(const FleetPlan& plan);

// Servers for an offered load (calls a second x mean service): c = h a + beta sqrt(h a) (Halfin
// and Whitt 1981), at least 1.
std::int64_t staffed(double offered_load, double headroom, double beta);

// A region is lost and its people come to the others: the fleet keeps the share of the rest.
Incident region_cut_off(const FleetPlan& plan, int region, double begin_s, double end_s);

}  // namespace cascadelab
