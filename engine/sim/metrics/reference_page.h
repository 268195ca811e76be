// Pages that no cascade makes: what the ideal recommender would show a person, and what a person
// meets who has none. Above the cascade, which may not see hidden truth. Pure functions; any thread
// between ticks.
#pragma once

#include "engine/cascade/request/request.h"
#include "engine/sim/metrics/metrics.h"

namespace cascadelab {

// No recommender: items drawn evenly and without replacement from open_items(), so that exposure
// depends on neither taste nor anything done before (the random baseline of Chaney et al. 2018; in
// Aridor et al. 2020 people without recommendation likewise face the whole catalogue alike). Fewer
// when fewer are open. In the order they were drawn.
std::vector<ItemId> browsed_page(const World& world, PersonId person, std::size_t count,
                                 Stream& stream);

// The trace of a request whose page somebody else made: every item proposed by that source, ranked
// as it stands, shown. maker: oracle or nobody.
void trace_page(FeedMaker maker, const Request& request, std::span<const ItemId> page,
                CascadeTrace& trace);

// Serves a request as params.policy.recommender says, where that is not the cascade: the page has
// rerank.slate_size places in one list. The oracle's is oracle_best(), whatever was shown before.
// The stream of browsing is keyed by (seed, Purpose::browsing, person, request number).
void serve_without_cascade(const World& world, const Params& params, std::uint64_t seed,
                           const Request& request, CascadeTrace& trace);

// The reference pages of a sampled request, as long as the page of the trace, with their facts by
// request_facts(). oracle: as there.
ReferencePages reference_pages(const World& world, const Params& params, std::uint64_t seed,
                               const Request& request, const CascadeTrace& trace,
                               std::span<const float> profile_share,
                               const ImpressionShares& popularity,
                               std::span<const OracleItem> oracle);

}  // namespace cascadelab
