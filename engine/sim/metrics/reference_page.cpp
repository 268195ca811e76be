#include "engine/sim/metrics/reference_page.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"
#include "engine/cascade/policy/policy_gate.h"

namespace cascadelab {
namespace {

std::vector<ItemId> items_of(std::span<const OracleItem> best) {
    std::vector<ItemId> items;
    for (const OracleItem& item : best) items.push_back(item.item);
    return items;
}

std::vector<ItemId> browse(const World& world, std::uint64_t seed, const Request& request,
                           std::size_t count) {
    Stream stream(seed, Purpose::browsing, request.person.value, request.number);
    return browsed_page(world, request.person, count, stream);
}

}  // namespace

std::vector<ItemId> browsed_page(const World& world, PersonId person, std::size_t count,
                                 Stream& stream) {
    std::vector<ItemId> open = open_items(world, person);
    count = std::min(count, open.size());
    for (std::size_t place = 0; place < count; ++place) {
        const std::uint64_t other = stream.below(open.size() - place);
        std::swap(open[place], open[place + other]);
    }
    // Its own list: a page is kept for a day, and what could have been on it is the catalogue.
    return {open.begin(), open.begin() + static_cast<std::ptrdiff_t>(count)};
}

void serve_without_cascade(const World& world, const FeatureStore& store, const Params& params,
                           std::uint64_t seed, const Request& request, FeedMaker maker,
                           std::size_t places, CascadeTrace& trace) {
    CHECK(maker == FeedMaker::oracle || maker == FeedMaker::nobody);
    const Source source = maker == FeedMaker::oracle ? Source::oracle : Source::browsing;
    const PolicyGate gate(params, world.catalogue.cards, store.history(request.person),
                          request.region, static_cast<std::int64_t>(places));
    // The gate may stop some, so the line is longer than the page; seldom is it not enough.
    for (std::size_t length = 2 * places;; length *= 2) {
        const std::vector<ItemId> line =
            maker == FeedMaker::oracle
                ? items_of(oracle_best(world, params, request.person, request.now_s, length))
                : browse(world, seed, request, length);
        const bool full = page_of_line(maker, source, request, line, places, gate, trace);
        if (full || line.size() < length) return;
    }
}

FeedMaker maker_of(Recommender recommender) {
    switch (recommender) {
        case Recommender::cascade:
            return FeedMaker::cascade;
        case Recommender::none:
            return FeedMaker::nobody;
        case Recommender::oracle:
            return FeedMaker::oracle;
    }
    CHECK(false);
}

ReferencePages reference_pages(const World& world, const FeatureStore& store, const Params& params,
                               std::uint64_t seed, const Request& request,
                               const CascadeTrace& trace, std::span<const float> profile_share,
                               const ImpressionShares& popularity,
                               std::span<const OracleItem> oracle) {
    ReferencePages out;
    const std::size_t places = trace.slate.size();
    const auto take = [&](Reference reference, FeedMaker maker) {
        CascadeTrace other;
        serve_without_cascade(world, store, params, seed, request, maker, places, other);
        out.facts[reference] =
            request_facts(world, params, other, 0, profile_share, popularity, oracle);
        out.page[reference] = std::move(other.slate);
    };
    take(Reference::oracle, FeedMaker::oracle);
    take(Reference::no_recommender, FeedMaker::nobody);
    out.page[Reference::same_requests] = trace.slate;
    return out;
}

}  // namespace cascadelab
