#include "engine/serving/edge_replica.h"

#include "engine/base/error.h"
#include "engine/base/hash.h"

namespace cascadelab {

EdgeReplica::EdgeReplica(double lag_s) : m_lag_s(lag_s) {
    CHECK(lag_s >= 0);
}

void EdgeReplica::write(std::uint64_t key, std::uint64_t version, double now_s) {
    CHECK(m_under_way.empty() || now_s >= m_under_way.back().written_s);
    m_under_way.push_back({key, version, now_s});
}

void EdgeReplica::set_lag(double lag_s, double now_s) {
    CHECK(lag_s >= 0);
    hear(now_s);
    m_lag_s = lag_s;
}

std::optional<EdgeAnswer> EdgeReplica::read(std::uint64_t key, double now_s) {
    hear(now_s);
    const std::uint32_t place = m_place.find(key);
    if (place == KeyTable::kNone) return std::nullopt;
    const Write& known = m_known[place];
    return EdgeAnswer{known.version, now_s - known.written_s};
}

std::uint64_t EdgeReplica::hash() const {
    Hasher hasher;
    hasher.add(m_lag_s);
    for (const Write& write : m_known) {
        hasher.add(write.key).add(write.version).add(write.written_s);
    }
    hasher.add(m_under_way.size());
    for (const Write& write : m_under_way) {
        hasher.add(write.key).add(write.version).add(write.written_s);
    }
    return hasher.value();
}

void EdgeReplica::hear(double now_s) {
    while (!m_under_way.empty() && m_under_way.front().written_s + m_lag_s <= now_s) {
        const Write write = m_under_way.front();
        m_under_way.pop_front();
        const std::uint32_t place = m_place.find(write.key);
        if (place == KeyTable::kNone) {
            m_place.insert(write.key, static_cast<std::uint32_t>(m_known.size()));
            m_known.push_back(write);
        } else {
            m_known[place] = write;
        }
    }
}

}  // namespace cascadelab
