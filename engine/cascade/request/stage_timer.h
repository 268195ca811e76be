// How long the stages of a request took here. Read by no stage; one thread.
#pragma once

#include <chrono>

#include "engine/cascade/request/trace.h"

namespace cascadelab {

// Measured wall-clock time of the stages; a profile beside the run, never read by a stage.
class StageTimer {
  public:
    explicit StageTimer(CascadeTrace& trace)
        : m_trace(trace), m_begin(Clock::now()), m_last(m_begin) {
        trace.start_us.fill(0);
        trace.measured_us.fill(0);
    }
    void done(CascadeStage stage) {
        const Clock::time_point now = Clock::now();
        const std::size_t s = index_of(stage);
        if (m_trace.measured_us[s] == 0) m_trace.start_us[s] = microseconds(m_last - m_begin);
        m_trace.measured_us[s] += microseconds(now - m_last);
        m_last = now;
    }

  private:
    using Clock = std::chrono::steady_clock;
    static float microseconds(Clock::duration span) {
        return std::chrono::duration<float, std::micro>(span).count();
    }
    CascadeTrace& m_trace;
    Clock::time_point m_begin, m_last;
};

}  // namespace cascadelab
