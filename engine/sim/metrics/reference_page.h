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

// Serves a request without the cascade: a page of so many places in one list, that leaves through
// the policy gate like any other. maker: oracle or nobody. The oracle's line is oracle_best(),
// whatever was shown before; the other's is drawn from a stream that is keyed by (seed,
// Purpose::browsing, person, request number).
void serve_without_cascade(const World& world, const FeatureStore& store, const Params& params,
                           std::uint64_t seed, const Request& request, FeedMaker maker,
                           std::size_t places, CascadeTrace& trace);
FeedMaker maker_of(Recommender recommender);

// The reference pages of a sampled request, as long as the page of the trace, with their facts by
// request_facts(). oracle: as there.
ReferencePages reference_pages(const World& world, const FeatureStore& store, const Params& params,
                               std::uint64_t seed, const Request& request,
                               const CascadeTrace& trace, std::span<const float> profile_share,
                               const ImpressionShares& popularity,
                               std::span<const OracleItem> oracle);

}  // namespace cascadelab
