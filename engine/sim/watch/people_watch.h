// What the window sees of the hidden people: where tastes began and where they went, and what the
// person in focus would love. Only looked at; never part of the run. One thread.
#pragma once

#include "engine/sim/snapshot/snapshot.h"
#include "engine/sim/watch/map_view.h"

namespace cascadelab {

class PeopleWatch {
  public:
    void take_window(const SimulationState& state);  // when a metric window closes
    void go_back(Seconds now_s, std::size_t people);
    // Where tastes are, as of the last window; null before the first.
    const std::shared_ptr<const TasteView>& tastes() const { return m_tastes; }
    // What every item is worth to the person of a trace, in ItemId order; made anew for another
    // trace.
    std::shared_ptr<const std::vector<float>> worth(
        const SimulationState& state, const std::shared_ptr<const CascadeTrace>& trace);

  private:
    MapPlane m_plane;  // of the tastes that founders began with; it stays
    std::shared_ptr<const TasteView> m_tastes;
    std::shared_ptr<const CascadeTrace> m_worth_of;
    std::shared_ptr<const std::vector<float>> m_worth;
};

}  // namespace cascadelab
