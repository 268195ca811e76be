// Semantic IDs and the model that writes them.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kGenerativeFeeds = {"off"sv, "generative"sv};
constexpr std::array kGenerativeFallbacks = {"popular"sv, "cascade"sv};
constexpr std::array kTokenizers = {"residual_kmeans"sv, "balanced_kmeans"sv, "rq_vae"sv};
constexpr std::array kCodeStarts = {"plus_plus"sv, "sample"sv, "random_normal"sv};

using Group = GenerativeParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::generative, &Group::feed>({"generative.feed", "Feed", "", "off: the decoder is one source of the cascade at most; generative: what it says is the page, in its order, without ranking and re-ranking."},
        kGenerativeFeeds, Stage::generative, When::live),
    option<&Params::generative, &Group::fallback>({"generative.fallback", "Fallback", "", "What serves while the generative feed cannot: the most popular items, or the whole cascade."},
        kGenerativeFallbacks, Stage::generative, When::live),
    row<&Params::generative, &Group::rescoring>({"generative.rescoring", "Rescoring", "share", "Weight of the decoder in the value of every candidate of the cascade, beside the ranker; 1 orders by the decoder alone."},
        {0, 1, 0.05}, Stage::generative, When::live),
    option<&Params::generative, &Group::tokenizer>({"generative.tokenizer", "Tokenizer", "", "How codes are learned from content vectors; taken up at the next rebuild."},
        kTokenizers, Stage::generative, When::live),
    row<&Params::generative, &Group::levels>({"generative.levels", "Code levels", "levels", "How many codes an item has, from the broad to the fine; taken up at the next rebuild."},
        {1, 6, 1}, Stage::generative, When::live),
    row<&Params::generative, &Group::codes>({"generative.codes", "Codes a level", "codes", "How many codes a level has; taken up at the next rebuild."},
        {2, 1024, 2, kLog}, Stage::generative, When::live),
    option<&Params::generative, &Group::start>({"generative.start", "Start of the codes", "", "Where codes begin: plus_plus far apart, sample at random items, random_normal anywhere, where most of them die."},
        kCodeStarts, Stage::generative, When::live),
    toggle<&Params::generative, &Group::reset_dead>({"generative.reset_dead", "Reset dead codes", "", "Codes that no item has move to items, while codes are learned."},
        Stage::generative, When::live),
    toggle<&Params::generative, &Group::spread_last>({"generative.spread_last", "Spread the last level", "", "Items that share all codes are spread over the codes of the last level."},
        Stage::generative, When::live),
    toggle<&Params::generative, &Group::extra_digit>({"generative.extra_digit", "Extra digit", "", "One more digit tells apart items that share all codes."},
        Stage::generative, When::live),
    row<&Params::generative, &Group::rebuild_every_h>({"generative.rebuild_every_h", "Rebuild every", "h", "How often codes are learned anew; in between new items get codes of the old codebook."},
        {1, 2016, 1, kLog}, Stage::generative, When::live),
    toggle<&Params::generative, &Group::deploy_together>({"generative.deploy_together", "Deploy together", "", "A rebuild brings codes and a decoder of them at one moment; off: codes come first, and until its next training the decoder speaks of the old ones."},
        Stage::generative, When::live),
    row<&Params::generative, &Group::dims>({"generative.dims", "Decoder dimensions", "", "Width of the decoder; another size begins from random weights."},
        {4, 128, 4}, Stage::generative, When::live),
    row<&Params::generative, &Group::layers>({"generative.layers", "Decoder layers", "layers", "Blocks of the decoder."},
        {1, 4, 1}, Stage::generative, When::live),
    row<&Params::generative, &Group::length>({"generative.length", "Decoder length", "items", "How many last watched items the decoder reads."},
        {1, 50, 1}, Stage::generative, When::live),
    row<&Params::generative, &Group::epochs>({"generative.epochs", "Decoder epochs", "epochs", "Passes over its examples at every training; each begins from the weights before."},
        {1, 50, 1, kLog}, Stage::generative, When::live),
    row<&Params::generative, &Group::learning_rate>({"generative.learning_rate", "Decoder learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::generative, When::live),
    toggle<&Params::generative, &Group::condition>({"generative.condition", "Condition on HSTU", "", "The decoder is told the person's HSTU vector (GLIDE); needs a sequence model."},
        Stage::generative, When::live),
    row<&Params::generative, &Group::beam_width>({"generative.beam_width", "Beam width", "prefixes", "Prefixes kept at every digit; also the most items that one request gets."},
        {1, 500, 1, kLog}, Stage::generative, When::live),
    row<&Params::generative, &Group::temperature>({"generative.temperature", "Temperature", "", "Divides the decoder's logits: small makes the likeliest code take all."},
        {0.05, 5, 0.05, kLog}, Stage::generative, When::live),
    row<&Params::generative, &Group::diversity>({"generative.diversity", "Beam diversity", "nats", "What a prefix loses for every one kept before it with the same first code."},
        {0, 10, 0.1}, Stage::generative, When::live),
    toggle<&Params::generative, &Group::sample>({"generative.sample", "Sample", "", "Beams are drawn by chance with their probabilities, without replacement; off: the likeliest, always."},
        Stage::generative, When::live),
    row<&Params::generative, &Group::repeat_window_h>({"generative.repeat_window_h", "No repeats for", "h", "What a person was shown within this time is not generated again; 0 leaves it to policy alone."},
        {0, 1008, 1}, Stage::generative, When::live),
    row<&Params::generative, &Group::retrain_every_h>({"generative.retrain_every_h", "Retrain every", "h", "How often the decoder is trained again, on what the log has become."},
        {1, 1008, 1, kLog}, Stage::generative, When::live),
    row<&Params::generative, &Group::history_days>({"generative.history_days", "Decoder history", "days", "How much of the log the decoder learns from; the shorter, the sooner it knows only what its own feed caused."},
        {0.5, 60, 0.5}, Stage::generative, When::live),
    row<&Params::generative, &Group::retrain_share>({"generative.retrain_share", "Retrained on", "share", "Share of the watches a retraining learns from, drawn at random: the fewer, the faster a loop narrows."},
        {0.01, 1, 0.01, kLog}, Stage::generative, When::live),
    row<&Params::generative, &Group::fresh_share>({"generative.fresh_share", "Fresh share", "share", "At least this share of the loss goes to watches that the decoder did not propose: organic views, search, exploration, other sources; 0: as they come."},
        {0, 1, 0.05}, Stage::generative, When::live),
    row<&Params::generative, &Group::examples>({"generative.examples", "Decoder examples", "watches", "Most recent watches a retraining may learn from."},
        {500, 500000, 500, kLog}, Stage::generative, When::live),
    toggle<&Params::generative, &Group::propensity_weighting>({"generative.propensity_weighting", "Weigh by propensity", "", "A watch counts the less the more often its item was shown, so that what was shown everywhere does not teach most."},
        Stage::generative, When::live),
    toggle<&Params::generative, &Group::monitor>({"generative.monitor", "Collapse monitor", "", "Hands over to the fallback when exposure narrows, and back when it has recovered."},
        Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_effective_share>({"generative.monitor_effective_share", "Monitor: catalogue", "share", "Trips below this effective catalogue, as a share of all items."},
        {0, 1, 0.005}, Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_perplexity_share>({"generative.monitor_perplexity_share", "Monitor: perplexity", "share", "Trips below this perplexity of the codes, as a share of the codes a level."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_repeat_rate>({"generative.monitor_repeat_rate", "Monitor: repeats", "share", "Trips above this share of impressions that repeat what the person was shown."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_changed_share>({"generative.monitor_changed_share", "Monitor: changed codes", "share", "Trips above this share of items whose codes are not those that the codebook gave them."},
        {0, 1, 0.01}, Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_recovery>({"generative.monitor_recovery", "Monitor: recovery", "x", "How many times better than what trips it everything must be before the decoder serves again."},
        {1, 5, 0.1}, Stage::generative, When::live),
    row<&Params::generative, &Group::monitor_hold_h>({"generative.monitor_hold_h", "Monitor: hold", "h", "Shortest time that the fallback serves."},
        {0, 336, 1}, Stage::generative, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> generative_rows() {
    return kRows;
}

}  // namespace cascadelab
