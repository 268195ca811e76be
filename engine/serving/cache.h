// The memory tier of the feature store: which keys are kept, not their values. Every operation
// costs the same however many there are, and memory grows with what is kept, not with the capacity.
// A plain value: copied with the state it belongs to, the same bits everywhere. Its laws stand in
// cache_laws.h. One thread an object.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/serving/key_table.h"

namespace cascadelab {

// Which key goes when a new one needs its place.
enum class Eviction {
    lru,   // the one asked for least recently
    fifo,  // the one that came in first
};
template <>
inline constexpr std::size_t enum_count<Eviction> = 2;

inline constexpr double kKeepForever = std::numeric_limits<double>::infinity();

struct CachePlan {
    std::uint32_t capacity = 0;  // entries; 0 keeps nothing
    Eviction eviction = Eviction::lru;
    double ttl_s = kKeepForever;      // seconds after which an entry is no answer any more, > 0
    bool ttl_renewed_on_hit = false;  // counted from the last hit, not from the fetch
};

class Cache {
  public:
    explicit Cache(const CachePlan& plan);

    // A request for a key: true when memory answers. After a miss the value is fetched from the
    // tier behind, and kept. now_s never runs back.
    bool fetch(std::uint64_t key, double now_s);
    // Whether memory would answer; changes and counts nothing.
    bool holds(std::uint64_t key, double now_s) const;
    // Put a value in unasked (warm-up, or a write that goes through the cache). A key that is here
    // already counts as just come in.
    void keep(std::uint64_t key, double now_s);
    // The value changed behind: the entry is no answer any more.
    void drop(std::uint64_t key);
    // A cold start. Hits and misses stay counted.
    void flush();
    // The plan may change while it runs; what no longer fits goes at once.
    void change(const CachePlan& plan);

    const CachePlan& plan() const { return m_plan; }
    std::uint32_t entries() const { return static_cast<std::uint32_t>(m_table.size()); }
    std::uint64_t hits() const { return m_hits; }
    std::uint64_t misses() const { return m_misses; }
    double hit_share() const;  // of all requests so far; 0 before the first
    std::uint64_t hash() const;

  private:
    // A doubly linked list through one vector, the next to go at the back.
    struct Entry {
        std::uint64_t key = 0;
        double since_s = 0;  // when its time to live began
        std::uint32_t before = KeyTable::kNone, after = KeyTable::kNone;
    };

    bool is_fresh(const Entry& entry, double now_s) const {
        return now_s - entry.since_s < m_plan.ttl_s;
    }
    void link_in_front(std::uint32_t slot);
    void unlink(std::uint32_t slot);
    void remove(std::uint32_t slot);

    CachePlan m_plan;
    KeyTable m_table;
    std::vector<Entry> m_entries;
    std::vector<std::uint32_t> m_free;  // slots of m_entries to use again
    std::uint32_t m_front = KeyTable::kNone, m_back = KeyTable::kNone;
    std::uint64_t m_hits = 0, m_misses = 0;
};

}  // namespace cascadelab
