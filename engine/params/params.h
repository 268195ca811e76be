// Every parameter of the engine as plain nested structs with their defaults. What a parameter
// means, its unit and its limits stand in the one table beside this file (table.cpp); nothing here
// is ever wired by hand. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/enum_array.h"
#include "engine/params/ranking_model.h"

namespace cascadelab {

enum class DomainPackName { short_video, films_series };
enum class TrainingValues { point_in_time, latest };
enum class IndexChoice { exact, hnsw, ivf };
template <>
inline constexpr std::size_t enum_count<IndexChoice> = 3;
enum class LanguageReranker { off, fused, instead };
enum class LanguageModelName { small_7b, large_70b, gpt_3_5, frontier };
template <>
inline constexpr std::size_t enum_count<LanguageModelName> = 4;
enum class PageLayout { feed, rows };
enum class RerankMethod { none, mmr, dpp, calibrated };
enum class ExplorationPolicy { random, epsilon, thompson, ucb, boltzmann };
enum class Recommender { cascade, none, oracle };
enum class Era { factorization, two_tower, hstu };  // whose vectors: in order of their years
template <>
inline constexpr std::size_t enum_count<Era> = 3;
inline constexpr auto kEraNames = enum_names<Era>(
    {{Era::factorization, "factorization"}, {Era::two_tower, "two_tower"}, {Era::hstu, "hstu"}});
enum class PeopleVectors { nightly, by_era, streaming };
enum class ItemVectors { nightly, streaming };
enum class SequenceBlockChoice { hstu, sasrec };
enum class GenerativeFeed { off, generative };
enum class GenerativeFallback { popular, cascade };
enum class CodeTokenizer { residual_kmeans, balanced_kmeans, rq_vae };
enum class CodeStart { plus_plus, sample, random_normal };
// Which people have a trait: one bit a segment (mainstream 1, niche 2, eclectic 4).
enum class Who {
    nobody,
    mainstream,
    niche,
    mainstream_niche,
    eclectic,
    mainstream_eclectic,
    niche_eclectic,
    everybody
};
enum class CreatorReward { watch_time, clicks };
enum class Routing { random, two_choices, least };
enum class PageFallback { none, cached_page, popular };
enum class GpuKind { a40, a100, h100 };
template <>
inline constexpr std::size_t enum_count<GpuKind> = 3;
enum class MemoryPolicy { lru, fifo, ttl };
enum class PatienceLaw { none, google_2009, video_2012, folklore_1_percent };
template <>
inline constexpr std::size_t enum_count<PatienceLaw> = 4;

struct WorldParams {
    DomainPackName pack = DomainPackName::films_series;
    std::int64_t people = 2000;
    std::int64_t items = 5000;
    std::int64_t creators = 250;
    std::int64_t taste_dims = 16;
    std::int64_t history_events = 20;
    double organic_views_per_day = 0;
    double new_items_per_day = 60;
    double new_people_per_day = 0;
    double niche_share = 0.2;
    double eclectic_share = 0.2;
    double sessions_per_day = 1.4;
    double taste_weight = 4;
    double quality_weight = 0.8;
    double context_weight = 0.5;
    double choice_noise = 1;
    double position_decay = 0.35;
    double row_decay = 0.35;
    double taste_drift = 0.02;
    double taste_return = 0.01;
    double taste_shift_days = 0;
    double satiation = 0.3;
    double satiation_half_life_h = 18;
    double repeat_penalty = 4;
    double churn = 0.01;
    double trend_strength = 0.5;
    double search_wish = 1.5;
    double search_wish_h = 12;
    double unfinished_pull = 0;
    double unfinished_half_life_h = 72;
    double creator_response = 0.3;
    std::string ratings_file;
};

// The ways in which people differ from the plain reader of a page, each for the segments that have
// it; sources stand where each is carried out (world/people/page_visit.h, expectation.h,
// session.cpp).
struct BehaviourParams {
    // Looking.
    Who looks_down = Who::nobody;
    double persistence = 0.85;
    Who looks_at_all = Who::nobody;
    Who impatient = Who::everybody;
    double page_delay_ms = 0;
    double abandonment_per_s = 0.1;
    // Choosing.
    Who chooses_once = Who::nobody;
    Who chooses_best = Who::nobody;
    Who knows_partly = Who::nobody;
    double known_share = 0.5;
    double revealed_share = 0.5;
    double risk_aversion = 1;
    Who trusting = Who::nobody;
    double trust_weight = 1;
    double trust_memory = 0.9;
    double lever_rate = 1;
    // Tiring and changing.
    Who sensitises = Who::nobody;
    double sensitisation = 0.5;
    double sensitisation_half_life_h = 0.5;
    Who tires_of_repetition = Who::nobody;
    double repetition_boredom = 0.2;
    double seen_boredom = 0;
    double drift_mainstream = 1;
    double drift_niche = 1;
    double drift_eclectic = 1;
    double patience_mainstream = 1;
    double patience_niche = 1;
    double patience_eclectic = 1;
    double satisfaction_sensitivity = 0;
    double satisfaction_memory = 0.7;
};

// What creators do, and what becomes of the items they made.
struct SupplyParams {
    CreatorReward reward = CreatorReward::watch_time;
    double new_creators_per_day = 0;
    double sequels_to_hits = 0;
    double clickbait = 0;
    double clickbait_cost = 0.5;
    double ageing = 0;
};

struct MetadataParams {
    double richness = 0.7;
};

struct ClockParams {
    std::int64_t tick_s = 300;
};

struct FeatureParams {
    double streaming_lag_s = 2;
    double batch_every_h = 24;
    double batch_duration_s = 600;
    std::int64_t recent_items = 20;
    std::int64_t sequence_events = 50;
    double profile_days = 30;
    double counter_window_h = 6;
    double ttl_h = 72;
    double retention_days = 14;
    double log_share = 0.1;
    TrainingValues training_values = TrainingValues::point_in_time;
    bool version_skew = false;
    bool signup = true;
};

struct RetrievalParams {
    std::int64_t candidates = 300;
    double overfetch = 2;
    double two_tower = 1;
    double hstu = 0;
    double generative = 0;
    double factorization = 0.5;
    double covisitation = 0.5;
    double neighbours_liked = 0;
    double trending = 0.25;
    double fresh = 0.25;
    double search_intent = 0.4;
    double followed = 0;
    IndexChoice index = IndexChoice::hnsw;
    std::int64_t hnsw_links = 16;
    std::int64_t hnsw_build_breadth = 200;
    std::int64_t hnsw_breadth = 320;
    std::int64_t ivf_cells = 256;
    std::int64_t ivf_probes = 32;
    double trending_half_life_h = 24;
    double fresh_window_h = 48;
};

struct GenerativeParams {
    GenerativeFeed feed = GenerativeFeed::off;
    GenerativeFallback fallback = GenerativeFallback::cascade;
    double rescoring = 0;
    // Codes.
    CodeTokenizer tokenizer = CodeTokenizer::residual_kmeans;
    std::int64_t levels = 3;
    std::int64_t codes = 32;
    CodeStart start = CodeStart::plus_plus;
    bool reset_dead = true;
    bool spread_last = false;
    bool extra_digit = true;
    double rebuild_every_h = 168;
    bool deploy_together = true;
    // Decoder.
    std::int64_t dims = 32;
    std::int64_t layers = 2;
    std::int64_t length = 12;
    std::int64_t epochs = 4;
    double learning_rate = 0.003;
    bool condition = false;
    // One request.
    std::int64_t beam_width = 20;
    double temperature = 1;
    double diversity = 0;
    bool sample = false;
    double repeat_window_h = 24;
    // What a retraining learns from.
    double retrain_every_h = 24;
    double history_days = 14;
    double retrain_share = 1;
    double fresh_share = 0;
    std::int64_t examples = 20000;
    bool propensity_weighting = false;
    // The collapse monitor.
    bool monitor = false;
    double monitor_effective_share = 0.1;
    double monitor_perplexity_share = 0.1;
    double monitor_repeat_rate = 0.6;
    double monitor_changed_share = 0.2;
    double monitor_recovery = 1.5;
    double monitor_hold_h = 24;
};

struct RankingParams {
    bool enabled = true;
    RankingModel model = RankingModel::xgboost;
    std::int64_t trees = 100;
    std::int64_t depth = 6;
    double learning_rate = 0.3;
    std::int64_t training_rows = 40000;
    std::int64_t keep = 100;
    double weight_click = 0.3;
    double weight_watch = 1;
    double weight_like = 0.6;
    double weight_not_interested = -2;
    double popularity_discount = 0;
    bool inverse_propensity = false;
    double propensity_decay = 0.35;
    double propensity_clip = 10;
    std::int64_t deep_hidden = 64;
    std::int64_t deep_cross_layers = 2;
    std::int64_t deep_epochs = 10;
    double deep_learning_rate = 0.002;
    bool compare = false;
};

struct RerankParams {
    std::int64_t slate_size = 10;
    RerankMethod method = RerankMethod::mmr;
    double diversity = 0.2;
    std::int64_t franchise_cap = 2;
    std::int64_t promote_new = 1;
    std::int64_t exploration_slots = 0;
    ExplorationPolicy exploration_policy = ExplorationPolicy::random;
    double exploration_epsilon = 0.1;
    double exploration_temperature = 0.1;
    std::int64_t bubble_slots = 0;
};

struct PageParams {
    PageLayout layout = PageLayout::feed;
    std::int64_t rows = 5;
    std::int64_t row_items = 8;
    std::int64_t because_rows = 2;
    std::int64_t continue_slot = 2;
    double continue_days = 14;
};

struct PolicyParams {
    Recommender recommender = Recommender::cascade;
    bool hide_watched = true;
    double repeat_after_h = 12;
    bool licences = true;
    double personalisation_bound = 1;
    double topic_cap = 1;
    double refusal_days = 0;
    double refusal_strength = 0.5;
    double follow_lift = 0;
    double list_lift = 0;
};

struct TrainingParams {
    double every_h = 24;
    double duration_s = 3600;
    double history_days = 14;
    std::int64_t mf_dims = 32;
    std::int64_t mf_epochs = 8;
    double mf_unobserved_weight = 0.1;
    double mf_regularization = 0.02;
    std::int64_t tower_dims = 32;
    std::int64_t tower_epochs = 3;
    std::int64_t tower_examples = 40000;
    double tower_learning_rate = 0.005;
    double tower_id_dropout = 0.3;
    double tower_cold_share = 0.1;
    SequenceBlockChoice hstu_block = SequenceBlockChoice::hstu;
    std::int64_t hstu_dims = 32;
    std::int64_t hstu_blocks = 2;
    std::int64_t hstu_negatives = 128;
    std::int64_t hstu_epochs = 12;
    std::int64_t hstu_batch = 32;
    double hstu_learning_rate = 0.003;
    double hstu_id_dropout = 0.5;
};

struct EraParams {
    Era ranking = Era::two_tower;
    Era rows = Era::two_tower;
    Era map = Era::two_tower;
};

struct FreshnessParams {
    PeopleVectors people_vectors = PeopleVectors::by_era;
    ItemVectors item_vectors = ItemVectors::streaming;
};

// How much larger the modelled service is than the people of this run.
struct ProductionParams {
    double daily_users = 200e6;
    double requests_per_user = 20;
    double events_per_user = 500;
    double items = 10e6;
};

// The modelled fleet (engine/serving): one cell of it, its traffic, and what it does when it is
// late.
struct ServingParams {
    bool modelled = false;
    double cell_users = 1e7;
    double look_s = 0.05;
    // What a request may take, and what becomes of one that takes longer.
    double budget_ms = 200;
    double p99_target_ms = 150;
    PageFallback fallback = PageFallback::cached_page;
    // What a caller does.
    double timeout_ms = 100;
    std::int64_t retries = 1;
    double backoff_ms = 5;
    double retry_budget = 0.1;
    double hedge_after_ms = 0;
    // What a station does.
    bool drop_expired = true;
    std::int64_t queue_limit = 1000;
    bool load_shedding = false;
    Routing routing = Routing::two_choices;
    double stale_signal_ms = 50;
    std::int64_t group_servers = 64;
    std::int64_t shards = 8;
    double straggler_share = 0.001;
    std::int64_t gpu_batch = 32;
    GpuKind gpu = GpuKind::a100;
    double decoder_billions = 1.2;
    std::int64_t decoder_prompt = 0;  // 0: the run's own
    // How many servers there are; 0 of a station: by the square-root rule.
    double headroom = 1.3;
    double staffing_beta = 2;
    std::int64_t edge_servers = 0;
    std::int64_t gateway_servers = 0;
    std::int64_t feature_servers = 0;
    std::int64_t retrieval_servers = 0;
    std::int64_t ranking_servers = 0;
    std::int64_t reranking_servers = 0;
    std::int64_t policy_servers = 0;
    std::int64_t language_model_servers = 0;
    std::int64_t decoder_servers = 0;
    // The autoscaler.
    bool autoscaler = true;
    double autoscaler_target = 0.6;
    double autoscaler_look_s = 15;
    double autoscaler_down_s = 300;
    double cpu_start_s = 30;
    double cpu_start_p99_s = 90;
    double gpu_start_s = 240;
    double gpu_start_p99_s = 600;
    double cold_s = 60;
    double cold_slowdown = 1.5;
    // Its traffic.
    double region_1 = 0.5;
    double region_2 = 0.3;
    double region_3 = 0.2;
    double region_hours = 6;
    double day_amplitude = 0.7;
    std::int64_t peak_day = 0;
    double peak_day_factor = 1.75;
    // What people make of the wait.
    PatienceLaw patience = PatienceLaw::google_2009;
    // The feature store at scale.
    MemoryPolicy memory_policy = MemoryPolicy::lru;
    double memory_share = 0.2;
    double memory_ttl_h = 24;
    double replication_s = 0.4;
    double edge_page_s = 0;
    std::int64_t stream_partitions = 256;
    double stream_headroom = 2;
};

// What the modelled fleet is paid for, US dollars. Prices differ from page to page and year to
// year: each is a parameter.
struct CostParams {
    double server_hour_usd = 0.2;
    double gpu_hour_usd = 1.49;
    double egress_gb_usd = 0.02;
    double cross_zone_gb_usd = 0.02;
    double storage_gb_month_usd = 0.02;
    double token_million_usd = 0.2;
    double metadata_kb = 45;
};

struct MetricsParams {
    double oracle_share = 0.1;
    std::int64_t neighbour_pairs = 100;
    bool compare_eras = false;
};

struct RunParams {
    double keyframe_every_h = 6;
    double keyframe_memory_mib = 1024;
    double frame_every_h = 1;
};

// The simulated language model that may put the best candidates in another order.
struct LanguageParams {
    LanguageReranker reranker = LanguageReranker::off;
    LanguageModelName model = LanguageModelName::frontier;
    std::int64_t candidates = 50;
    std::int64_t window = 0;
    std::int64_t step = 10;
    std::int64_t shuffles = 1;
    std::int64_t history = 10;
    double weight = 1;
    double cutoff_days = 90;
};

struct Params {
    WorldParams world;
    BehaviourParams behaviour;
    SupplyParams supply;
    MetadataParams metadata;
    ClockParams clock;
    FeatureParams features;
    RetrievalParams retrieval;
    GenerativeParams generative;
    RankingParams ranking;
    RerankParams rerank;
    LanguageParams language;
    PageParams page;
    PolicyParams policy;
    TrainingParams training;
    EraParams eras;
    FreshnessParams freshness;
    ProductionParams production;
    ServingParams serving;
    CostParams cost;
    MetricsParams metrics;
    RunParams run;
};

}  // namespace cascadelab
