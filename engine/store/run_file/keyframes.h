// Whole states kept in memory for going back. Under a budget: when it is full the spacing doubles
// and every other keyframe goes, so a long run is covered evenly (as Box2D's recordings do). One
// thread.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/sim/simulation.h"

namespace cascadelab {

struct Keyframe {
    Seconds time_s = 0;
    std::shared_ptr<const SimulationState> state;
    double mib = 0;  // what it holds that the one before it does not
};

class Keyframes {
  public:
    // size: what a state holds that an earlier one does not, MiB; of the first, against itself.
    using Size =
        std::function<double(const SimulationState& state, const SimulationState& earlier)>;
    Keyframes(Seconds spacing_s, double budget_mib, Size size);

    bool due(Seconds time_s) const;  // none is held yet for this stretch of time
    // The first keyframe is always kept, so that one can go back to it.
    void add(Seconds time_s, std::shared_ptr<const SimulationState> state);
    const Keyframe* nearest(Seconds time_s) const;  // at or before; null when there is none
    void forget_after(Seconds time_s);

    std::vector<Seconds> times() const;
    Seconds spacing_s() const { return m_spacing_s; }
    double held_mib() const;

  private:
    void thin_out();
    void weigh(std::ptrdiff_t at);  // against the one before it
    Seconds m_spacing_s;
    double m_budget_mib;
    Size m_size;
    std::vector<Keyframe> m_keyframes;  // by time
};

}  // namespace cascadelab
