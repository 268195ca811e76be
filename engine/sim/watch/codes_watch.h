// What the window sees of the generative retriever: the codes, their health, what was exposed, who
// serves. Only looked at; never part of the run. One thread.
#pragma once

#include <optional>

#include "engine/models/semantic_ids/code_health.h"
#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

class SimulationState;

class CodesWatch {
  public:
    // When a metric window closes; codes: the health of those that serve, none before the first.
    void take_window(const SimulationState& state, const std::optional<CodeHealth>& codes);
    void go_back(Seconds now_s);
    void fill(const SimulationState& state, Snapshot& snapshot);

  private:
    std::shared_ptr<const ItemCodes> m_codes;
    std::shared_ptr<const SemanticIds> m_codes_of;  // the IDs that m_codes shows
    std::shared_ptr<const std::vector<CodeHealthPoint>> m_health;
    std::shared_ptr<const std::vector<ExposurePoint>> m_exposure;
};

}  // namespace cascadelab
