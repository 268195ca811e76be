#include "engine/sim/metrics/metric_names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

#include "engine/base/error.h"
#include "engine/cascade/request/source.h"
#include "engine/serving/fleet_plan.h"

namespace cascadelab {
namespace {

// In the order of Metric; all of the day that ends at the point unless the sentence says otherwise.
constexpr MetricInfo kPlainMetrics[] = {
    {"coverage", "Coverage", "share",
     "Share of the live catalogue that was shown to anybody; higher is broader."},
    {"gini", "Exposure Gini", "",
     "Inequality of impressions over the live catalogue: 0 is equal, near 1 one item takes all."},
    {"effective_catalogue", "Effective catalogue", "items",
     "How many equally shown items would have the same entropy of exposure; higher is broader."},
    {"intra_list_diversity", "Page diversity", "",
     "Mean content distance between two items of a page: 0 is ten twins, higher is more varied."},
    {"novelty", "Novelty", "bits",
     "Mean self-information of the items shown: higher means less popular items."},
    {"serendipity", "Serendipity", "share",
     "Share of page items from topics outside the person's profile that are still worth opening."},
    {"calibration_kl", "Miscalibration", "nats",
     "Distance of a page's topics from the person's long-term topics: 0 is calibrated."},
    {"homogenisation", "Homogenisation", "",
     "Overlap of what similar people are shown, less what their own best items would overlap; "
     "above 0 the system makes people more alike."},
    {"taste_drift_deg", "Taste drift", "\u00b0",
     "Mean angle between people's taste now and the taste they began with."},
    {"topic_entropy_bits", "Topic entropy", "bits",
     "Variety of topics a person watches, from 0 (one topic) to 3 (all eight alike)."},
    {"repeat_rate", "Repeats", "share",
     "Share of impressions whose item the same person had been shown before."},
    {"ndcg_at_10", "NDCG@10", "",
     "Agreement of the page's first ten places with the oracle's ten best items: 1 is perfect."},
    {"recall_retrieval", "Recall after retrieval", "share",
     "Share of the oracle's ten best items that any source proposed."},
    {"recall_rank", "Recall after ranking", "share",
     "Share of the oracle's ten best items left after filters and ranking."},
    {"recall_slate", "Recall on the page", "share",
     "Share of the oracle's ten best items that reached the page."},
    {"regret", "Regret", "utility",
     "Mean utility of the oracle's page less that of the page shown; lower is better."},
    {"click_rate", "Click rate", "share", "Clicks per impression; higher is better."},
    {"watch_share", "Watched share", "share",
     "Mean share of its duration for which an opened item was watched; higher is better."},
    {"session_length_s", "Session length", "s", "Mean length of the sessions that ended."},
    {"return_gap_h", "Return gap", "h",
     "Mean time between a session's end and the person's next session; lower is more loyal."},
    {"churn_share", "Churn", "share", "Share of all people who have left for good so far."},
    {"creator_gini", "Creator Gini", "",
     "Inequality of impressions over creators: 0 is equal, near 1 one creator takes all."},
    {"feature_age_p95_s", "Feature age p95", "s",
     "Age of a person's streaming features at a request; 95 % of requests had younger ones."},
    {"training_skew", "Training skew", "share",
     "How far the latest ranker's training values differ from the values that were served."},
    {"new_item_share", "New items shown", "share",
     "Share of impressions that go to items released in the 24 hours before."},
    {"first_impression_h", "Time to first impression", "h",
     "Median time from release to first impression, over new items first shown in the day."},
    {"recall_new_items", "Recall of new items", "share",
     "Share of the ten best items younger than a day that any source proposed."},
    {"new_item_click_rate", "Click rate of new items", "share",
     "Clicks per impression of items younger than a day; higher is better."},
    {"hot_topic_share", "Hot topic shown", "share",
     "Share of page items from the topic that trends and news lift most at that moment."},
    // Here stand those of the rankers.
    {"finished_share", "Finished", "share",
     "Share of sittings at whose end the item had been watched through; higher is better."},
    // Here those of the eras.
    {"self_training_share", "Self-training", "share",
     "Share of the watches whose item the generative model itself had put forward: what it will "
     "learn from is its own doing."},
    {"code_perplexity", "Code perplexity", "codes",
     "How many codes a level, used alike, would say as much; the mean over levels, higher is "
     "better used."},
    {"dead_codes", "Dead codes", "codes", "Codes of all levels that no item has; 0 is best."},
    {"unique_code_share", "Unique codes", "share",
     "Share of items whose codes no other item has; higher is better told apart."},
    {"collision_rate", "Code collisions", "share",
     "1 less distinct codes over items: 0 when every item has codes of its own."},
    {"exposure_entropy_bits", "Exposure entropy", "bits",
     "Entropy of impressions over the catalogue; the effective catalogue is 2 to this power."},
    {"watch_time_min", "Watch time", "min",
     "Minutes that a person watched, over all people, whether they came or not."},
    {"lost_retrieval", "Lost in retrieval", "share",
     "Share of the oracle's ten best items that no source proposed. With those lost in the other "
     "stages and those on the page it adds up to 1."},
    {"lost_filter", "Lost in filters", "share",
     "Share of the oracle's ten best items that were proposed and filtered out."},
    {"lost_rank", "Lost below the cut", "share",
     "Share of the oracle's ten best items that ranking left below its cut."},
    {"lost_order", "Lost in rank order", "share",
     "Share of the oracle's ten best items that were kept, but ranked behind the page's places."},
    {"lost_rerank", "Lost in re-ranking", "share",
     "Share of the oracle's ten best items that ranking put on the page and re-ranking took off."},
    {"lost_explore", "Lost to exploration", "share",
     "Share of the oracle's ten best items whose place went to a slot of exploration."},
    {"lost_policy", "Lost to policy", "share",
     "Share of the oracle's ten best items that a cap of the page or the policy gate kept off it."},
    {"regret_retrieval", "Regret of retrieval", "utility",
     "Utility that a page of the best candidates has less than the oracle's. The seven regrets add "
     "up "
     "to the whole."},
    {"regret_filter", "Regret of filters", "utility",
     "Utility that the best of what the filters left have less than the best candidates."},
    {"regret_rank", "Regret of the cut", "utility",
     "Utility that the best of what ranking kept have less than the best of what filters left."},
    {"regret_order", "Regret of rank order", "utility",
     "Utility that the first by rank have less than the best of what ranking kept."},
    {"regret_rerank", "Regret of re-ranking", "utility",
     "Utility that the re-ranked places have less than the first by rank; below 0 is a gain."},
    {"regret_explore", "Regret of exploration", "utility",
     "Utility that the page with its slots has less than its places without slots."},
    {"regret_policy", "Regret of policy", "utility",
     "Utility that the page has less as it leaves the policy gate than before it."},
    {"latency_p50_ms", "Page latency p50", "ms",
     "Modelled: time until a person has a page; half of all pages came sooner."},
    {"latency_p95_ms", "Page latency p95", "ms",
     "Modelled: time until a person has a page; 95 of 100 pages came sooner."},
    {"latency_p99_ms", "Page latency p99", "ms",
     "Modelled: time until a person has a page; 99 of 100 pages came sooner."},
    {"timeout_share", "Over the budget", "share",
     "Modelled: share of requests whose page was not ready within the budget."},
    {"fallback_share", "Fallback", "share",
     "Modelled: share of requests that got the fallback instead of their page."},
    {"stale_page_share", "Old pages from the edge", "share",
     "Modelled: share of requests answered by the edge with the page it had."},
    {"cache_hit_share", "Memory hits", "share",
     "Share of feature reads of this run that the memory tier answered; the rest goes to the "
     "warehouse."},
    {"feature_age_p50_s", "Feature age p50", "s",
     "Age of a person's streaming features at a request; half of the requests had younger ones."},
    {"feature_age_p99_s", "Feature age p99", "s",
     "Age of a person's streaming features at a request; 99 % of requests had younger ones."},
    {"stream_lag_s", "Stream lag", "s",
     "Modelled: how far the consumers of the event stream are behind; 99 % of events less."},
    {"cost_per_1000_usd", "Cost of 1000 requests", "$",
     "Modelled: what the fleet costs, divided by the requests it had."},
    {"cost_per_month_usd", "Cost of a month", "$",
     "Modelled: what the whole service costs in thirty days like this one."},
    {"cost_per_person_usd", "Cost of a person", "$",
     "Modelled: what the whole service costs in thirty days, a person who comes every day."},
    {"server_count", "Servers", "servers",
     "Modelled: servers of the whole service, GPUs left out."},
    {"gpu_count", "GPUs", "GPUs", "Modelled: GPUs of the whole service."},
};
static_assert(std::size(kPlainMetrics) + enum_count<RankingModel> + 2 * enum_count<Era> +
                  enum_count<FleetStation> ==
              enum_count<Metric>);

MetricInfo auc_info(const RankingModelRow& model) {
    return {model.auc_name, model.auc_label, "",
            "Chance that this kind of ranker scores a clicked impression above another, in the "
            "latest comparison of rankers."};
}

// A metric of one era or station: words that are put together once and kept.
struct WordedMetric {
    std::string name, label, help;
    MetricInfo info() const { return {name, label, "share", help}; }
};
EnumArray<Era, WordedMetric> era_metrics(std::string_view name, std::string_view label,
                                         std::string_view help) {
    EnumArray<Era, WordedMetric> all;
    for (const Era era : every<Era>) {
        const std::string who(kEras[era].label);
        all[era] = {std::string(name) + std::string(kEraNames[era]), std::string(label) + who,
                    std::string(help) + who + " alone."};
    }
    return all;
}

EnumArray<FleetStation, WordedMetric> station_metrics() {
    EnumArray<FleetStation, WordedMetric> all;
    for (const FleetStation station : every<FleetStation>) {
        const StationRow& row = station_row(station);
        const std::string label(row.label);
        all[station] = {
            "utilisation_" + std::string(row.key), "Utilisation: " + label,
            "Modelled: share of the time of its servers that the station worked: " + label + "."};
    }
    return all;
}

// The plain ones, and in their midst those that every kind of ranker, every era and every station
// has.
const EnumArray<Metric, MetricInfo>& metric_table() {
    static const auto recall =
        era_metrics("recall_", "Recall by ",
                    "Share of the ten best items among the candidates that would be brought by ");
    static const auto recall_new = era_metrics(
        "recall_new_", "New items by ", "The same of the ten best items younger than a day, by ");
    static const auto utilisation = station_metrics();
    static const EnumArray<Metric, MetricInfo> table = [] {
        EnumArray<Metric, MetricInfo> all{};
        for (const RankingModelRow& model : kRankingModels)
            all[auc_of(model.value)] = auc_info(model);
        for (const Era era : every<Era>) {
            all[recall_of(era)] = recall[era].info();
            all[recall_of_new(era)] = recall_new[era].info();
        }
        for (const FleetStation station : every<FleetStation>)
            all[utilisation_of(station)] = utilisation[station].info();
        const MetricInfo* plain = kPlainMetrics;
        for (MetricInfo& info : all) {
            if (info.name.empty()) info = *plain++;
        }
        return all;
    }();
    return table;
}

constexpr std::array<std::string_view, kGroupCount> kGroups = {"all", "mainstream", "niche",
                                                               "eclectic", "newcomers"};

}  // namespace

const MetricInfo& metric_info(Metric metric) {
    const auto index = index_of(metric);
    CHECK(index < enum_count<Metric>);
    return metric_table()[index];
}

std::string_view reference_name(Reference reference) {
    switch (reference) {
        case Reference::oracle:
            return "oracle";
        case Reference::no_recommender:
            return "no_recommender";
        case Reference::same_requests:
            return "same_requests";
    }
    CHECK(false);
}

std::string_view reference_label(Reference reference) {
    switch (reference) {
        case Reference::oracle:
            return "oracle";
        case Reference::no_recommender:
            return "no recommender";
        case Reference::same_requests:
            return "same requests";
    }
    CHECK(false);
}

bool has_reference(Metric metric) {
    constexpr std::array kOfPages = {
        Metric::coverage,       Metric::gini,         Metric::effective_catalogue,
        Metric::creator_gini,   Metric::novelty,      Metric::exposure_entropy_bits,
        Metric::serendipity,    Metric::ndcg_at_10,   Metric::intra_list_diversity,
        Metric::calibration_kl, Metric::recall_slate, Metric::homogenisation,
        Metric::new_item_share, Metric::regret,       Metric::hot_topic_share};
    return std::ranges::find(kOfPages, metric) != kOfPages.end();
}

std::optional<Metric> metric_of(std::string_view name) {
    for (std::size_t i = 0; i < enum_count<Metric>; ++i) {
        if (metric_table()[i].name == name) return static_cast<Metric>(i);
    }
    return std::nullopt;
}

std::string_view group_name(std::size_t group) {
    CHECK(group < kGroupCount);
    return kGroups[group];
}

}  // namespace cascadelab
