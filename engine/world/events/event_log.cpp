#include "engine/world/events/event_log.h"

#include <algorithm>

namespace cascadelab {
namespace {

unsigned flags_of(const Event& event) {
    return unsigned{event.explored} | unsigned{event.generated} << 1;
}

// One link of the chain: independent of how events were grouped when they were appended.
std::uint64_t hash_after(std::uint64_t before, const Event& event) {
    return Hasher()
        .add(before)
        .add(event.time_s)
        .add(event.person.value)
        .add(event.item.value)
        .add(event.request)
        .add(event.value)
        .add(event.kind)
        .add(event.position)
        .add(event.topic)
        .add(flags_of(event))
        .add(event.surface)
        .add(event.from)
        .value();
}

}  // namespace

void EventLog::append(std::span<const Event> events) {
    for (const Event& event : events) {
        m_hash = hash_after(m_hash, event);
        m_tail.push_back(event);
        if (m_tail.size() < kChunk) continue;
        m_chunks.push_back(std::make_shared<const std::vector<Event>>(std::move(m_tail)));
        m_tail = {};
    }
    m_appended += events.size();
}

void EventLog::forget_before(Seconds time_s) {
    const auto is_old = [&](const auto& chunk) {
        return std::ranges::all_of(*chunk,
                                   [&](const Event& event) { return event.time_s < time_s; });
    };
    const auto kept = std::ranges::find_if_not(m_chunks, is_old);
    m_first += static_cast<std::uint64_t>(kept - m_chunks.begin()) * kChunk;
    m_chunks.erase(m_chunks.begin(), kept);
}

}  // namespace cascadelab
