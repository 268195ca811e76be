// The events of a simulation in order of time: a heap of four children a node, which has half the
// levels of a binary one. Events of the same time come in the order in which they were made. One
// thread an object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cascadelab {

struct FleetEvent {
    enum class Kind : std::uint8_t { end, gpu_step, timeout, hedge, resend, deadline };
    double at_s = 0;
    std::uint32_t order = 0;  // by which it was made
    std::uint32_t id = 0;     // of an attempt, a GPU, a call or a request
    std::uint32_t life = 0;   // of that id: an event outlives what it is about
    Kind kind = Kind::end;
    std::uint8_t sent = 0;  // how often the call had been sent

    bool before(const FleetEvent& other) const {
        return at_s != other.at_s ? at_s < other.at_s : order < other.order;
    }
};

class EventHeap {
  public:
    bool empty() const { return m_events.empty(); }
    std::size_t size() const { return m_events.size(); }
    const std::vector<FleetEvent>& all() const { return m_events; }  // in no order
    const FleetEvent& top() const { return m_events.front(); }
    void reserve(std::size_t count) { m_events.reserve(count); }

    void push(FleetEvent event) {
        event.order = m_made++;
        std::size_t at = m_events.size();
        m_events.push_back(event);
        while (at > 0) {
            const std::size_t parent = (at - 1) / kChildren;
            if (!event.before(m_events[parent])) break;
            m_events[at] = m_events[parent];
            at = parent;
        }
        m_events[at] = event;
    }

    FleetEvent pop() {
        const FleetEvent first = m_events.front();
        const FleetEvent last = m_events.back();
        m_events.pop_back();
        const std::size_t count = m_events.size();
        if (count == 0) return first;
        std::size_t at = 0;
        while (true) {
            const std::size_t begin = at * kChildren + 1;
            if (begin >= count) break;
            const std::size_t end = begin + kChildren < count ? begin + kChildren : count;
            std::size_t least = begin;
            for (std::size_t child = begin + 1; child < end; ++child) {
                if (m_events[child].before(m_events[least])) least = child;
            }
            if (!m_events[least].before(last)) break;
            m_events[at] = m_events[least];
            at = least;
        }
        m_events[at] = last;
        return first;
    }

  private:
    static constexpr std::size_t kChildren = 4;
    std::vector<FleetEvent> m_events;
    std::uint32_t m_made = 0;
};

}  // namespace cascadelab
