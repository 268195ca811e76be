#include "engine/serving/cache.h"

#include "engine/base/error.h"
#include "engine/base/hash.h"

namespace cascadelab {
namespace {

constexpr std::uint32_t kNone = KeyTable::kNone;

}  // namespace

Cache::Cache(const CachePlan& plan) : m_plan(plan) {
    CHECK(plan.capacity < kNone && plan.ttl_s > 0);
}

bool Cache::fetch(std::uint64_t key, double now_s) {
    const std::uint32_t slot = m_table.find(key);
    if (slot == kNone || !is_fresh(m_entries[slot], now_s)) {
        ++m_misses;
        keep(key, now_s);
        return false;
    }
    ++m_hits;
    if (m_plan.ttl_renewed_on_hit) m_entries[slot].since_s = now_s;
    if (m_plan.eviction == Eviction::lru) {
        unlink(slot);
        link_in_front(slot);
    }
    return true;
}

bool Cache::holds(std::uint64_t key, double now_s) const {
    const std::uint32_t slot = m_table.find(key);
    return slot != kNone && is_fresh(m_entries[slot], now_s);
}

void Cache::keep(std::uint64_t key, double now_s) {
    if (m_plan.capacity == 0) return;
    std::uint32_t slot = m_table.find(key);
    if (slot != kNone) {
        unlink(slot);
    } else {
        if (entries() == m_plan.capacity) remove(m_back);
        if (m_free.empty()) {
            slot = static_cast<std::uint32_t>(m_entries.size());
            m_entries.emplace_back();
        } else {
            slot = m_free.back();
            m_free.pop_back();
        }
        m_entries[slot].key = key;
        m_table.insert(key, slot);
    }
    m_entries[slot].since_s = now_s;
    link_in_front(slot);
}

void Cache::drop(std::uint64_t key) {
    const std::uint32_t slot = m_table.find(key);
    if (slot != kNone) remove(slot);
}

void Cache::flush() {
    m_table.clear();
    m_entries.clear();
    m_free.clear();
    m_front = m_back = kNone;
}

void Cache::change(const CachePlan& plan) {
    CHECK(plan.capacity < kNone && plan.ttl_s > 0);
    m_plan = plan;
    while (entries() > m_plan.capacity) remove(m_back);
}

double Cache::hit_share() const {
    const auto requests = static_cast<double>(m_hits + m_misses);
    return requests > 0 ? static_cast<double>(m_hits) / requests : 0;
}

std::uint64_t Cache::hash() const {
    Hasher hasher;
    hasher.add(m_plan.capacity).add(m_plan.eviction).add(m_plan.ttl_s);
    hasher.add(m_plan.ttl_renewed_on_hit).add(m_hits).add(m_misses).add(entries());
    for (std::uint32_t slot = m_front; slot != kNone; slot = m_entries[slot].after) {
        hasher.add(m_entries[slot].key).add(m_entries[slot].since_s);
    }
    return hasher.value();
}

void Cache::link_in_front(std::uint32_t slot) {
    m_entries[slot].before = kNone;
    m_entries[slot].after = m_front;
    (m_front == kNone ? m_back : m_entries[m_front].before) = slot;
    m_front = slot;
}

void Cache::unlink(std::uint32_t slot) {
    const Entry& entry = m_entries[slot];
    (entry.before == kNone ? m_front : m_entries[entry.before].after) = entry.after;
    (entry.after == kNone ? m_back : m_entries[entry.after].before) = entry.before;
}

void Cache::remove(std::uint32_t slot) {
    unlink(slot);
    m_table.erase(m_entries[slot].key);
    m_free.push_back(slot);
}

}  // namespace cascadelab
