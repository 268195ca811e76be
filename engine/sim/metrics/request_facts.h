// What is kept of every request for the daily metrics, and the last day of it. Not how it is
// measured: metrics.h. Any thread may read a copy.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <vector>

#include "engine/base/ids.h"
#include "engine/cascade/request/eras.h"
#include "engine/cascade/request/trace.h"
#include "engine/sim/metrics/metric_names.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// Recall by Era.
using EraRecalls = EnumArray<Era, float>;
inline EraRecalls no_era_recalls() {
    EraRecalls none;
    none.fill(std::numeric_limits<float>::quiet_NaN());
    return none;
}

struct ReferencePages;

// The oracle's part only of sampled requests; NaN where there is nothing to measure.
struct RequestFacts {
    Seconds time_s = 0;
    PersonId person;
    float intra_list_diversity = 0;  // mean pairwise distance of the page's content vectors
    float novelty = 0;               // mean self-information of the page's items, bits
    float serendipity = 0;           // share of the page that is unexpected and liked
    float calibration_kl = 0;        // KL(long-term topics || page topics), nats
    float feature_age_s = 0;         // age of the person's streaming values
    float modelled_ms = -1;          // until the person had a page; negative: no fleet is modelled
    bool fell_back = false;          // the page came too late, the fallback instead
    bool stale_page = false;         // the edge answered with the page it had
    bool sampled = false;            // the fields below are filled
    float ndcg_at_10 = 0;
    // Shares of the oracle's best ten: proposed, left after filters and ranking, on the page.
    float recall_retrieval = 0, recall_rank = 0, recall_slate = 0;
    float regret = 0;  // mean utility of the oracle's page less that of the page shown
    float recall_new_items = std::numeric_limits<float>::quiet_NaN();  // of those under a day old
    // Of every request: share of the page from the topic that trends and news lift most.
    float hot_topic_share = std::numeric_limits<float>::quiet_NaN();
    // With metrics.compare_eras: what each era alone would have proposed of the oracle's best ten,
    // and of the ten best items under a day old.
    EraRecalls era_recall = no_era_recalls(), era_recall_new = no_era_recalls();
    // How many of the oracle's best ten, by the stage that lost them; the last are on the page.
    std::array<std::uint8_t, enum_count<LossStage>> lost{};
    std::array<float, enum_count<LossStage> - 1> regret_at{};  // adds up to regret; see regrets()
    std::shared_ptr<const ReferencePages> reference;  // of a sampled request, when asked for
};

// What else the person could have been shown at that moment, by Reference, and what was.
struct ReferencePages {
    EnumArray<Reference, std::vector<ItemId>> page;
    EnumArray<Reference, RequestFacts> facts;
};

// Facts of the last day's requests, in log order: a run a tick, immutable and shared, so that a
// keyframe costs a pointer a tick. Appended at the barrier.
class FactsLog {
  public:
    void append(std::vector<RequestFacts> run);  // oldest first
    void forget_before(Seconds time_s);          // drops whole runs that are older
    std::size_t requests() const;                // kept

    // Calls visit(const RequestFacts&) for those of requests at from_s or later, in order.
    template <class Visit>
    void visit_from(Seconds from_s, Visit&& visit) const {
        for (const auto& run : m_runs) {
            for (const RequestFacts& facts : *run) {
                if (facts.time_s >= from_s) visit(facts);
            }
        }
    }

  private:
    std::vector<std::shared_ptr<const std::vector<RequestFacts>>> m_runs;
};

}  // namespace cascadelab
