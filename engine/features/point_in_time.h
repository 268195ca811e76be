// Point-in-time joins: what the store knew when a logged request was made, recomputed from the
// event log and the batch runs by the same streaming code that serves, and never from anything
// newer than the request. Any thread, on a frozen view.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/features/feature_log.h"
#include "engine/features/feature_store.h"
#include "engine/world/events/event_log.h"

namespace cascadelab {

// A store as it was at a point of the log, from which a join replays; taken after a batch run. A
// fortnight replays in a tenth of a second, so a checkpoint every few days does: each holds about
// 2 KB a person who was active since the one before.
struct StoreCheckpoint {
    std::uint64_t log_sequence = 0;  // events with this number and later are not in it
    Seconds time_s = 0;
    std::shared_ptr<const FeatureStore> store;
};

// Everything a join needs, frozen at a moment. Copying shares.
struct JoinInputs {
    FeatureParams params;  // version_skew is ignored: training is version 1
    EventLog log;
    std::vector<StoreCheckpoint> checkpoints;  // by time; requests before the first are skipped
    std::vector<std::shared_ptr<const BatchTables>> batches;  // by write time
    std::shared_ptr<const Catalogue> catalogue;
    // Of everybody; null: nobody joined since the first checkpoint.
    std::shared_ptr<const std::vector<SignUp>> sign_ups;
};

// Labels of one shown item, from the events that followed.
struct Outcome {
    float click = 0, long_watch = 0, like = 0,
          not_interested = 0;  // 0 or 1; long: at least half of what was left of it
    float watch_share = 0;
};

// One logged request with the store as of its time.
struct JoinedRequest {
    const LoggedRequest* request;
    PersonFeatures person;
    const FeatureStore* store;      // item counters and batch values as of the request's tick
    std::vector<Outcome> outcomes;  // per shown item
};

// Visits requests (oldest first) that the view covers. Pointers hold during the visit. With
// TrainingValues::latest the store is the newest one instead: the classic leak, to be seen in the
// laboratory.
void join_point_in_time(const JoinInputs& view,
                        std::span<const std::shared_ptr<const LoggedRequest>> requests,
                        const std::function<void(const JoinedRequest&)>& visit);

}  // namespace cascadelab
