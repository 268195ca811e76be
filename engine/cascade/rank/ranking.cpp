#include "engine/cascade/rank/ranking.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "engine/cascade/rank/levers.h"
#include "engine/cascade/rank/popularity_discount.h"
#include "engine/cascade/rank/ranker.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/cascade/retrieve/person_vectors.h"

namespace cascadelab {
namespace {

// Rows of the filtered candidates from the first-th of scratch.order on.
void assemble_rows(const CascadeInputs& in, const RowFiller& filler, std::size_t first,
                   CascadeScratch& scratch, const CascadeTrace& trace) {
    const std::size_t columns = ranking_columns().size();
    scratch.rows.resize(std::max(scratch.rows.size(), scratch.order.size() * columns));
    const auto era = serving_era(in.models, in.params.eras.ranking);
    float* row = scratch.rows.data() + first * columns;
    for (std::uint32_t i : std::span(scratch.order).subspan(first)) {
        const Candidate& candidate = trace.candidates[i];
        ServedColumns served;
        served.retrieval_score = candidate.retrieval_score;
        served.proposers = static_cast<float>(std::popcount(candidate.proposers));
        if (proposed_by(candidate, Source::continue_watching))
            served.surface = static_cast<float>(Surface::continue_watching);
        if (era) served.era_similarity = era_similarity(in.models, scratch, *era, candidate.item);
        served.factor_score =
            era_similarity(in.models, scratch, Era::factorization, candidate.item);
        filler.fill(candidate.item, served, row);
        row += columns;
    }
}

// Bounded personalisation: the personal value may move an item from its population value by at most
// bound times the largest such move in this request. The population value uses the same weights on
// the item's own rates.
void bound_personalisation(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                           CascadeTrace& trace) {
    const double bound = in.params.policy.personalisation_bound;
    if (bound >= 1) return;
    const auto population_value = [&](ItemId item) {
        const ItemBatch& batch = in.store.item_batch(item, request.now_s, in.params.features);
        return value_of(in.params.ranking, {batch.click_rate, batch.click_rate * batch.watch_share,
                                            batch.click_rate * batch.like_rate, 0});
    };
    float largest = 0;
    for (std::uint32_t i : scratch.order) {
        const Candidate& candidate = trace.candidates[i];
        largest = std::max(largest, std::abs(candidate.value - population_value(candidate.item)));
    }
    const auto most = static_cast<float>(bound) * largest;
    for (std::uint32_t i : scratch.order) {
        Candidate& candidate = trace.candidates[i];
        const float population = population_value(candidate.item);
        candidate.value = population + std::clamp(candidate.value - population, -most, most);
    }
}

}  // namespace

void rank_candidates(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     const RowFiller& filler, CascadeScratch& scratch, CascadeTrace& trace) {
    const std::size_t count = scratch.order.size();
    const bool model = in.params.ranking.enabled && in.models.ranker != nullptr;
    if (model || request.explain || request.keep_rows) assemble_rows(in, filler, 0, scratch, trace);
    if (model && count > 0) {
        scratch.heads.resize(std::max(scratch.heads.size(), kOutcomeCount * count));
        scratch.outcomes.resize(std::max(scratch.outcomes.size(), count));
        predict_outcomes(*in.models.ranker, scratch.rows.data(), count, scratch.heads,
                         scratch.outcomes);
    }
    for (std::size_t k = 0; k < count; ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        if (!model) {
            // Without a ranker sources take turns: an item is worth its place inside its own
            // source.
            candidate.value = 1.0f / static_cast<float>(1 + candidate.rank);
            continue;
        }
        const OutcomeScores& scores = scratch.outcomes[k];
        candidate.click = scores.click;
        candidate.watch = scores.watch;
        candidate.like = scores.like;
        candidate.not_interested = scores.not_interested;
        candidate.value = value_of(in.params.ranking, scores);
    }
    bound_personalisation(in, request, scratch, trace);
    rescore(in, person, scratch, trace);
    discount_popularity(in, request, scratch, trace);
    heed_levers(in, request, *person.history, scratch, trace);

    auto keep = std::min(count, static_cast<std::size_t>(in.params.ranking.keep));
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
        const Candidate &x = trace.candidates[a], &y = trace.candidates[b];
        return x.value != y.value ? x.value > y.value : x.item < y.item;
    };
    std::ranges::sort(scratch.order, better);
    // A row's own candidates are not cut: their row has no others.
    const auto cut = scratch.order.begin() + static_cast<std::ptrdiff_t>(keep);
    const auto below = std::stable_partition(cut, scratch.order.end(), [&](std::uint32_t i) {
        return proposed_by(trace.candidates[i], Source::because_watched) ||
               proposed_by(trace.candidates[i], Source::continue_watching);
    });
    keep = static_cast<std::size_t>(below - scratch.order.begin());
    for (std::size_t k = 0; k < count; ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        candidate.rank = static_cast<std::uint16_t>(k);
        if (k >= keep) candidate.fate = Fate::below_cut;
    }
    trace.counts.ranked = static_cast<std::uint32_t>(keep);
}

void keep_order(const CascadeInputs& in, const Request& request, const RowFiller& filler,
                CascadeScratch& scratch, CascadeTrace& trace) {
    if (request.explain || request.keep_rows) assemble_rows(in, filler, 0, scratch, trace);
    const auto is_explored = [&](std::uint32_t i) {
        return trace.candidates[i].source == Source::exploration;
    };
    const auto in_line = std::ranges::stable_partition(scratch.order, std::not_fn(is_explored));
    const auto ranked = static_cast<std::size_t>(in_line.begin() - scratch.order.begin());
    for (std::size_t k = 0; k < scratch.order.size(); ++k) {
        Candidate& candidate = trace.candidates[scratch.order[k]];
        candidate.rank = static_cast<std::uint16_t>(k);
        candidate.value = -static_cast<float>(k);
        if (k >= ranked) candidate.fate = Fate::below_cut;
    }
    trace.counts.ranked = static_cast<std::uint32_t>(ranked);
}

void join_line(const CascadeInputs& in, const Request& request, const RowFiller& filler,
               std::size_t first, CascadeScratch& scratch, CascadeTrace& trace) {
    const std::size_t ranked = scratch.order.size();
    for (std::size_t i = first; i < trace.candidates.size(); ++i) {
        Candidate& candidate = trace.candidates[i];
        candidate.rank = static_cast<std::uint16_t>(scratch.order.size());
        candidate.fate = Fate::below_cut;
        scratch.order.push_back(static_cast<std::uint32_t>(i));
    }
    // The rows of all candidates stand in merge order, and these were merged last.
    if (request.explain || request.keep_rows) assemble_rows(in, filler, ranked, scratch, trace);
    trace.counts.filtered = static_cast<std::uint32_t>(scratch.order.size());
}

std::vector<float> slate_rows(const CascadeScratch& scratch, const CascadeTrace& trace) {
    const std::size_t columns = ranking_columns().size();
    std::vector<float> rows(trace.slate.size() * columns);
    for_each_row(scratch, trace, [&](std::size_t i, const float* row) {
        const int position = trace.candidates[i].position;
        if (position >= 0)
            std::copy_n(row, columns, rows.data() + static_cast<std::size_t>(position) * columns);
    });
    return rows;
}

}  // namespace cascadelab
