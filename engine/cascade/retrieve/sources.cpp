#include "engine/cascade/retrieve/sources.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/cascade/retrieve/row_candidates.h"

namespace cascadelab {
namespace {

// Exploration brings twice what it may show, so that filters leave enough.
int exploration_quota(const Params& params) {
    return static_cast<int>(2 * params.rerank.exploration_slots);
}

// Of a feed that the decoder makes, or that waits for it: no other source but exploration.
EnumArray<Source, int> feed_quotas(const CascadeInputs& in) {
    EnumArray<Source, int> quotas{};
    if (feed_maker(in.params, in.models) == FeedMaker::generative) {
        quotas[Source::generative] = static_cast<int>(in.params.generative.beam_width);
    }
    quotas[Source::exploration] = exploration_quota(in.params);
    return quotas;
}

}  // namespace

bool always(const CascadeInputs&, const PersonFeatures&, Seconds) {
    return true;
}

bool never(const CascadeInputs&, const PersonFeatures&, Seconds) {
    return false;
}

void propose_at_random(const SourceRequest& asked, int quota, Stream& stream,
                       CascadeScratch& scratch) {
    for (int i = 0; i < quota; ++i)
        scratch.proposals.push_back({ItemId(stream.below(asked.in.cards.size())), 0});
}

void propose_nothing(const SourceRequest&, int, Stream&, CascadeScratch&) {
    CHECK(false);  // no cascade may ask those who make a page of their own
}

EnumArray<Source, int> source_quotas(const CascadeInputs& in, const PersonFeatures& person,
                                     Seconds now_s) {
    if (feed_maker(in.params, in.models) != FeedMaker::cascade) return feed_quotas(in);
    EnumArray<Source, double> weight{};
    double total = 0;
    for (const SourceRow& source : kSources) {
        if (source.weight && source.can_answer(in, person, now_s))
            weight[source.value] = in.params.retrieval.*source.weight;
        total += weight[source.value];
    }
    // Running sums are rounded, not the shares: the quotas add up to the budget.
    EnumArray<Source, int> quotas{};
    const auto budget = static_cast<double>(in.params.retrieval.candidates);
    double sum = 0;
    int given = 0;
    for (std::size_t s = 0; s < enum_count<Source> && total > 0; ++s) {
        sum += weight[s];
        quotas[s] = static_cast<int>(std::lround(budget * sum / total)) - given;
        given += quotas[s];
    }
    quotas[Source::exploration] = exploration_quota(in.params);
    // A row's own candidates come on top of the budget as well: some for every place.
    const PageParams& page = in.params.page;
    if (page.layout == PageLayout::rows) {
        quotas[Source::because_watched] =
            static_cast<int>(page.because_rows * page.row_items) * kNeighboursPerPlace;
        if (page.continue_slot > 0) {
            quotas[Source::continue_watching] = static_cast<int>(2 * page.row_items);
        }
    }
    return quotas;
}

void propose(Source source, const SourceRequest& asked, int quota, Stream& stream,
             CascadeScratch& scratch) {
    std::vector<ScoredItem>& out = scratch.proposals;
    out.clear();
    if (quota <= 0) return;
    const auto most = std::llround((asked.in.params.retrieval.overfetch - 1) * quota);
    const auto hidden =
        static_cast<long long>(asked.filter.most_hidden(static_cast<std::size_t>(quota)));
    kSources[source].propose(asked, quota + static_cast<int>(std::min(most, hidden)), stream,
                             scratch);

    int usable = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (asked.filter.allows(out[i].item) && ++usable == quota) out.resize(i + 1);
    }
}

}  // namespace cascadelab
