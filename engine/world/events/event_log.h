// The append-only event log: full chunks are immutable and shared, so a keyframe or a training
// job's frozen view costs a few pointers. Appended at the barrier only; a copy may be read by
// another thread.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/world/events/event.h"

namespace cascadelab {

class EventLog {
  public:
    void append(std::span<const Event> events);
    void forget_before(Seconds time_s);  // drops whole chunks that are older

    std::uint64_t appended() const { return m_appended; }  // ever, including what was forgotten
    std::uint64_t first() const { return m_first; }  // sequence number of the oldest event kept
    std::uint64_t hash() const { return m_hash; }    // over everything ever appended, in order

    // Calls visit(const Event&) for the kept events with sequence number >= from, in order.
    template <class Visit>
    void visit_from(std::uint64_t from, Visit&& visit) const {
        std::uint64_t sequence = m_first;
        const auto visit_run = [&](std::span<const Event> run) {
            if (sequence + run.size() > from) {
                for (const Event& event : run.subspan(from > sequence ? from - sequence : 0))
                    visit(event);
            }
            sequence += run.size();
        };
        for (const auto& chunk : m_chunks) visit_run(*chunk);
        visit_run(m_tail);
    }
    template <class Visit>
    void visit(Visit&& visit) const {
        visit_from(m_first, visit);
    }

  private:
    static constexpr std::size_t kChunk = 8192;
    std::vector<std::shared_ptr<const std::vector<Event>>> m_chunks;
    std::vector<Event> m_tail;
    std::uint64_t m_first = 0;
    std::uint64_t m_appended = 0;
    std::uint64_t m_hash = 0;
};

}  // namespace cascadelab
