// All metrics under one convention, each a pure function with its source; and
// the two places where they are applied: one request, and the day that ends now. Not a judge: a
// number says what is, a scenario's expectation says what should be. Read-only on the world; any
// thread between ticks.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/cascade/request/trace.h"
#include "engine/models/semantic_ids/code_health.h"
#include "engine/params/params.h"
#include "engine/sim/fleet/fleet_day.h"
#include "engine/sim/metrics/metric_point.h"
#include "engine/sim/metrics/request_facts.h"
#include "engine/world/world.h"

namespace cascadelab {

// --- definitions (tests/engine/sim/ works each by hand); NaN where there is nothing to measure
// ------

// Gini coefficient (Gini 1912) of how exposure is spread, zeros included: 0 = all equal, (n-1)/n =
// one takes all. Not 1 - Gini, and not over shown items only.
double gini(std::span<const double> exposure);
// Entropy (Shannon 1948) of the shares of a total, in bits; not divided by the number of items.
double entropy_bits(std::span<const double> weight);
// 2^entropy, the number of equally frequent items with the same entropy (Hill 1973, order 1).
double effective_size(std::span<const double> weight);
// Share of items with any exposure (aggregate diversity over its catalogue, Adomavicius and Kwon
// 2012). Not prediction coverage: what could have been shown does not count.
double coverage(std::span<const double> exposure);
// KL(wanted || (1 - a) shown + a wanted), a = 0.01, in nats (Steck 2018, equations 4 and 6). Both
// are topic shares that sum to 1; NaN when either is all 0. Not symmetric.
double calibration_kl(std::span<const float> wanted, std::span<const float> shown);
// Jaccard (1912): common over joint; both sorted by id without repeats. 1 for two empty sets.
double jaccard(std::span<const ItemId> sorted_a, std::span<const ItemId> sorted_b);
// NDCG (Jarvelin and Kekalainen 2002) of the first k places, gain 1 for the first k of ideal and 0
// for the rest, discount 1 / log2(place + 2) with places from 0. The order inside ideal is ignored.
double ndcg(std::span<const ItemId> page, std::span<const OracleItem> ideal, std::size_t k);
// NDCG with graded gains (same paper, linear gain): gain in page order over the best that the first
// k of all_gains could give. k at least 1.
double graded_ndcg(std::span<const double> gain, std::span<const double> all_gains, std::size_t k);
// Mean over pairs of the page of 1 - cosine (Ziegler et al. 2005 as a distance). content has unit
// rows, items x dims. What a system may know of items, not their hidden taste.
double intra_list_diversity(const RowTable& content, std::span<const ItemId> page);
// The ceil(share n)-th smallest value: an observed one, never an interpolation. share in (0, 1].
double nearest_rank(std::vector<float> values, double share);

// How often items are shown, as shares that sum to 1, smoothed by adding one to every count.
struct ImpressionShares {
    std::vector<float> share;  // by ItemId
    float unseen = 1;          // of an item released after the counts were taken
};
// impressions: counts by ItemId.
ImpressionShares smoothed_impressions(std::span<const double> impressions);
// Over the impressions of the 24 hours before now_s. items: size of the catalogue.
ImpressionShares impressions_of_day(const EventLog& log, std::size_t items, Seconds now_s);
// Mean self-information -log2 share of a page's items, bits (Vargas and Castells 2011). Novel to
// everybody; whether this person knew the item is not asked.
double novelty_bits(const ImpressionShares& popularity, std::span<const ItemId> page);

// --- one request ---------------------------------------------------------------------------------

// Items that may be shown to a person at all: licensed and not watched, in id order. The oracle and
// who goes without a recommender choose from them.
std::vector<ItemId> open_items(const World& world, PersonId person);

// The oracle's best items for a person over the live catalogue, best first, ties by lower id, by
// utility() itself. Items not licensed for the person or already watched are not candidates.
std::vector<OracleItem> oracle_best(const World& world, const Params& params, PersonId person,
                                    Seconds now_s, std::size_t count);
// The same over the items released in the 24 hours before now_s.
std::vector<OracleItem> oracle_best_new(const World& world, const Params& params, PersonId person,
                                        Seconds now_s, std::size_t count);
// Fills lost for each oracle item from the candidates of the trace. Every item gets exactly one
// stage, so the losses add up to the list. An item that was kept and not chosen: behind the places
// of the page by rank, lost in order; inside those that exploration's slots left, lost in
// re-ranking; else to the slots. What a cap kept out or the gate stopped is lost to policy.
void attribute_losses(const CascadeTrace& trace, std::vector<OracleItem>& oracle);

// Regret by the stage that lost it, in utility: the falls from one mean to the next, so that they
// add up to the first less the last. The means are of as many items as the page has places: the
// oracle's best, the best of all candidates that the oracle might show, of those that passed the
// filters, of those that ranking kept (what is on the page always counts as one of them), the first
// by rank, what re-ranking put on the page (under the caps), that with what exploration put there,
// the page as it left the policy gate. Only the last three steps can be below 0, and the first
// where filters are off that the oracle keeps to.
std::array<double, enum_count<LossStage> - 1> regrets(const World& world, const Params& params,
                                                      const CascadeTrace& trace,
                                                      std::span<const OracleItem> oracle);

// The facts of a served page, taken before the person responds (watching changes utility).
//   serendipity: share of page items whose topic has less than an equal share of the person's
//   long-term profile (unexpected, Ge et al. 2010) and whose utility exceeds the outside option
//   (relevant; Kaminskas and Bridge 2016). Not surprise alone. NaN without a profile.
//   calibration_kl: editorial topics of the page by count against the same profile.
//   recall_new_items: share of the ten best items younger than a day that were proposed; NaN when
//   there are none.
//   hot_topic_share: editorial topics of the page against the one of the highest world.trend; NaN
//   when no topic is lifted.
//   regret: over the first min(page, oracle) places of both; below 0 when the page holds something
//   the oracle may not show (watched or unlicensed items with the filters off).
// profile_share: long-term topic shares, summing to 1 or all 0. oracle: best first, at least ten
// and as many as the page has, losses need not be attributed; empty when not sampled.
RequestFacts request_facts(const World& world, const Params& params, const CascadeTrace& trace,
                           float feature_age_s, std::span<const float> profile_share,
                           const ImpressionShares& popularity, std::span<const OracleItem> oracle);

// --- the day ---------------------------------------------------------------------------------

// The day that ends at now_s, overall and per segment.
struct DayInputs {
    const World& world;
    const Params& params;
    std::uint64_t seed;
    const EventLog& log;
    const FactsLog& facts;
    float training_skew;  // of the latest ranker's training rows
    EnumArray<RankingModel, float>
        ranker_auc;  // by RankingModel, of the latest comparison; NaN without one
    Seconds now_s;
    std::optional<CodeHealth> codes = {};   // as they are now; none before the first codebook
    const FleetRun* fleet = nullptr;        // null while none is modelled
    const FleetPlan* fleet_plan = nullptr;  // of it, as of the last tick
    FleetWork fleet_work = {};
};

// All metrics over [now_s - 24 h, now_s), nothing before the first day; a group's are those of its
// people's requests and events, over the whole catalogue. Newcomers joined less than seven days
// before now_s and belong to their segment as well.
//   coverage, gini, effective_catalogue: of impressions over the live catalogue, zeros included.
//   creator_gini: the same over all creators, also those who left (their items stay).
//   intra_list_diversity, novelty, serendipity, calibration_kl, hot_topic_share: mean over
//   requests; ndcg_at_10, recalls, regret: mean over sampled requests; each leaving out those with
//   nothing to measure.
//   new_item_share, new_item_click_rate: items are new until a day after their release, at the
//   event.
//   homogenisation: see below.
//   lost_*, recall_slate: mean over sampled requests of the shares of the oracle's ten best by
//   where they ended; they add up to 1. regret_*: likewise, and add up to regret.
//   watch_time_min: over all people of the group, also those who left.
//   taste_drift_deg: mean angle between taste and innate taste over all people; those who left
//   keep the taste they left with. Not the way travelled.
//   topic_entropy_bits: mean over people with three or more watches of the entropy of their watched
//   editorial topics, by count.
//   repeat_rate: share of impressions whose item the log shows to the same person before.
//   click_rate: clicks over impressions. watch_share: mean share over watches; every click is one,
//   and so is every organic view. finished_share: watches after which the item has been watched to
//   kWatchedShare, earlier sittings that they went on with included, over all watches.
//   session_length_s: mean over sessions that ended. return_gap_h: mean over sessions that began
//   and whose person's previous end is in the log; who has not come back is not in it. churn_share:
//   of all people, who left up to now. feature_age_p95_s: nearest rank over requests.
//   self_training_share: of the watches of at least a tenth, which are what the decoder learns
//   from, those whose item the generative source was the first to propose, exploration left out.
//   code_perplexity: mean over levels; dead_codes: sum over levels; these, unique_code_share and
//   collision_rate are of the codes at now_s, overall only. The extra digit is no code.
//   training_skew, AUC of the rankers: as given, overall only.
//   latency_*, timeout_share and all after them: of the modelled fleet (sim/fleet/fleet_day.h),
//   overall only; feature_age_p50_s and _p99_s like feature_age_p95_s, but only while a fleet is
//   modelled. first_impression_h: lower median, over items released since the first day and since
//   the log begins whose first impression falls into the day; a segment's is the first to one of
//   its people.
MetricPoint evaluate_day(const DayInputs& view);

// The references: of the pages of the sampled requests, what has_reference() names. Exposure
// (coverage, gini, effective_catalogue, entropy, creator_gini) depends on how many pages there are:
// it compares with same_requests, not with the whole day.

// Mean Jaccard of what two people of similar innate taste were shown in the day, minus the same of
// the oracle's best as many items for the same two (Chaney et al. 2018, against the ideal
// recommender), by the segment of the first of the pair. The sampled people are founders and depend
// on the seed alone; their nearest neighbours among the founders depend on innate taste, so they
// are the same as long as no taste turns.
struct Homogenisation {
    std::array<double, kGroupCount> shown;
    std::array<double, kGroupCount> browsed;  // had each drawn as many items evenly instead
};
Homogenisation homogenisation(const DayInputs& view);

}  // namespace cascadelab
