// The modelled fleet in a run: what of it is kept from tick to tick, and what it has been told to
// suffer. A copyable value of the state; large parts that do not change are shared. A person's row
// is written by the thread that runs the person's session, all else by the step.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/base/ids.h"
#include "engine/features/values.h"
#include "engine/serving/cache.h"
#include "engine/serving/event_stream.h"
#include "engine/serving/fleet.h"
#include "engine/serving/patience.h"
#include "engine/sim/fleet/fleet_work.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// What the service remembers of a person's pages, and the person of its slowness.
struct ServedPerson {
    std::shared_ptr<const std::vector<ItemId>> page;  // the last one; null before the first
    Seconds page_s = kNever;                          // when it was made
    Seconds news_s = kNever;  // of the person's first event after it, beside having been shown it
    Patience patience;
    double felt_ms = 0;  // summed over the pages of the day
    std::uint32_t pages = 0;
};

// Times to the second until which an incident of the engine itself lasts.
struct Ailments {
    Seconds index_stale_s = kNever;   // new items and new models do not reach the indexes
    Seconds version_skew_s = kNever;  // stages read two definitions of a feature
    Seconds stream_stalled_s = kNever;
    Seconds feed_frozen_s = kNever;  // nobody gets a page of their own
    Seconds memory_cold_s = kNever;  // this share of feature reads at least goes past memory:
    double cold_miss_share = 0;
};

// Bins of a histogram of latencies, evenly over their logarithm from 1 ms to 65 s; what lies
// outside counts in the first and the last.
inline constexpr std::size_t kLatencyBins = 96;
std::size_t latency_bin(double latency_s);
double latency_of_bin(std::size_t bin);  // its geometric middle, seconds

// One tick of the fleet, as it is remembered for a day.
struct FleetTick {
    Seconds time_s = 0;  // its begin
    double seconds = 0;
    double rate = 0;                               // requests a second of a cell
    std::array<float, kLatencyBins> latency{};     // shares of the look's requests
    double timeout_share = 0, fallback_share = 0;  // of the look's requests
    double stream_lag_s = 0;                       // 99 of 100 events are read sooner
    double hit_share = 0;                          // of memory, in this run
    EnumArray<FleetStation, float> utilisation{};  // NaN where there is no station
    EnumArray<FleetStation, double> servers{};     // of a cell, all shards; starting ones too
    double requests = 0, stale_pages = 0;          // of this run's people
};

// What memory was asked for, and how much of it was there.
struct MemoryReads {
    std::uint64_t hits = 0, reads = 0;

    double hit_share() const {
        return static_cast<double>(hits) / static_cast<double>(reads);
    }  // NaN of none
};

struct FleetRun {
    std::optional<FleetState> state;  // none before the first request
    WorkTally work;
    std::vector<Incident> incidents;
    std::vector<Crowd> crowds;
    Ailments ailments;
    std::optional<EventStream> stream;
    Cache memory{CachePlan{}};
    std::array<MemoryReads, 2> memory_hour;            // people's, then items', so far
    std::vector<std::uint32_t> accesses;               // by key, of the day: people, then items
    std::array<double, 2> entity_hit_share{-1, -1};    // of the last hour, as memory_hour
    double measured_hit_share = 0, zipf_exponent = 0;  // of this run's reads, as of the last hour
    double miss_share = 0.05;          // of reads in production, as of the last hour
    Seconds staffed_s = kNever;        // when servers were counted out last
    std::vector<ServedPerson> people;  // by PersonId
    std::vector<std::shared_ptr<const FleetTick>> day;  // ticks of the last 24 hours

    std::uint64_t hash() const;
};

}  // namespace cascadelab
