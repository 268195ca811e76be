// The modelled fleet.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kFallbacks = {"none"sv, "cached_page"sv, "popular"sv};
constexpr std::array kRoutings = {"random"sv, "two_choices"sv, "least"sv};
constexpr std::array kGpus = {"a40"sv, "a100"sv, "h100"sv};
constexpr std::array kMemoryPolicies = {"lru"sv, "fifo"sv, "ttl"sv};
constexpr std::array kPatienceLaws = {"none"sv, "google_2009"sv, "video_2012"sv,
                                      "folklore_1_percent"sv};

using Group = ServingParams;

// clang-format off
constexpr Parameter kRows[] = {
    toggle<&Params::serving, &Group::modelled>({"serving.modelled", "Model the fleet", "", "Whether requests run through a modelled fleet, whose time is what people wait for."},
        Stage::serving, When::live),
    row<&Params::serving, &Group::cell_users>({"serving.cell_users", "People of a cell", "people", "How many people one cell of the fleet serves; it has the servers and the traffic that so many need."},
        {1000, 1e+08, 1000, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::look_s>({"serving.look_s", "Look", "s", "How much of every tick is simulated event by event; between looks the fleet flows."},
        {0.01, 60, 0.01, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::budget_ms>({"serving.budget_ms", "Budget", "ms", "What a page may take; later, its request gets the fallback."},
        {10, 60000, 10, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::p99_target_ms>({"serving.p99_target_ms", "Aim of the 99th percentile", "ms", "What 99 of 100 pages should take; a line in the views, read by no station."},
        {1, 60000, 1, kLog}, Stage::serving, When::live),
    option<&Params::serving, &Group::fallback>({"serving.fallback", "Fallback", "", "What a late or failed request gets: none, the page it got last, or what is popular."},
        kFallbacks, Stage::serving, When::live),
    row<&Params::serving, &Group::timeout_ms>({"serving.timeout_ms", "Time-out of a call", "ms", "How long a caller waits for a station before it gives a call up."},
        {1, 60000, 1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::retries>({"serving.retries", "Retries", "calls", "How often a call that failed is sent again."},
        {0, 5, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::backoff_ms>({"serving.backoff_ms", "Back-off", "ms", "Mean pause before the first retry; it doubles with each and is drawn at random."},
        {0, 10000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::retry_budget>({"serving.retry_budget", "Retry budget", "share", "Retries that a station accepts, as a share of first calls; at 1 and above there is no budget."},
        {0, 1, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::hedge_after_ms>({"serving.hedge_after_ms", "Hedge after", "ms", "A call without an answer after this time is sent a second time and the earlier answer counts; 0: never."},
        {0, 10000, 1}, Stage::serving, When::live),
    toggle<&Params::serving, &Group::drop_expired>({"serving.drop_expired", "Drop expired work", "", "Whether a server drops a call that nobody waits for any more (deadline propagation)."},
        Stage::serving, When::live),
    row<&Params::serving, &Group::queue_limit>({"serving.queue_limit", "Queue limit", "calls", "Calls that may wait in one queue; one more is refused."},
        {0, 1000000, 1}, Stage::serving, When::live),
    toggle<&Params::serving, &Group::load_shedding>({"serving.load_shedding", "Shed load", "", "Whether a queue refuses a call that by its length would wait longer than the caller does."},
        Stage::serving, When::live),
    option<&Params::serving, &Group::routing>({"serving.routing", "Routing", "", "To which group of servers a call goes: any, the shorter queue of two, or the shortest of all."},
        kRoutings, Stage::serving, When::live),
    row<&Params::serving, &Group::stale_signal_ms>({"serving.stale_signal_ms", "Age of load signals", "ms", "How often the queue lengths that routing reads are refreshed; 0: always true."},
        {0, 10000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::group_servers>({"serving.group_servers", "Servers of a group", "servers", "Servers that share one queue; a station with more has several groups."},
        {1, 100000, 1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::shards>({"serving.shards", "Shards", "shards", "Parts of a searched index; a request asks all of them and waits for the slowest."},
        {1, 100, 1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::straggler_share>({"serving.straggler_share", "Stragglers", "share", "Share of calls that take 200 to 1800 ms for no reason of their own."},
        {0, 0.1, 0.0001}, Stage::serving, When::live),
    row<&Params::serving, &Group::gpu_batch>({"serving.gpu_batch", "GPU batch", "requests", "Most requests that one GPU works on in a step."},
        {1, 512, 1, kLog}, Stage::serving, When::live),
    option<&Params::serving, &Group::gpu>({"serving.gpu", "GPU", "", "On what the decoder runs."},
        kGpus, Stage::serving, When::live),
    row<&Params::serving, &Group::decoder_billions>({"serving.decoder_billions", "Size of the decoder", "10^9", "Parameters of the modelled decoder; the one of this run stands in for it."},
        {0.01, 100, 0.01, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::decoder_prompt>({"serving.decoder_prompt", "Prompt of the decoder", "tokens", "Tokens that the modelled decoder reads of a person's past; 0: as many as the one of this run."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::headroom>({"serving.headroom", "Headroom", "x", "Capacity that stations are built for, in peaks of an ordinary day."},
        {0.1, 10, 0.05, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::staffing_beta>({"serving.staffing_beta", "Square-root staffing", "", "Servers beyond the load, in square roots of the load: at 1 every fifth call waits, at 2 every fortieth."},
        {0, 6, 0.1}, Stage::serving, When::live),
    row<&Params::serving, &Group::edge_servers>({"serving.edge_servers", "Edge servers", "servers", "Servers of the edge in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::gateway_servers>({"serving.gateway_servers", "Gateway servers", "servers", "Servers of the gateway in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::feature_servers>({"serving.feature_servers", "Feature servers", "servers", "Servers of the feature store in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::retrieval_servers>({"serving.retrieval_servers", "Retrieval servers", "servers", "Servers of each shard of each source in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::ranking_servers>({"serving.ranking_servers", "Ranking servers", "servers", "Servers that rank in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::reranking_servers>({"serving.reranking_servers", "Re-ranking servers", "servers", "Servers that re-rank in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::policy_servers>({"serving.policy_servers", "Policy servers", "servers", "Servers of the policy gate in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::language_model_servers>({"serving.language_model_servers", "Language-model GPUs", "GPUs", "GPUs of the language model in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::decoder_servers>({"serving.decoder_servers", "Decoder GPUs", "GPUs", "GPUs of the generative decoder in a cell; 0: as many as the square-root rule asks for."},
        {0, 100000, 1}, Stage::serving, When::live),
    toggle<&Params::serving, &Group::autoscaler>({"serving.autoscaler", "Autoscaler", "", "Whether stations gain and lose servers by their utilisation."},
        Stage::serving, When::live),
    row<&Params::serving, &Group::autoscaler_target>({"serving.autoscaler_target", "Aim of the autoscaler", "share", "Utilisation that the autoscaler steers to."},
        {0.05, 0.99, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::autoscaler_look_s>({"serving.autoscaler_look_s", "Autoscaler looks every", "s", "How often the autoscaler reads utilisation."},
        {1, 600, 1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::autoscaler_down_s>({"serving.autoscaler_down_s", "Down after", "s", "The autoscaler goes down to the most that it wanted within this time."},
        {0, 3600, 15}, Stage::serving, When::live),
    row<&Params::serving, &Group::cpu_start_s>({"serving.cpu_start_s", "Start of a server", "s", "Median time until a new server takes work."},
        {0.1, 3600, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::cpu_start_p99_s>({"serving.cpu_start_p99_s", "Slow start of a server", "s", "The same for the slowest of a hundred; not under the median."},
        {0.1, 7200, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::gpu_start_s>({"serving.gpu_start_s", "Start of a GPU", "s", "Median time until a new GPU takes work: machine, image, weights."},
        {0.1, 3600, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::gpu_start_p99_s>({"serving.gpu_start_p99_s", "Slow start of a GPU", "s", "The same for the slowest of a hundred; not under the median."},
        {0.1, 7200, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::cold_s>({"serving.cold_s", "Cold for", "s", "How long a new server works with a cold cache."},
        {0, 3600, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::cold_slowdown>({"serving.cold_slowdown", "Slower while cold", "x", "Service time of a cold server over that of a warm one."},
        {1, 20, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::region_1>({"serving.region_1", "First region", "weight", "Share of people in the first region, relative to the others."},
        {0, 1, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::region_2>({"serving.region_2", "Second region", "weight", "Share of people in the second region, relative to the others."},
        {0, 1, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::region_3>({"serving.region_3", "Third region", "weight", "Share of people in the third region, relative to the others."},
        {0, 1, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::region_hours>({"serving.region_hours", "Hours between regions", "h", "How much later the evening of the next region comes."},
        {0, 12, 0.5}, Stage::serving, When::live),
    row<&Params::serving, &Group::day_amplitude>({"serving.day_amplitude", "Amplitude of a day", "", "Traffic of a region is 1 + A cos(hour) of its mean."},
        {0, 1, 0.05}, Stage::serving, When::live),
    row<&Params::serving, &Group::peak_day>({"serving.peak_day", "Peak day", "day", "The day, counted from 1, on which everybody comes; 0: never."},
        {0, 1000, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::peak_day_factor>({"serving.peak_day_factor", "Peak day factor", "x", "Traffic of the peak day over that of an ordinary one."},
        {1, 20, 0.05, kLog}, Stage::serving, When::live),
    option<&Params::serving, &Group::patience>({"serving.patience", "Patience", "", "What people do when a page is slow: none, or as measured by Google in 2009, for video starts in 2012, or as folklore has it (1 % a 100 ms)."},
        kPatienceLaws, Stage::serving, When::live),
    option<&Params::serving, &Group::memory_policy>({"serving.memory_policy", "Memory tier", "", "Which value the store's memory gives up for another: the one unused longest, the oldest, or each after a time."},
        kMemoryPolicies, Stage::serving, When::live),
    row<&Params::serving, &Group::memory_share>({"serving.memory_share", "Memory of the store", "share", "Share of all keys that the memory tier holds; what is not there comes from the warehouse."},
        {0, 1, 0.01}, Stage::serving, When::live),
    row<&Params::serving, &Group::memory_ttl_h>({"serving.memory_ttl_h", "Kept in memory for", "h", "How long the memory tier keeps a value when it gives values up by time."},
        {0.01, 720, 0.01, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::replication_s>({"serving.replication_s", "Replication lag", "s", "How much later an edge replica hears of a write."},
        {0, 86400, 0.1}, Stage::serving, When::live),
    row<&Params::serving, &Group::edge_page_s>({"serving.edge_page_s", "Edge keeps a page", "s", "How long the edge answers with the page it has of a person, while it has not heard of anything new; 0: it keeps none."},
        {0, 86400, 1}, Stage::serving, When::live),
    row<&Params::serving, &Group::stream_partitions>({"serving.stream_partitions", "Partitions", "partitions", "Parts of the topic of events; each is read in order by one consumer."},
        {1, 100000, 1, kLog}, Stage::serving, When::live),
    row<&Params::serving, &Group::stream_headroom>({"serving.stream_headroom", "Room in the stream", "x", "Events that the consumers can read, over those that come on average."},
        {0.1, 20, 0.1, kLog}, Stage::serving, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> serving_rows() {
    return kRows;
}

}  // namespace cascadelab
