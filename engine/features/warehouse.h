// The warehouse and the batch lane: the event log as SQL tables in a temporary SQLite database, and
// the queries of the registry over it. Derived from the log alone, so a restored run fills it
// again. One thread at a time.
#pragma once

#include <memory>

#include "engine/features/values.h"
#include "engine/params/params.h"
#include "engine/world/events/event_log.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

class Warehouse {
  public:
    Warehouse();  // an empty database of its own, in memory
    ~Warehouse();
    Warehouse(Warehouse&&) noexcept;
    Warehouse& operator=(Warehouse&&) noexcept;

    // Loads what the log has appended since the last call, one transaction; forgets what is older
    // than the retention.
    void load(const EventLog& log, const Catalogue& catalogue, const FeatureParams& params,
              Seconds now_s);
    // When a batch run looks at the log, and when what it found goes online.
    struct RunTime {
        Seconds now_s = 0;
        Seconds online_s = 0;  // at least now_s
    };
    // Runs the batch features over everything with event time <= now_s. The same log gives the same
    // tables to the bit, whether loaded tick by tick or at once after a restore.
    std::shared_ptr<const BatchTables> run_batch(const FeatureParams& params, std::size_t people,
                                                 const Catalogue& catalogue, RunTime time);

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace cascadelab
