// ServedPage requests kept for training and for measuring skew: which items a sampled request
// showed, and the ranking row each was served with. Chunks are immutable and shared, as in the
// event log. Appended at the barrier.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/features/values.h"
#include "engine/world/events/page.h"

namespace cascadelab {

struct LoggedRequest {
    Seconds time_s = 0;  // of the request
    Seconds tick_s = 0;  // begin of its tick: shared values are those of the barrier before
    PersonId person;
    std::uint32_t request = 0;
    std::vector<ItemId> items;    // the slate
    std::vector<float> rows;      // slate x columns, as served
    std::vector<PageRow> page{};  // the rows that the slate was shown in; empty for a feed
};

class FeatureLog {
  public:
    void append(LoggedRequest request);  // in order of (tick, person, request)
    void forget_before(Seconds time_s);
    std::size_t requests() const;  // kept
    std::uint64_t hash() const { return m_hash; }

    // Newest requests whose rows sum to at most max_rows, oldest first; shares memory with the log.
    std::vector<std::shared_ptr<const LoggedRequest>> newest(std::size_t max_rows) const;

  private:
    std::vector<std::shared_ptr<const LoggedRequest>> m_requests;
    std::uint64_t m_hash = 0;
};

}  // namespace cascadelab
