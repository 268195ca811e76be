// Item counters over a sliding window of eight steps. A step keeps its events, packed, and takes
// them back from the totals when it falls out, so a tick costs its events and reading an item one
// look. What the counters are is a function of the events and the time alone, not of when they were
// moved on. A copyable value that shares what does not change; moved on by one thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/copy_on_write.h"
#include "engine/base/hash.h"
#include "engine/features/values.h"
#include "engine/params/params.h"
#include "engine/world/events/event.h"

namespace cascadelab {

class CounterRing {
  public:
    static constexpr std::int64_t kSteps = 8;

    CounterRing() = default;
    CounterRing(const FeatureParams& params, std::size_t items);

    void grow(std::size_t items);
    // Moves on to now_s. An event counts from event time + lag on, and for less than the window
    // after that; merged events that are not readable yet wait.
    void advance(const FeatureParams& params, std::span<const Event> merged, Seconds now_s);
    ItemCounters counters(ItemId item) const;
    void hash(Hasher& hasher) const;

  private:
    struct Counts {
        std::uint32_t impressions = 0, clicks = 0, watches = 0;
    };
    struct Waiting {
        Seconds time_s = 0;
        std::uint32_t packed = 0;
        auto operator<=>(const Waiting&) const = default;
    };
    static void add(Counts& counts, std::uint32_t kind, std::uint32_t amount);
    void move_to(std::int64_t step);

    Seconds m_step_s = 1;
    std::int64_t m_step = INT64_MIN;  // newest step; step k holds what became readable in (k, k+1]
    std::array<CopyOnWrite<std::vector<std::uint32_t>>, kSteps> m_steps;  // by step modulo kSteps
    CopyOnWrite<std::vector<Counts>> m_totals;                            // by item
    std::vector<Waiting> m_waiting;                                       // a heap, earliest on top
};

}  // namespace cascadelab
