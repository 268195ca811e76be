// The metrics of design section 10 under one convention, each a pure function with its source; and
// the two places where they are applied: one request, and the day that ends now. Read-only on the
// world; any thread between ticks.
#pragma once

#include <span>
#include <vector>

#include "engine/cascade/trace.h"
#include "engine/features/values.h"
#include "engine/params/params.h"
#include "engine/sim/metric_names.h"
#include "engine/sim/snapshot.h"
#include "engine/world/world.h"

namespace cascadelab {

// What is kept of every request for the daily metrics; the oracle's part only for sampled requests.
struct RequestFacts {
    Seconds time_s = 0;
    PersonId person;
    float intra_list_diversity = 0;  // mean pairwise distance of the page's content vectors
    float novelty = 0;               // mean self-information of the page's items, bits
    float serendipity = 0;           // share of the page that is unexpected and liked
    float calibration_kl = 0;        // KL(long-term topics || page topics), nats
    float feature_age_s = 0;         // age of the person's streaming values
    bool sampled = false;            // the fields below are filled
    float ndcg_at_10 = 0;
    float recall_retrieval = 0, recall_rank = 0,
          recall_slate = 0;  // of the oracle's best ten, after each stage
    float regret = 0;        // mean utility of the oracle's page less that of the page shown
};

// The oracle's best items for a person over the live catalogue, best first, ties by lower id, by
// utility() itself. Items not licensed for the person or already watched are not candidates.
std::vector<OracleItem> oracle_best(const World& world, const Params& params, PersonId person,
                                    Seconds now_s, std::size_t count);
// Fills lost for each oracle item from the candidates of the trace.
void attribute_losses(const CascadeTrace& trace, std::vector<OracleItem>& oracle);

// popularity: per item, share of the last day's impressions (0 for an unseen item). oracle may be
// empty.
RequestFacts request_facts(const World& world, const Params& params, const CascadeTrace& trace,
                           float feature_age_s, std::span<const float> profile_share,
                           std::span<const float> popularity, std::span<const OracleItem> oracle);

// The day that ends at now_s, overall and per segment.
struct DayView {
    const World& world;
    const Params& params;
    std::uint64_t seed;
    const EventLog& log;
    std::span<const RequestFacts> facts;  // of the last day, in log order
    float training_skew;                  // of the latest ranker's training rows
    Seconds now_s;
};
MetricPoint evaluate_day(const DayView& view);

// --- definitions (tests/engine/sim/metrics_test.cpp works each by hand)
// -------------------------------------------
double gini(
    std::span<const double> exposure);  // zeros included; 0 = equal, (n-1)/n = one takes all
double entropy_bits(std::span<const double> weight);
double effective_size(std::span<const double> weight);  // 2^entropy
double coverage(std::span<const double> exposure);      // share of items with any
double calibration_kl(std::span<const float> wanted,
                      std::span<const float> shown);  // Steck 2018, alpha = 0.01
double jaccard(std::span<const ItemId> sorted_a,
               std::span<const ItemId> sorted_b);  // 1 for two empty sets
double ndcg(std::span<const ItemId> page, std::span<const OracleItem> ideal,
            std::size_t k);  // binary gains

}  // namespace cascadelab
