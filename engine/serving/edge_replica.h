// What an edge of the world knows: every write reaches it one replication lag after it was made,
// and it answers from what it has. Cut off, its lag is endless; healed, it learns all that was
// written meanwhile. A plain value. One thread an object.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "engine/serving/key_table.h"

namespace cascadelab {

struct EdgeAnswer {
    std::uint64_t version = 0;
    double age_s = 0;  // since that version was written
};

class EdgeReplica {
  public:
    explicit EdgeReplica(double lag_s);  // seconds, >= 0, infinite when cut off

    // A write at the origin. Times of all calls never run back.
    void write(std::uint64_t key, std::uint64_t version, double now_s);
    // From now on writes that are under way take so long, too. What is known stays known.
    void set_lag(double lag_s, double now_s);
    // What the edge says of a key; nothing when it never heard of it.
    std::optional<EdgeAnswer> read(std::uint64_t key, double now_s);

    double lag_s() const { return m_lag_s; }
    std::size_t under_way() const { return m_under_way.size(); }  // writes it has not heard of
    std::uint64_t hash() const;

  private:
    struct Write {
        std::uint64_t key = 0;
        std::uint64_t version = 0;
        double written_s = 0;
    };

    void hear(double now_s);

    double m_lag_s;
    std::deque<Write> m_under_way;  // in the order they were written
    KeyTable m_place;               // of a key in m_known
    std::vector<Write> m_known;     // the latest heard write of each key, by first hearing
};

}  // namespace cascadelab
