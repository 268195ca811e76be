#include "engine/cascade/retrieve/sources.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/cascade/retrieve/row_candidates.h"

namespace cascadelab {
namespace {

constexpr Seconds kSearchMemory = 24 * kHour;  // a search is an intent for a day
constexpr std::size_t kFreshLooked = 512;      // newest releases that are compared with the person

bool has_search_intent(const PersonFeatures& person, Seconds now_s) {
    const PersonRealtime& realtime = *person.realtime;
    return realtime.search_topic != 0xFF && now_s - realtime.searched_s < kSearchMemory;
}

double weight_of(Source source, const RetrievalParams& params) {
    switch (source) {
        case Source::search_intent:
            return params.search_intent;
        case Source::two_tower:
            return params.two_tower;
        case Source::hstu:
            return params.hstu;
        case Source::generative:
            return params.generative;
        case Source::factorization:
            return params.factorization;
        case Source::covisitation:
            return params.covisitation;
        case Source::trending:
            return params.trending;
        case Source::fresh:
            return params.fresh;
        case Source::followed:
            return params.followed;
        case Source::exploration:
        case Source::because_watched:
        case Source::continue_watching:
        case Source::fallback:
        case Source::browsing:
        case Source::oracle:
            return 0;
    }
    CHECK(false);
}

bool can_answer(Source source, const CascadeInputs& in, const PersonFeatures& person,
                Seconds now_s) {
    const PublishedModels& models = in.models;
    switch (source) {
        case Source::search_intent:
            return has_search_intent(person, now_s);
        case Source::two_tower:
            return era_ready(models, Era::two_tower);
        case Source::hstu:
            return era_ready(models, Era::hstu) && !person.sequence->tokens.empty();
        case Source::generative:
            return models.generative.serves();
        case Source::factorization:
            return era_ready(models, Era::factorization);
        case Source::covisitation:
            return models.covisitation && !person.realtime->recent.empty();
        case Source::trending:
            return models.popularity && !models.popularity->ranked.empty();
        case Source::fresh:
            return !models.newest.empty();
        case Source::followed:
            return !person.history->listed.empty() || !person.history->followed.empty();
        case Source::exploration:
        case Source::because_watched:
        case Source::continue_watching:
        case Source::fallback:
            return true;
        case Source::browsing:
        case Source::oracle:
            return false;
    }
    CHECK(false);
}

void propose_ranked(std::span<const ItemId> ranked, int quota, std::vector<ScoredItem>& out) {
    const std::size_t count = std::min(ranked.size(), static_cast<std::size_t>(quota));
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back({ranked[i], 1.0f / static_cast<float>(1 + i)});
    }
}

// Sums the neighbours of the person's recent items, the newest counting most.
void propose_covisited(const CascadeInputs& in, const PersonFeatures& person, int quota,
                       CascadeScratch& scratch) {
    scratch.begin_round(in.cards.size());
    scratch.collected.clear();
    float weight = 1;
    for (auto recent = person.realtime->recent.rbegin(); recent != person.realtime->recent.rend();
         ++recent) {
        for (const ScoredItem& neighbour : in.models.covisitation->neighbours(recent->item)) {
            if (!scratch.touched(neighbour.item)) {
                scratch.stamp[neighbour.item.index()] = scratch.round;
                scratch.slot[neighbour.item.index()] =
                    static_cast<std::uint32_t>(scratch.collected.size());
                scratch.collected.push_back({neighbour.item, 0});
            }
            scratch.collected[scratch.slot[neighbour.item.index()]].score +=
                weight * neighbour.score;
        }
        weight *= 0.9f;
    }
    const auto count =
        std::min<std::size_t>(scratch.collected.size(), static_cast<std::size_t>(quota));
    const auto middle = scratch.collected.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(scratch.collected.begin(), middle, scratch.collected.end(), ranks_before);
    scratch.proposals.assign(scratch.collected.begin(), middle);
}

// New releases, nearest to the person first: in the space of eras.ranking when it has vectors of
// new items, else by the content profile.
void propose_fresh(const CascadeInputs& in, const PersonFeatures& person, int quota,
                   CascadeScratch& scratch) {
    const std::optional<Era> era = serving_era(in.models, in.params.eras.ranking);
    const bool by_era = era && *era != Era::factorization && !scratch.query(*era).empty();
    const std::size_t looked = std::min(in.models.newest.size(), kFreshLooked);
    for (ItemId item : std::span(in.models.newest).first(looked)) {
        float score = 0;
        if (by_era) {
            score = era_similarity(in.models, scratch, *era, item);
        } else if (!person.realtime->profile.empty()) {
            score = dot(person.realtime->profile, in.content[item.index()]);
        }
        scratch.proposals.push_back({item, score});
    }
    std::ranges::sort(scratch.proposals, ranks_before);
    if (scratch.proposals.size() > static_cast<std::size_t>(quota)) scratch.proposals.resize(quota);
}

// The most popular, then what nobody has watched lately, newest first.
void propose_fallback(const SourceRequest& asked, int quota, CascadeScratch& scratch) {
    const auto wanted = static_cast<std::size_t>(quota);
    std::vector<ItemId> found;
    const auto usable = [&](ItemId item) {
        return !scratch.merged(item) && asked.filter.allows(item);
    };
    const Popularity nothing;
    const Popularity& popularity =
        asked.in.models.popularity ? *asked.in.models.popularity : nothing;
    for (ItemId item : popularity.ranked) {
        if (found.size() < wanted && usable(item)) found.push_back(item);
    }
    if (found.size() < wanted) {
        const std::size_t popular = found.size();
        for (std::size_t i = 0; i < asked.in.cards.size(); ++i) {
            const bool is_popular = i < popularity.score.size() && popularity.score[i] > 0;
            if (!is_popular && usable(ItemId(i))) found.push_back(ItemId(i));
        }
        std::sort(found.begin() + static_cast<std::ptrdiff_t>(popular), found.end(),
                  [&](ItemId a, ItemId b) {
                      const Seconds x = asked.in.cards[a.index()].released_s,
                                    y = asked.in.cards[b.index()].released_s;
                      return x != y ? x > y : a > b;
                  });
    }
    propose_ranked(found, quota, scratch.proposals);
}

// What the person asked to keep, then what is new of the creators they follow, newest first.
void propose_followed(const CascadeInputs& in, const PersonHistory& history, int quota,
                      std::vector<ScoredItem>& out) {
    std::vector<ItemId> found(history.listed.rbegin(), history.listed.rend());
    for (const ItemId item : in.models.newest) {
        const CreatorId creator = in.cards[item.index()].creator;
        if (!std::ranges::binary_search(history.followed, creator)) continue;
        if (!std::ranges::binary_search(history.listed, item)) found.push_back(item);
    }
    propose_ranked(found, quota, out);
}

// Neighbours of what was watched last; which belongs to which is remembered for the rows.
void propose_neighbours(const SourceRequest& asked, int quota, CascadeScratch& scratch) {
    const auto rows = static_cast<int>(asked.in.params.page.because_rows);
    scratch.neighbourhoods = neighbourhoods_of(asked.in, asked.person, quota / std::max(rows, 1));
    for (const Neighbourhood& near : scratch.neighbourhoods)
        scratch.proposals.insert(scratch.proposals.end(), near.items.begin(), near.items.end());
}

// All of a source's items that a quota is looked for in.
void look_up(Source source, const SourceRequest& asked, int quota, Stream& stream,
             CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    const PersonFeatures& person = asked.person;
    std::vector<ScoredItem>& out = scratch.proposals;
    const auto search = [&](Era era) {
        if (scratch.query(era).empty()) return;  // the era does not know this person
        space_of(in.models, era)
            .index.search(scratch.query(era), quota, search_breadth(in.params.retrieval), out);
    };
    switch (source) {
        case Source::search_intent:
            return propose_ranked(in.models.topic_lists[person.realtime->search_topic], quota, out);
        case Source::two_tower:
            return search(Era::two_tower);
        case Source::hstu:
            return search(Era::hstu);
        case Source::generative:
            return propose_generated(asked, quota, stream, scratch);
        case Source::factorization:
            return search(Era::factorization);
        case Source::covisitation:
            return propose_covisited(in, person, quota, scratch);
        case Source::trending:
            return propose_ranked(in.models.popularity->ranked, quota, out);
        case Source::fresh:
            return propose_fresh(in, person, quota, scratch);
        case Source::exploration:
            for (int i = 0; i < quota; ++i)
                out.push_back({ItemId(stream.below(in.cards.size())), 0});
            return;
        case Source::because_watched:
            return propose_neighbours(asked, quota, scratch);
        case Source::continue_watching:
            return propose_unfinished(in, person, asked.request.now_s, quota, out);
        case Source::followed:
            return propose_followed(in, *person.history, quota, out);
        case Source::fallback:
            return propose_fallback(asked, quota, scratch);
        case Source::browsing:
        case Source::oracle:
            CHECK(false);  // no cascade may ask them
    }
}

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

EnumArray<Source, int> source_quotas(const CascadeInputs& in, const PersonFeatures& person,
                                     Seconds now_s) {
    if (feed_maker(in.params, in.models) != FeedMaker::cascade) return feed_quotas(in);
    EnumArray<Source, double> weight{};
    double total = 0;
    for (std::size_t s = 0; s < enum_count<Source>; ++s) {
        const auto source = static_cast<Source>(s);
        if (can_answer(source, in, person, now_s))
            weight[s] = weight_of(source, in.params.retrieval);
        total += weight[s];
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
    look_up(source, asked, quota + static_cast<int>(std::min(most, hidden)), stream, scratch);

    int usable = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (asked.filter.allows(out[i].item) && ++usable == quota) out.resize(i + 1);
    }
}

}  // namespace cascadelab
