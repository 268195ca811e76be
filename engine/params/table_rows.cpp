// The rows of the one table: every parameter in words, with its limits, by stage.
#include <algorithm>
#include <array>
#include <utility>

#include "engine/params/people_rows.h"
#include "engine/params/serving_rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPacks = {"short_video"sv, "films_series"sv};
constexpr std::array kTrainingValues = {"point_in_time"sv, "latest"sv};
constexpr std::array kIndexes = {"exact"sv, "hnsw"sv, "ivf"sv};
constexpr auto kRankerNames = [] {
    std::array<std::string_view, enum_count<RankingModel>> names;
    for (const RankingModelRow& row : kRankingModels) names[index_of(row.value)] = row.name;
    return names;
}();
constexpr std::array kPageLayouts = {"feed"sv, "rows"sv};
constexpr std::array kRerankMethods = {"none"sv, "mmr"sv, "dpp"sv, "calibrated"sv};
constexpr std::array kExplorationPolicies = {"random"sv, "epsilon"sv, "thompson"sv, "ucb"sv,
                                             "boltzmann"sv};
constexpr std::array kRecommenders = {"cascade"sv, "none"sv, "oracle"sv};
constexpr std::array kPeopleVectors = {"nightly"sv, "by_era"sv, "streaming"sv};
constexpr std::array kItemVectors = {"nightly"sv, "streaming"sv};
constexpr std::array kSequenceBlocks = {"hstu"sv, "sasrec"sv};
constexpr std::array kGenerativeFeeds = {"off"sv, "generative"sv};
constexpr std::array kGenerativeFallbacks = {"popular"sv, "cascade"sv};
constexpr std::array kTokenizers = {"residual_kmeans"sv, "balanced_kmeans"sv, "rq_vae"sv};
constexpr std::array kCodeStarts = {"plus_plus"sv, "sample"sv, "random_normal"sv};

using P = Params;
using W = WorldParams;
using F = FeatureParams;
using C = RetrievalParams;
using N = GenerativeParams;
using R = RankingParams;
using D = RerankParams;
using G = PageParams;
using L = PolicyParams;
using T = TrainingParams;
using E = EraParams;
using V = FreshnessParams;

// clang-format off
constexpr Parameter kWorldRows[] = {
    option<&P::world, &W::pack>({"world.pack", "Domain", "", "What is recommended: its topics, titles, durations and session habits."},
        kPacks, Stage::world, When::restart),
    row<&P::world, &W::people>({"world.people", "People", "people", "Size of the population."},
        {10, 200000, 10, kLog}, Stage::world, When::restart),
    row<&P::world, &W::items>({"world.items", "Items", "items", "Size of the catalogue on the first day."},
        {50, 1000000, 50, kLog}, Stage::world, When::restart),
    row<&P::world, &W::creators>({"world.creators", "Creators", "creators", "How many creators make the items."},
        {1, 50000, 1, kLog}, Stage::world, When::restart),
    row<&P::world, &W::taste_dims>({"world.taste_dims", "Taste dimensions", "", "Dimensions of the hidden space in which tastes and items lie."},
        {4, 64, 1}, Stage::world, When::restart),
    row<&P::world, &W::history_events>({"world.history_events", "Earlier history", "events", "Organic views a person has on average before the first day; the first models learn from them."},
        {0, 200, 1}, Stage::world, When::restart),
    row<&P::world, &W::organic_views_per_day>({"world.organic_views_per_day", "Organic views", "a day", "Views a day that an average person finds without the feed, as before the first day: by word of mouth and links. They are in the log, and nothing that recommends caused them."},
        {0, 50, 0.1}, Stage::world, When::live),
    row<&P::world, &W::new_items_per_day>({"world.new_items_per_day", "New items", "a day", "Releases a day, spread over the day."},
        {0, 20000, 1, kLog}, Stage::world, When::live),
    row<&P::world, &W::new_people_per_day>({"world.new_people_per_day", "New people", "a day", "People who join a day, most of them in the evening; they bring a survey and no history."},
        {0, 20000, 1, kLog}, Stage::world, When::live),
    row<&P::world, &W::niche_share>({"world.niche_share", "Niche people", "share", "Share of people with one narrow taste away from the mainstream."},
        {0, 1, 0.01}, Stage::world, When::restart),
    row<&P::world, &W::eclectic_share>({"world.eclectic_share", "Eclectic people", "share", "Share of people with a broad taste over many topics."},
        {0, 1, 0.01}, Stage::world, When::restart),
    row<&P::world, &W::sessions_per_day>({"world.sessions_per_day", "Sessions", "a day", "Sessions a satisfied, average person opens in a day."},
        {0.05, 12, 0.05, kLog}, Stage::world, When::live),
    row<&P::world, &W::taste_weight>({"world.taste_weight", "Weight of taste", "", "How much taste decides a choice, in units of the choice noise."},
        {0, 20, 0.1}, Stage::world, When::live),
    row<&P::world, &W::quality_weight>({"world.quality_weight", "Weight of quality", "", "How much an item's quality decides a choice."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&P::world, &W::context_weight>({"world.context_weight", "Weight of context", "", "How much hour and device against duration decide a choice."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&P::world, &W::choice_noise>({"world.choice_noise", "Choice noise", "", "Scale of the Gumbel noise in a choice; 0 is a perfectly rational person."},
        {0, 5, 0.05}, Stage::world, When::live),
    row<&P::world, &W::position_decay>({"world.position_decay", "Position bias", "", "Position k is looked at with probability k^-x; 0 means everything is seen."},
        {0, 2, 0.05}, Stage::world, When::live),
    row<&P::world, &W::row_decay>({"world.row_decay", "Row bias", "", "Row r of a page in rows is looked at with probability r^-x, and its places by position bias."},
        {0, 2, 0.05}, Stage::world, When::live),
    row<&P::world, &W::taste_drift>({"world.taste_drift", "Taste drift", "per watch", "How far a full watch pulls a person's taste toward the item (mere exposure)."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&P::world, &W::taste_return>({"world.taste_return", "Return to innate taste", "a day", "Share of the way back to the innate taste that a day without watching brings."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&P::world, &W::taste_shift_days>({"world.taste_shift_days", "Time between shifts of taste", "days", "Mean time until a person suddenly likes something else, before the first day as after it; 0 is never."},
        {0, 365, 1}, Stage::world, When::live),
    row<&P::world, &W::satiation>({"world.satiation", "Satiation", "", "Utility lost in a topic by one recent full watch in it."},
        {0, 2, 0.01}, Stage::world, When::live),
    row<&P::world, &W::satiation_half_life_h>({"world.satiation_half_life_h", "Satiation half-life", "h", "After this time half of a satiation is gone."},
        {0.5, 336, 0.5, kLog}, Stage::world, When::live),
    row<&P::world, &W::repeat_penalty>({"world.repeat_penalty", "Dislike of repeats", "", "Utility that an item loses for a person who has watched it through; small where people like to watch or hear the same again."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&P::world, &W::churn>({"world.churn", "Churn", "", "Probability that a wholly dissatisfying session makes a person leave for good."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&P::world, &W::trend_strength>({"world.trend_strength", "Trends", "", "Utility that a passing trend adds to its topic at its peak."},
        {0, 5, 0.05}, Stage::world, When::live),
    row<&P::world, &W::search_wish>({"world.search_wish", "Wish of a search", "", "Utility that a topic gains for a person who has searched for it."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&P::world, &W::search_wish_h>({"world.search_wish_h", "A wish lasts", "h", "How long a search is still what a person wants."},
        {1, 168, 1, kLog}, Stage::world, When::live),
    row<&P::world, &W::unfinished_pull>({"world.unfinished_pull", "Pull of the unfinished", "", "Utility of going on with an item all but seen through; 0: people begin again from the start."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&P::world, &W::unfinished_half_life_h>({"world.unfinished_half_life_h", "Half-life of that pull", "h", "After this time half of the pull to finish an item is gone."},
        {1, 720, 1, kLog}, Stage::world, When::live),
    row<&P::world, &W::creator_response>({"world.creator_response", "Creators follow reward", "share", "How far creators shift what they make toward what was watched."},
        {0, 1, 0.01}, Stage::world, When::live),
};

constexpr Parameter kSystemRows[] = {
    row<&P::metadata, &MetadataParams::richness>({"metadata.richness", "Metadata richness", "share", "How faithfully content features and tags show what an item really is."},
        {0, 1, 0.01}, Stage::world, When::restart),
    row<&P::clock, &ClockParams::tick_s>({"clock.tick_s", "Tick", "s", "Virtual time between two barriers at which shared state changes."},
        {30, 3600, 30, kLog}, Stage::world, When::restart),

    row<&P::features, &F::streaming_lag_s>({"features.streaming_lag_s", "Streaming lag", "s", "Time from an event to the streaming feature that knows it."},
        {0, 86400, 1, kLog}, Stage::features, When::live),
    row<&P::features, &F::batch_every_h>({"features.batch_every_h", "Batch every", "h", "How often the batch lane runs its SQL over the warehouse."},
        {1, 168, 1, kLog}, Stage::features, When::live),
    row<&P::features, &F::batch_duration_s>({"features.batch_duration_s", "Batch takes", "s", "Virtual time from the start of a batch run to its values being online, at least one tick."},
        {0, 86400, 60, kLog}, Stage::features, When::live),
    row<&P::features, &F::recent_items>({"features.recent_items", "Recent items", "items", "How many last watched items make the real-time profile."},
        {1, 50, 1}, Stage::features, When::restart),
    row<&P::features, &F::sequence_events>({"features.sequence_events", "Sequence", "events", "How many last events of a person the store keeps in order; HSTU looks at so many."},
        {10, 200, 2, kLog}, Stage::features, When::restart),
    row<&P::features, &F::profile_days>({"features.profile_days", "Profile window", "days", "Window of the long-term topic shares in the batch lane."},
        {1, 90, 1}, Stage::features, When::live),
    row<&P::features, &F::counter_window_h>({"features.counter_window_h", "Counter window", "h", "Sliding window of the streaming item counters."},
        {0.5, 48, 0.5, kLog}, Stage::features, When::restart),
    row<&P::features, &F::ttl_h>({"features.ttl_h", "Time to live", "h", "Age at which an online value no longer counts and its default is served."},
        {1, 720, 1, kLog}, Stage::features, When::live),
    row<&P::features, &F::retention_days>({"features.retention_days", "Warehouse retention", "days", "How far back the warehouse keeps events."},
        {1, 60, 1}, Stage::features, When::restart),
    row<&P::features, &F::log_share>({"features.log_share", "Feature log", "share", "Share of requests whose slate is kept for training the ranker."},
        {0.01, 1, 0.01, kLog}, Stage::features, When::live),
    option<&P::features, &F::training_values>({"features.training_values", "Training values", "", "point_in_time joins what was known at the request; latest leaks the future into training."},
        kTrainingValues, Stage::training, When::live),
    toggle<&P::features, &F::version_skew>({"features.version_skew", "Version skew", "", "Serving computes real-time features in version 2 while training uses version 1."},
        Stage::features, When::live),
    toggle<&P::features, &F::signup>({"features.signup", "Sign-up survey", "", "Whether what people said at sign-up is a feature: it places who has no history yet."},
        Stage::features, When::live),

    row<&P::retrieval, &C::candidates>({"retrieval.candidates", "Candidates", "items", "How many candidates that may be shown all sources together bring."},
        {20, 2000, 10, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::overfetch>({"retrieval.overfetch", "Over-fetch", "x", "A source looks through up to so many times its quota to fill it with what may be shown; 1 spends the quota on whatever comes first."},
        {1, 8, 0.1, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::two_tower>({"retrieval.two_tower", "Two-tower weight", "", "Share of the candidate budget for the two-tower source, relative to the others; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::hstu>({"retrieval.hstu", "HSTU weight", "", "Relative share of the budget for the sequence model; 0 turns it off, and it is trained only while something uses it."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::generative>({"retrieval.generative", "Generative weight", "", "Relative share of the budget for what the decoder spells, at most its beam width; 0 turns it off, and it is trained only while something uses it."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::factorization>({"retrieval.factorization", "Factorization weight", "", "Relative share of the budget for matrix factorization; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::covisitation>({"retrieval.covisitation", "Co-visitation weight", "", "Relative share of the budget for items watched together with recent ones; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::neighbours_liked>({"retrieval.neighbours_liked", "Liked-near-you weight", "", "Relative share of the budget for what people of similar taste liked or watched through in the last week; people are those of the last training, likes those of the last full hour. 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::trending>({"retrieval.trending", "Trending weight", "", "Relative share of the budget for what is popular now; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::fresh>({"retrieval.fresh", "Fresh weight", "", "Relative share of the budget for new releases; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::search_intent>({"retrieval.search_intent", "Search-intent weight", "", "Relative share of the budget for what a recent search asked for; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::followed>({"retrieval.followed", "Followed weight", "", "Relative share of the budget for what a person put on the list and what is new of creators they follow; 0: neither brings anything."},
        {0, 2, 0.05}, Stage::retrieval, When::live),
    option<&P::retrieval, &C::index>({"retrieval.index", "Vector index", "", "How the two-tower's vectors are searched."},
        kIndexes, Stage::retrieval, When::live),
    row<&P::retrieval, &C::hnsw_links>({"retrieval.hnsw_links", "HNSW M", "links", "Links a node; taken up at the next rebuild of the index."},
        {4, 64, 1}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::hnsw_build_breadth>({"retrieval.hnsw_build_breadth", "HNSW build breadth", "", "ef_construction: width of the search while the index is built."},
        {20, 800, 10, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::hnsw_breadth>({"retrieval.hnsw_breadth", "HNSW breadth", "", "ef: width of the search while serving; raised to the number of results asked for."},
        {10, 2000, 10, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::ivf_cells>({"retrieval.ivf_cells", "IVF cells", "cells", "How many cells k-means cuts the vectors into; taken up at the next rebuild of the index."},
        {4, 4096, 1, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::ivf_probes>({"retrieval.ivf_probes", "IVF probes", "cells", "How many of the nearest cells a search scans; more where they hold fewer items than were asked for."},
        {1, 4096, 1, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::trending_half_life_h>({"retrieval.trending_half_life_h", "Trending half-life", "h", "After this time a view counts half for what is trending."},
        {1, 336, 1, kLog}, Stage::retrieval, When::live),
    row<&P::retrieval, &C::fresh_window_h>({"retrieval.fresh_window_h", "Fresh window", "h", "How long an item counts as a new release."},
        {1, 336, 1, kLog}, Stage::retrieval, When::live),

    option<&P::generative, &N::feed>({"generative.feed", "Feed", "", "off: the decoder is one source of the cascade at most; generative: what it says is the page, in its order, without ranking and re-ranking."},
        kGenerativeFeeds, Stage::generative, When::live),
    option<&P::generative, &N::fallback>({"generative.fallback", "Fallback", "", "What serves while the generative feed cannot: the most popular items, or the whole cascade."},
        kGenerativeFallbacks, Stage::generative, When::live),
    row<&P::generative, &N::rescoring>({"generative.rescoring", "Rescoring", "share", "Weight of the decoder in the value of every candidate of the cascade, beside the ranker; 1 orders by the decoder alone."},
        {0, 1, 0.05}, Stage::generative, When::live),
    option<&P::generative, &N::tokenizer>({"generative.tokenizer", "Tokenizer", "", "How codes are learned from content vectors; taken up at the next rebuild."},
        kTokenizers, Stage::generative, When::live),
    row<&P::generative, &N::levels>({"generative.levels", "Code levels", "levels", "How many codes an item has, from the broad to the fine; taken up at the next rebuild."},
        {1, 6, 1}, Stage::generative, When::live),
    row<&P::generative, &N::codes>({"generative.codes", "Codes a level", "codes", "How many codes a level has; taken up at the next rebuild."},
        {2, 1024, 2, kLog}, Stage::generative, When::live),
    option<&P::generative, &N::start>({"generative.start", "Start of the codes", "", "Where codes begin: plus_plus far apart, sample at random items, random_normal anywhere, where most of them die."},
        kCodeStarts, Stage::generative, When::live),
    toggle<&P::generative, &N::reset_dead>({"generative.reset_dead", "Reset dead codes", "", "Codes that no item has move to items, while codes are learned."},
        Stage::generative, When::live),
    toggle<&P::generative, &N::spread_last>({"generative.spread_last", "Spread the last level", "", "Items that share all codes are spread over the codes of the last level."},
        Stage::generative, When::live),
    toggle<&P::generative, &N::extra_digit>({"generative.extra_digit", "Extra digit", "", "One more digit tells apart items that share all codes."},
        Stage::generative, When::live),
    row<&P::generative, &N::rebuild_every_h>({"generative.rebuild_every_h", "Rebuild every", "h", "How often codes are learned anew; in between new items get codes of the old codebook."},
        {1, 2016, 1, kLog}, Stage::generative, When::live),
    toggle<&P::generative, &N::deploy_together>({"generative.deploy_together", "Deploy together", "", "A rebuild brings codes and a decoder of them at one moment; off: codes come first, and until its next training the decoder speaks of the old ones."},
        Stage::generative, When::live),
    row<&P::generative, &N::dims>({"generative.dims", "Decoder dimensions", "", "Width of the decoder; another size begins from random weights."},
        {4, 128, 4}, Stage::generative, When::live),
    row<&P::generative, &N::layers>({"generative.layers", "Decoder layers", "layers", "Blocks of the decoder."},
        {1, 4, 1}, Stage::generative, When::live),
    row<&P::generative, &N::length>({"generative.length", "Decoder length", "items", "How many last watched items the decoder reads."},
        {1, 50, 1}, Stage::generative, When::live),
    row<&P::generative, &N::epochs>({"generative.epochs", "Decoder epochs", "epochs", "Passes over its examples at every training; each begins from the weights before."},
        {1, 50, 1, kLog}, Stage::generative, When::live),
    row<&P::generative, &N::learning_rate>({"generative.learning_rate", "Decoder learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::generative, When::live),
    toggle<&P::generative, &N::condition>({"generative.condition", "Condition on HSTU", "", "The decoder is told the person's HSTU vector (GLIDE); needs a sequence model."},
        Stage::generative, When::live),
    row<&P::generative, &N::beam_width>({"generative.beam_width", "Beam width", "prefixes", "Prefixes kept at every digit; also the most items that one request gets."},
        {1, 500, 1, kLog}, Stage::generative, When::live),
    row<&P::generative, &N::temperature>({"generative.temperature", "Temperature", "", "Divides the decoder's logits: small makes the likeliest code take all."},
        {0.05, 5, 0.05, kLog}, Stage::generative, When::live),
    row<&P::generative, &N::diversity>({"generative.diversity", "Beam diversity", "nats", "What a prefix loses for every one kept before it with the same first code."},
        {0, 10, 0.1}, Stage::generative, When::live),
    toggle<&P::generative, &N::sample>({"generative.sample", "Sample", "", "Beams are drawn by chance with their probabilities, without replacement; off: the likeliest, always."},
        Stage::generative, When::live),
    row<&P::generative, &N::repeat_window_h>({"generative.repeat_window_h", "No repeats for", "h", "What a person was shown within this time is not generated again; 0 leaves it to policy alone."},
        {0, 1008, 1}, Stage::generative, When::live),
    row<&P::generative, &N::retrain_every_h>({"generative.retrain_every_h", "Retrain every", "h", "How often the decoder is trained again, on what the log has become."},
        {1, 1008, 1, kLog}, Stage::generative, When::live),
    row<&P::generative, &N::history_days>({"generative.history_days", "Decoder history", "days", "How much of the log the decoder learns from; the shorter, the sooner it knows only what its own feed caused."},
        {0.5, 60, 0.5}, Stage::generative, When::live),
    row<&P::generative, &N::retrain_share>({"generative.retrain_share", "Retrained on", "share", "Share of the watches a retraining learns from, drawn at random: the fewer, the faster a loop narrows."},
        {0.01, 1, 0.01, kLog}, Stage::generative, When::live),
    row<&P::generative, &N::fresh_share>({"generative.fresh_share", "Fresh share", "share", "At least this share of the loss goes to watches that the decoder did not propose: organic views, search, exploration, other sources; 0: as they come."},
        {0, 1, 0.05}, Stage::generative, When::live),
    row<&P::generative, &N::examples>({"generative.examples", "Decoder examples", "watches", "Most recent watches a retraining may learn from."},
        {500, 500000, 500, kLog}, Stage::generative, When::live),
    toggle<&P::generative, &N::propensity_weighting>({"generative.propensity_weighting", "Weigh by propensity", "", "A watch counts the less the more often its item was shown, so that what was shown everywhere does not teach most."},
        Stage::generative, When::live),
    toggle<&P::generative, &N::monitor>({"generative.monitor", "Collapse monitor", "", "Hands over to the fallback when exposure narrows, and back when it has recovered."},
        Stage::generative, When::live),
    row<&P::generative, &N::monitor_effective_share>({"generative.monitor_effective_share", "Monitor: catalogue", "share", "Trips below this effective catalogue, as a share of all items."},
        {0, 1, 0.005}, Stage::generative, When::live),
    row<&P::generative, &N::monitor_perplexity_share>({"generative.monitor_perplexity_share", "Monitor: perplexity", "share", "Trips below this perplexity of the codes, as a share of the codes a level."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&P::generative, &N::monitor_repeat_rate>({"generative.monitor_repeat_rate", "Monitor: repeats", "share", "Trips above this share of impressions that repeat what the person was shown."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&P::generative, &N::monitor_changed_share>({"generative.monitor_changed_share", "Monitor: changed codes", "share", "Trips above this share of items whose codes are not those that the codebook gave them."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&P::generative, &N::monitor_recovery>({"generative.monitor_recovery", "Monitor: recovery", "x", "How many times better than what trips it everything must be before the decoder serves again."},
        {1, 5, 0.1}, Stage::generative, When::live),
    row<&P::generative, &N::monitor_hold_h>({"generative.monitor_hold_h", "Monitor: hold", "h", "Shortest time that the fallback serves."},
        {0, 336, 1}, Stage::generative, When::live),

    toggle<&P::ranking, &R::enabled>({"ranking.enabled", "Ranker", "", "Off: candidates keep the order of their retrieval scores."},
        Stage::ranking, When::live),
    option<&P::ranking, &R::model>({"ranking.model", "Model", "", "What learns to rank: logistic regression, boosted trees, a deep net of cross layers, or LambdaMART, trees that learn the order inside a page and tell all outcomes from one score; taken up at the next training."},
        kRankerNames, Stage::ranking, When::live),
    row<&P::ranking, &R::trees>({"ranking.trees", "Trees", "trees", "Boosted trees of all outcome models of XGBoost together; taken up at the next training."},
        {4, 1000, 4, kLog}, Stage::ranking, When::live),
    row<&P::ranking, &R::depth>({"ranking.depth", "Tree depth", "", "Depth of a tree; taken up at the next training."},
        {1, 10, 1}, Stage::ranking, When::live),
    row<&P::ranking, &R::learning_rate>({"ranking.learning_rate", "Learning rate", "", "Shrinkage of every tree; taken up at the next training."},
        {0.01, 1, 0.01, kLog}, Stage::ranking, When::live),
    row<&P::ranking, &R::training_rows>({"ranking.training_rows", "Training rows", "rows", "Most recent impressions the ranker learns from."},
        {1000, 500000, 1000, kLog}, Stage::training, When::live),
    row<&P::ranking, &R::keep>({"ranking.keep", "Kept after ranking", "items", "How many of the best ranked candidates reach re-ranking."},
        {10, 500, 5, kLog}, Stage::ranking, When::live),
    row<&P::ranking, &R::weight_click>({"ranking.weight_click", "Weight of click", "", "Weight of the predicted click in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&P::ranking, &R::weight_watch>({"ranking.weight_watch", "Weight of watch time", "", "Weight of the predicted long watch in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&P::ranking, &R::weight_like>({"ranking.weight_like", "Weight of like", "", "Weight of the predicted like in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&P::ranking, &R::weight_not_interested>({"ranking.weight_not_interested", "Weight of not interested", "", "Weight of the predicted \"not interested\" in the value of an item."},
        {-20, 5, 0.1}, Stage::ranking, When::live),
    row<&P::ranking, &R::popularity_discount>({"ranking.popularity_discount", "Popularity discount", "SD", "How many standard deviations of value an item loses for each of log popularity (Steck 2011); 0 leaves popularity alone."},
        {0, 5, 0.05}, Stage::ranking, When::live),
    toggle<&P::ranking, &R::inverse_propensity>({"ranking.inverse_propensity", "Inverse propensity", "", "What was clicked far down counts the more in training the less likely it was to be looked at (Joachims et al. 2017); position is then no column."},
        Stage::training, When::live),
    row<&P::ranking, &R::propensity_decay>({"ranking.propensity_decay", "Propensity: decay", "", "The system's belief: place k of a list is looked at with probability k^-x."},
        {0, 2, 0.05}, Stage::training, When::live),
    row<&P::ranking, &R::propensity_clip>({"ranking.propensity_clip", "Propensity: clip", "x", "No click counts more than so many times."},
        {1, 100, 0.5, kLog}, Stage::training, When::live),
    row<&P::ranking, &R::deep_hidden>({"ranking.deep_hidden", "Deep: hidden", "units", "Width of the deep ranker's first layer, the second has half; taken up at the next training."},
        {8, 512, 8, kLog}, Stage::ranking, When::live),
    row<&P::ranking, &R::deep_cross_layers>({"ranking.deep_cross_layers", "Deep: cross layers", "layers", "Each multiplies the columns once more with each other; taken up at the next training."},
        {0, 6, 1}, Stage::ranking, When::live),
    row<&P::ranking, &R::deep_epochs>({"ranking.deep_epochs", "Deep: epochs", "epochs", "Most passes over the rows; fewer when the newest tenth of them, held out, gets no better."},
        {1, 100, 1, kLog}, Stage::ranking, When::live),
    row<&P::ranking, &R::deep_learning_rate>({"ranking.deep_learning_rate", "Deep: learning rate", "", "Step size of AdamW; taken up at the next training."},
        {0.0001, 0.05, 0.0001, kLog}, Stage::ranking, When::live),
    toggle<&P::ranking, &R::compare>({"ranking.compare", "Compare rankers", "", "Every training also trains a model of every kind on the older four fifths of the same rows and measures them on the rest."},
        Stage::ranking, When::live),

    row<&P::rerank, &D::slate_size>({"rerank.slate_size", "Slate", "items", "Items on one page."},
        {1, 30, 1}, Stage::rerank, When::live),
    option<&P::rerank, &D::method>({"rerank.method", "Diversity method", "", "none keeps the order of value; mmr and dpp trade it against sameness, calibrated against topics far from the person's usual ones."},
        kRerankMethods, Stage::rerank, When::live),
    row<&P::rerank, &D::diversity>({"rerank.diversity", "Diversity", "", "0 is value alone, 1 is difference alone (MMR: 1 - lambda; DPP: weight of the similarity kernel; calibrated: lambda)."},
        {0, 1, 0.01}, Stage::rerank, When::live),
    row<&P::rerank, &D::franchise_cap>({"rerank.franchise_cap", "Franchise cap", "items", "At most so many items of one franchise on a page."},
        {1, 30, 1}, Stage::rerank, When::live),
    row<&P::rerank, &D::promote_new>({"rerank.promote_new", "Promote new", "items", "New releases that are guaranteed a place on the page."},
        {0, 10, 1}, Stage::rerank, When::live),
    row<&P::rerank, &D::exploration_slots>({"rerank.exploration_slots", "Exploration slots", "items", "Places on the page given to a random candidate or a random item of the catalogue."},
        {0, 10, 1}, Stage::retrieval, When::live),
    option<&P::rerank, &D::exploration_policy>({"rerank.exploration_policy", "Exploration policy", "", "Who gets an exploration slot: anybody, or by a bandit over the items' clicks and impressions in the counter window."},
        kExplorationPolicies, Stage::explore, When::live),
    row<&P::rerank, &D::exploration_epsilon>({"rerank.exploration_epsilon", "Epsilon", "", "Of the policy epsilon: probability of a random item instead of the one of the highest click rate."},
        {0, 1, 0.01}, Stage::explore, When::live),
    row<&P::rerank, &D::exploration_temperature>({"rerank.exploration_temperature", "Boltzmann temperature", "clicks", "Of the policy boltzmann: small takes the highest click rate, large anything."},
        {0.005, 5, 0.005, kLog}, Stage::explore, When::live),
    row<&P::rerank, &D::bubble_slots>({"rerank.bubble_slots", "Break-my-bubble slots", "items", "Places on the page given to the best items of topics that are rare in the person's profile (serendipity: Kaminskas and Bridge 2016)."},
        {0, 10, 1}, Stage::rerank, When::live),

    option<&P::page, &G::layout>({"page.layout", "Layout", "", "feed is one list; rows is a page of several rows, each by a row ranker of its own."},
        kPageLayouts, Stage::retrieval, When::live),
    row<&P::page, &G::rows>({"page.rows", "Rows", "rows", "At most so many rows on a page in rows."},
        {1, 8, 1}, Stage::rerank, When::live),
    row<&P::page, &G::row_items>({"page.row_items", "Items in a row", "items", "At most so many items in one row."},
        {1, 12, 1}, Stage::retrieval, When::live),
    row<&P::page, &G::because_rows>({"page.because_rows", "Because you watched", "rows", "At most so many rows of neighbours of what was watched last."},
        {0, 4, 1}, Stage::retrieval, When::live),
    row<&P::page, &G::continue_slot>({"page.continue_slot", "Continue watching", "", "Which row from the top goes on with what was left unfinished; 0: there is none."},
        {0, 8, 1}, Stage::retrieval, When::live),
    row<&P::page, &G::continue_days>({"page.continue_days", "Unfinished for", "days", "What was left longer ago is no longer offered to be gone on with."},
        {1, 60, 1}, Stage::retrieval, When::live),

    option<&P::policy, &L::recommender>({"policy.recommender", "Recommender", "", "Who puts pages together: the cascade; none: items drawn evenly from all that may be shown; oracle: the best by the people's own hidden utility."},
        kRecommenders, Stage::retrieval, When::live),
    toggle<&P::policy, &L::hide_watched>({"policy.hide_watched", "Hide watched", "", "Drops what a person has already watched."},
        Stage::retrieval, When::live),
    row<&P::policy, &L::repeat_after_h>({"policy.repeat_after_h", "Show again after", "h", "An item that was shown and ignored may come back after this time; 0 allows it at once."},
        {0, 336, 1}, Stage::retrieval, When::live),
    toggle<&P::policy, &L::licences>({"policy.licences", "Licences", "", "Drops items that are not licensed in a person's region."},
        Stage::retrieval, When::live),
    row<&P::policy, &L::personalisation_bound>({"policy.personalisation_bound", "Personalisation bound", "share", "How far the personal score may move an item from its population score; 1 is unbounded."},
        {0, 1, 0.01}, Stage::ranking, When::live),
    row<&P::policy, &L::topic_cap>({"policy.topic_cap", "Topic cap", "share", "Largest share of a page that one topic may take; 1 is unbounded."},
        {0.1, 1, 0.05}, Stage::rerank, When::live),
    row<&P::policy, &L::refusal_days>({"policy.refusal_days", "A refusal lasts", "days", "How long \"not interested\" and dislike turn down the item's topic and creator beside hiding the item; 0: not at all."},
        {0, 90, 0.5}, Stage::ranking, When::live),
    row<&P::policy, &L::refusal_strength>({"policy.refusal_strength", "Strength of a refusal", "share", "How far refusals push a topic or creator down at most, in spans between the best and the worst value of the request; one fresh \"not interested\" half as far, a dislike less."},
        {0, 3, 0.05}, Stage::ranking, When::live),
    row<&P::policy, &L::follow_lift>({"policy.follow_lift", "Lift of the followed", "share", "How far items of followed creators are lifted, in spans between the best and the worst value of the request."},
        {0, 3, 0.05}, Stage::ranking, When::live),
    row<&P::policy, &L::list_lift>({"policy.list_lift", "Lift of the list", "share", "How far items that a person put on the list are lifted until they are watched, in the same spans."},
        {0, 3, 0.05}, Stage::ranking, When::live),

    row<&P::training, &T::every_h>({"training.every_h", "Train every", "h", "How often all models are trained again on the log."},
        {1, 336, 1, kLog}, Stage::training, When::live),
    row<&P::training, &T::duration_s>({"training.duration_s", "Training takes", "s", "Virtual time from the start of a training job to the deployment of its model."},
        {0, 86400, 60, kLog}, Stage::training, When::live),
    row<&P::training, &T::history_days>({"training.history_days", "Training history", "days", "How much of the log the models learn from."},
        {1, 60, 1}, Stage::training, When::live),
    row<&P::training, &T::mf_dims>({"training.mf_dims", "Factorization dimensions", "", "Dimensions of the iALS factors."},
        {4, 128, 4}, Stage::training, When::live),
    row<&P::training, &T::mf_epochs>({"training.mf_epochs", "Factorization epochs", "epochs", "Alternations of the least-squares steps."},
        {1, 64, 1}, Stage::training, When::live),
    row<&P::training, &T::mf_unobserved_weight>({"training.mf_unobserved_weight", "Weight of unobserved", "", "iALS a0: how much every unobserved pair counts as a zero."},
        {0.001, 2, 0.001, kLog}, Stage::training, When::live),
    row<&P::training, &T::mf_regularization>({"training.mf_regularization", "Factorization regularisation", "", "iALS lambda, scaled by frequency."},
        {0.0001, 1, 0.0001, kLog}, Stage::training, When::live),
    row<&P::training, &T::tower_dims>({"training.tower_dims", "Two-tower dimensions", "", "Width of the vectors that retrieval searches."},
        {8, 128, 8}, Stage::training, When::live),
    row<&P::training, &T::tower_epochs>({"training.tower_epochs", "Two-tower epochs", "epochs", "Passes over the training examples."},
        {1, 30, 1}, Stage::training, When::live),
    row<&P::training, &T::tower_examples>({"training.tower_examples", "Two-tower examples", "rows", "Most recent positive examples the towers learn from."},
        {1000, 500000, 1000, kLog}, Stage::training, When::live),
    row<&P::training, &T::tower_learning_rate>({"training.tower_learning_rate", "Two-tower learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::training, When::live),
    row<&P::training, &T::tower_id_dropout>({"training.tower_id_dropout", "Id dropout", "share", "Share of examples trained without the id embedding, so that new items live from content alone."},
        {0, 1, 0.05}, Stage::training, When::live),
    row<&P::training, &T::tower_cold_share>({"training.tower_cold_share", "Cold examples", "share", "Share of the two-tower's examples whose person is shown without id and history, as who has just joined."},
        {0, 0.9, 0.01}, Stage::training, When::live),
    option<&P::training, &T::hstu_block>({"training.hstu_block", "HSTU block", "", "What the sequence model is built of: hstu, or the sasrec transformer as its baseline."},
        kSequenceBlocks, Stage::training, When::live),
    row<&P::training, &T::hstu_dims>({"training.hstu_dims", "HSTU dimensions", "", "Width of the sequence model and of its vectors."},
        {8, 128, 8}, Stage::training, When::live),
    row<&P::training, &T::hstu_blocks>({"training.hstu_blocks", "HSTU blocks", "blocks", "Layers of the sequence model."},
        {1, 8, 1}, Stage::training, When::live),
    row<&P::training, &T::hstu_negatives>({"training.hstu_negatives", "HSTU negatives", "items", "Items drawn at random that each next item is told apart from."},
        {4, 1024, 4, kLog}, Stage::training, When::live),
    row<&P::training, &T::hstu_epochs>({"training.hstu_epochs", "HSTU epochs", "epochs", "Passes over all sequences at most; training stops when people held out no longer gain."},
        {1, 100, 1, kLog}, Stage::training, When::live),
    row<&P::training, &T::hstu_batch>({"training.hstu_batch", "HSTU batch", "sequences", "Sequences of one training step; few people need small ones, or there are too few steps."},
        {4, 512, 4, kLog}, Stage::training, When::live),
    row<&P::training, &T::hstu_learning_rate>({"training.hstu_learning_rate", "HSTU learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::training, When::live),
    row<&P::training, &T::hstu_id_dropout>({"training.hstu_id_dropout", "HSTU id dropout", "share", "Share of item ids left out in training, so that new items live from content alone."},
        {0, 1, 0.05}, Stage::training, When::live),

    option<&P::eras, &E::ranking>({"eras.ranking", "Era of the ranker", "", "Whose likeness of person and item the ranker sees beside the factorization's."},
        kEraNames, Stage::ranking, When::live),
    option<&P::eras, &E::rows>({"eras.rows", "Era of the rows", "", "Whose vectors say which items are near an item, for rows such as because-you-watched."},
        kEraNames, Stage::retrieval, When::live),
    option<&P::eras, &E::map>({"eras.map", "Era of the map", "", "Whose vectors the map of people and items draws."},
        kEraNames, Stage::training, When::live),
    option<&P::freshness, &V::people_vectors>({"freshness.people_vectors", "People's vectors", "", "nightly: as of the last training; streaming: from every event; by_era: factorization nightly, the others streaming."},
        kPeopleVectors, Stage::retrieval, When::live),
    option<&P::freshness, &V::item_vectors>({"freshness.item_vectors", "Items' vectors", "", "nightly: a new item gets its vector at the next training; streaming: at the next tick."},
        kItemVectors, Stage::retrieval, When::live),

    row<&P::metrics, &MetricsParams::oracle_share>({"metrics.oracle_share", "Oracle sample", "share", "Share of requests that are compared with the oracle over the live catalogue."},
        {0, 1, 0.01}, Stage::metrics, When::live),
    row<&P::metrics, &MetricsParams::neighbour_pairs>({"metrics.neighbour_pairs", "Neighbour pairs", "pairs", "Pairs of similar people on which homogenisation is measured."},
        {10, 5000, 10, kLog}, Stage::metrics, When::restart),
    toggle<&P::metrics, &MetricsParams::compare_eras>({"metrics.compare_eras", "Compare eras", "", "Asks every era alone for the oracle's best items at each sampled request, and trains all three for it."},
        Stage::metrics, When::live),

    row<&P::run, &RunParams::keyframe_every_h>({"run.keyframe_every_h", "Keyframe every", "h", "Virtual time between two whole states kept for going back; doubles when memory is full."},
        {0.5, 168, 0.5, kLog}, Stage::run, When::restart),
    row<&P::run, &RunParams::keyframe_memory_mib>({"run.keyframe_memory_mib", "Keyframe memory", "MiB", "Most memory that the states kept for going back may hold together; roughly counted."},
        {16, 8192, 16, kLog}, Stage::run, When::restart),
    row<&P::run, &RunParams::frame_every_h>({"run.frame_every_h", "Frame every", "h", "Virtual time between two pictures kept for scrubbing."},
        {0.5, 24, 0.5}, Stage::run, When::restart),
};
// clang-format on

template <std::size_t... Counts>
constexpr auto joined(const Parameter (&... parts)[Counts]) {
    std::array<Parameter, (Counts + ...)> all{};
    auto next = all.begin();
    (..., (next = std::copy_n(parts, Counts, next)));
    return all;
}
constexpr auto kTable = joined(kWorldRows, kBehaviourRows, kSupplyRows, kSystemRows, kServingRows);

template <auto Group, auto Field>
constexpr PathParameter path_row(Words words, Stage stage) {
    return {words.key,
            words.label,
            words.help,
            stage,
            [](const Params& p) -> const std::string& { return p.*Group.*Field; },
            [](Params& p, std::string path) { p.*Group.*Field = std::move(path); }};
}

// clang-format off
constexpr PathParameter kPaths[] = {
    path_row<&P::world, &W::ratings_file>({"world.ratings_file", "Ratings", "", "A MovieLens folder or ratings CSV that tastes, titles and quality are taken from; relative to the scenario."},
        Stage::world),
};
// clang-format on

}  // namespace

std::span<const Parameter> parameter_table() {
    return kTable;
}

std::span<const PathParameter> path_parameter_table() {
    return kPaths;
}

}  // namespace cascadelab
