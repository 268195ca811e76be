#include "engine/cascade/retrieve/generation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr std::size_t kPrunedDrawn = 40;  // pruned prefixes a step that are kept for the picture

// The person's last watches, and their digits.
void read_past(const GenerativeModel& model, const PersonFeatures& person,
               GenerationScratch& scratch) {
    scratch.past_items.clear();
    for (const PersonToken& token : person.sequence->tokens) {
        if (token.action == TokenAction::watch) scratch.past_items.push_back(token.item);
    }
    const auto length = static_cast<std::size_t>(model.decoder->shape().length);
    if (scratch.past_items.size() > length) {
        scratch.past_items.erase(scratch.past_items.begin(),
                                 scratch.past_items.end() - static_cast<std::ptrdiff_t>(length));
    }
    scratch.past = digits_of(*model.ids, scratch.past_items);
}

// The person's vector, where the decoder wants one of that width.
std::span<const float> person_vector(const GenerativeModel& model, const CascadeScratch& scratch) {
    const std::vector<float>& vector = scratch.query(kDecoderEra);
    const bool fits = std::ssize(vector) == model.decoder->shape().person_width;
    return fits ? std::span<const float>(vector) : std::span<const float>();
}

// What must not be spelled for this person, ascending.
void collect_excluded(const SourceRequest& asked, std::vector<ItemId>& excluded) {
    excluded.clear();
    const PersonHistory& history = *asked.person.history;
    const double window_s = asked.in.params.generative.repeat_window_h * kHour;
    for (const ItemId item : history.watched) {
        if (!asked.filter.allows(item)) excluded.push_back(item);
    }
    excluded.insert(excluded.end(), history.blocked.begin(), history.blocked.end());
    for (const ShownItem shown : history.shown) {
        const bool lately = static_cast<double>(asked.request.now_s - shown.time_s) < window_s;
        if (lately || !asked.filter.allows(shown.item)) excluded.push_back(shown.item);
    }
    std::ranges::sort(excluded);
    const auto repeated = std::ranges::unique(excluded);
    excluded.erase(repeated.begin(), repeated.end());
}

// Every prefix that was looked at, with its digits: the tree's own numbers mean nothing outside.
void draw_picture(const CodeTree& tree, const GenerationScratch& scratch, BeamPicture& picture) {
    picture = {};
    picture.past = scratch.past_items;
    for (std::size_t digit = 0; digit < scratch.trace.steps.size(); ++digit) {
        const auto& looked = scratch.trace.steps[digit];
        auto& step = picture.steps.emplace_back();
        picture.looked_at.push_back(static_cast<std::uint32_t>(looked.size()));
        std::size_t pruned = 0;
        for (const BeamCandidate& candidate : looked) {
            if (!candidate.kept && ++pruned > kPrunedDrawn) break;
            BeamPrefix& prefix = step.emplace_back();
            if (digit > 0) prefix.codes = picture.steps[digit - 1][candidate.parent].codes;
            prefix.codes.push_back(tree.code(candidate.node));
            prefix.parent = static_cast<std::uint32_t>(candidate.parent);
            prefix.items = static_cast<std::uint32_t>(tree.item_count(candidate.node));
            prefix.log_probability = static_cast<float>(candidate.log_probability);
            prefix.score = static_cast<float>(candidate.score);
            prefix.kept = candidate.kept;
        }
    }
}

// Mean 0 and variance 1; all 0 where they do not differ.
void standardise(std::span<double> values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double variance = 0;
    for (const double value : values) variance += (value - mean) * (value - mean) / count;
    const double deviation = std::sqrt(variance);
    for (double& value : values) value = deviation > 1e-9 ? (value - mean) / deviation : 0;
}

}  // namespace

FeedMaker feed_maker(const Params& params, const PublishedModels& models) {
    if (params.policy.recommender == Recommender::none) return FeedMaker::nobody;
    if (params.policy.recommender == Recommender::oracle) return FeedMaker::oracle;
    if (params.generative.feed == GenerativeFeed::off) return FeedMaker::cascade;
    if (models.generative.serves()) return FeedMaker::generative;
    switch (params.generative.fallback) {
        case GenerativeFallback::popular:
            return FeedMaker::popular;
        case GenerativeFallback::cascade:
            return FeedMaker::cascade;
    }
    CHECK(false);
}

bool decoder_serves(const CascadeInputs& in, const PersonFeatures&, Seconds) {
    return in.models.generative.serves();
}

// Appends up to quota items to scratch.proposals, as beam search found them, each with its
// log-probability; at most generative.beam_width. What policy or generative.repeat_window_h keeps
// from this person is never spelled; licences it does not know. Draws from the stream only when
// generative.sample is on.
void propose_generated(const SourceRequest& asked, int quota, Stream& stream,
                       CascadeScratch& scratch) {
    const GenerativeModel& model = asked.in.models.generative;
    const GenerativeParams& params = asked.in.params.generative;
    GenerationScratch& own = scratch.generation;
    read_past(model, asked.person, own);
    collect_excluded(asked, own.excluded);
    BeamSettings settings;
    settings.width = static_cast<std::size_t>(params.beam_width);
    settings.temperature = params.temperature;
    settings.diversity = params.diversity;
    BeamRequest wanted{own.past, person_vector(model, scratch), own.excluded};
    // A stream of its own: how much it draws moves nothing else.
    std::optional<Stream> chance;
    if (params.sample) {
        chance.emplace(stream.bits(), Purpose::beam, asked.request.person.value,
                       asked.request.number);
        wanted.chance = &*chance;
    }
    const std::vector<GeneratedItem> found =
        beam_search(*model.decoder, *model.tree, wanted, settings, own.work,
                    asked.request.explain ? &own.trace : nullptr);
    const std::size_t most = std::min(settings.width, static_cast<std::size_t>(quota));
    for (const GeneratedItem& each : std::span(found).first(std::min(found.size(), most)))
        scratch.proposals.push_back({each.item, static_cast<float>(each.log_probability)});
    if (!asked.request.explain) return;
    draw_picture(*model.tree, own, own.picture);
    for (const ScoredItem& each : scratch.proposals) own.picture.found.push_back(each.item);
}

void rescore(const CascadeInputs& in, const PersonFeatures& person, CascadeScratch& scratch,
             CascadeTrace& trace) {
    const double weight = in.params.generative.rescoring;
    if (weight <= 0 || !in.models.generative.serves() || scratch.order.empty()) return;
    const GenerativeModel& model = in.models.generative;
    GenerationScratch& own = scratch.generation;
    read_past(model, person, own);
    std::vector<ItemId> items;
    std::vector<double> values;
    for (const std::uint32_t i : scratch.order) {
        items.push_back(trace.candidates[i].item);
        values.push_back(static_cast<double>(trace.candidates[i].value));
    }
    const ScoringRequest asked{own.past, person_vector(model, scratch), items,
                               in.params.generative.temperature};
    std::vector<double> likely = score_items(*model.decoder, *model.ids, asked, own.work);
    double least = 0;
    for (const double score : likely) {
        if (std::isfinite(score)) least = std::min(least, score);
    }
    for (double& score : likely) score = std::max(score, least);
    standardise(likely);
    standardise(values);
    for (std::size_t k = 0; k < items.size(); ++k) {
        trace.candidates[scratch.order[k]].value =
            static_cast<float>((1 - weight) * values[k] + weight * likely[k]);
    }
}

}  // namespace cascadelab
