// Random small worlds, parameters and requests for property tests of the cascade, the generative
// retriever among its sources: codes of any shape, codes that an incident corrupted, items without
// codes, decoders of other codes. For tests that use RapidCheck.
#pragma once

#include <rapidcheck.h>

#include <set>

#include "tests/worlds/small_cascade.h"
#include "tests/worlds/small_codes.h"

namespace cascadelab {

inline double random_share(int parts) {
    return *rc::gen::inRange(0, parts + 1) / double(parts);
}

// Limits within which the parameters of a random request are drawn; the cascade makes the page.
inline Params random_params() {
    Params params;
    RetrievalParams& retrieval = params.retrieval;
    retrieval.candidates = *rc::gen::inRange(20, 120);
    retrieval.overfetch = *rc::gen::inRange(2, 9) / 2.0;
    for (double* weight : {&retrieval.two_tower, &retrieval.generative, &retrieval.factorization,
                           &retrieval.covisitation, &retrieval.trending, &retrieval.fresh,
                           &retrieval.search_intent}) {
        *weight = random_share(4);
    }
    retrieval.fresh_window_h = *rc::gen::inRange(1, 120);
    GenerativeParams& generative = params.generative;
    generative.beam_width = *rc::gen::inRange(1, 60);
    generative.temperature = *rc::gen::inRange(1, 30) / 10.0;
    generative.diversity = *rc::gen::element(0.0, 0.5, 5.0);
    generative.sample = *rc::gen::arbitrary<bool>();
    generative.repeat_window_h = *rc::gen::inRange(0, 72);
    params.ranking.enabled = *rc::gen::inRange(0, 4) > 0;
    params.ranking.keep = *rc::gen::inRange(30, 80);
    params.rerank.slate_size = *rc::gen::inRange(1, 16);
    params.rerank.method =
        *rc::gen::element(RerankMethod::none, RerankMethod::mmr, RerankMethod::dpp);
    params.rerank.diversity = random_share(10);
    params.rerank.franchise_cap = *rc::gen::inRange(1, 4);
    params.rerank.promote_new = *rc::gen::inRange(0, 6);
    params.rerank.exploration_slots = *rc::gen::inRange(0, 6);
    params.policy.hide_watched = *rc::gen::arbitrary<bool>();
    params.policy.licences = *rc::gen::arbitrary<bool>();
    params.policy.repeat_after_h = *rc::gen::inRange(0, 48);
    params.policy.personalisation_bound = random_share(4);
    params.policy.topic_cap = *rc::gen::inRange(2, 21) / 20.0;
    return params;
}

// Codes as they would serve: learned from the older items, given to some or all of those released
// since, perhaps corrupted, with a decoder that may speak of an older codebook.
inline GenerativeModel random_generative_model(const Catalogue& catalogue) {
    const auto older = *rc::gen::inRange(catalogue.size() / 2, catalogue.size() + 1);
    TokenizerSettings settings{
        .kind = *rc::gen::element(TokenizerKind::residual_kmeans, TokenizerKind::balanced_kmeans),
        .levels = *rc::gen::inRange(1, 4),
        .codes = *rc::gen::inRange(2, 9),
        .start = *rc::gen::element(KmeansStart::plus_plus, KmeansStart::random_normal)};
    settings.reset_dead = *rc::gen::arbitrary<bool>();
    settings.extra_digit = *rc::gen::arbitrary<bool>();
    settings.version = 4;
    GenerativeModel model;
    const auto rows = static_cast<Eigen::Index>(older);
    model.take_codes(tokenize(catalogue.content.matrix().topRows(rows), settings), kHour);
    const std::uint64_t spoken = *rc::gen::inRange(0, 8) > 0 ? settings.version : 3;
    const auto shape = small_shape(decoder_alphabets(*model.ids));
    model.take_decoder(std::make_shared<const CodeDecoder>(loud_net<float>(shape, older), spoken,
                                                           std::vector<double>()),
                       kHour);
    if (*rc::gen::arbitrary<bool>()) model.take_in_items(catalogue.content);
    if (*rc::gen::arbitrary<bool>())
        model.corrupt(random_share(5), Stream(older, Purpose::corrupt_codes));
    model.halted = *rc::gen::inRange(0, 8) == 0;
    return model;
}

inline SmallCascade random_world() {
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1000);
    const auto items = static_cast<std::size_t>(*rc::gen::inRange(12, 160));
    SmallCascade world(seed, items);
    world.params = random_params();
    if (*rc::gen::inRange(0, 5) == 0) world.models.ranker = nullptr;
    world.models.generative = random_generative_model(world.catalogue);
    return world;
}

inline PersonId random_person() {
    return PersonId(*rc::gen::inRange<std::size_t>(0, SmallCascade::kPeople));
}

// Judges the trace of a hundred random requests in worlds that `make` makes.
template <class Make, class Judge>
bool for_random_requests(const char* what, Make&& make, Judge&& judge) {
    return rc::check(what, [&] {
        SmallCascade world = make();
        const Request request = world.request(random_person());
        CascadeWorkspace workspace;
        judge(world, request, world.run(request, workspace));
    });
}
template <class Judge>
bool for_random_requests(const char* what, Judge&& judge) {
    return for_random_requests(what, random_world, std::forward<Judge>(judge));
}

inline const Candidate& candidate_of(const CascadeTrace& trace, ItemId item) {
    return *std::ranges::find(trace.candidates, item, &Candidate::item);
}

// The filter an item must fall by, looked up the slow way; Fate::score when it may be shown.
inline Fate filter_of(const SmallCascade& world, const Request& request, ItemId item) {
    const PersonHistory& history = world.store.history(request.person);
    const PolicyParams& policy = world.params.policy;
    const bool watched = std::ranges::count(history.watched, item) > 0;
    const bool blocked = std::ranges::count(history.blocked, item) > 0;
    const bool licensed = (world.catalogue.cards[item.index()].regions >> request.region & 1) != 0;
    bool recent = false;
    for (const ShownItem shown : history.shown) {
        const auto hours = double(world.now_s - shown.time_s) / kHour;
        recent |= shown.item == item && hours < policy.repeat_after_h;
    }
    return policy.hide_watched && watched ? Fate::watched
           : recent                       ? Fate::shown_recently
           : policy.licences && !licensed ? Fate::not_licensed
           : blocked                      ? Fate::not_interested
                                          : Fate::score;
}

// Both must hold of every trace, whoever makes the page.
inline void assert_stages_only_take_away(const CascadeTrace& trace) {
    const StageCounts& counts = trace.counts;
    RC_ASSERT(counts.merged == trace.candidates.size());
    RC_ASSERT(counts.filtered <= counts.merged);
    RC_ASSERT(counts.ranked <= counts.filtered);
    RC_ASSERT(counts.slate <= counts.filtered);
    RC_ASSERT(counts.slate == trace.slate.size());
    std::uint32_t filtered = 0, cut = 0;
    for (const Candidate& c : trace.candidates) {
        filtered += c.rank != kUnranked;
        if (c.rank == kUnranked) continue;
        RC_ASSERT(c.rank < counts.filtered);
        cut += c.rank >= counts.ranked;
        if (c.fate == Fate::below_cut) RC_ASSERT(c.rank >= counts.ranked);
    }
    RC_ASSERT(filtered == counts.filtered);
    RC_ASSERT(cut == counts.filtered - counts.ranked);
}

inline void assert_every_candidate_is_there_once(const CascadeTrace& trace) {
    std::set<ItemId> items;
    std::set<int> positions;
    for (const Candidate& c : trace.candidates) {
        RC_ASSERT(items.insert(c.item).second);
        RC_ASSERT((c.fate == Fate::shown) == (c.position >= 0));
        RC_ASSERT((c.proposers >> static_cast<unsigned>(c.source) & 1) == 1);
        if (c.position < 0) continue;
        RC_ASSERT(positions.insert(c.position).second);
        RC_ASSERT(trace.slate[static_cast<std::size_t>(c.position)] == c.item);
    }
    RC_ASSERT(positions.size() == trace.slate.size());
    RC_ASSERT(std::set<ItemId>(trace.slate.begin(), trace.slate.end()).size() ==
              trace.slate.size());
}

}  // namespace cascadelab
