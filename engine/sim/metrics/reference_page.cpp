#include "engine/sim/metrics/reference_page.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

std::vector<ItemId> items_of(std::span<const OracleItem> best, std::size_t count) {
    std::vector<ItemId> items;
    for (const OracleItem& item : best.first(std::min(count, best.size())))
        items.push_back(item.item);
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

void trace_page(FeedMaker maker, const Request& request, std::span<const ItemId> page,
                CascadeTrace& trace) {
    CHECK(maker == FeedMaker::oracle || maker == FeedMaker::nobody);
    const Source source = maker == FeedMaker::oracle ? Source::oracle : Source::browsing;
    trace = {};
    trace.person = request.person;
    trace.request = request.number;
    trace.now_s = request.now_s;
    trace.maker = maker;
    for (const ItemId item : page) {
        Candidate& candidate = trace.candidates.emplace_back();
        candidate.item = item;
        candidate.source = source;
        candidate.proposers = only(source);
        candidate.fate = Fate::shown;
        candidate.position = static_cast<std::int8_t>(trace.slate.size());
        candidate.rank = static_cast<std::uint16_t>(trace.slate.size());
        trace.slate.push_back(item);
    }
    const auto count = static_cast<std::uint32_t>(page.size());
    trace.counts.proposed[source] = count;
    trace.counts.merged = trace.counts.filtered = trace.counts.ranked = trace.counts.slate = count;
}

void serve_without_cascade(const World& world, const Params& params, std::uint64_t seed,
                           const Request& request, CascadeTrace& trace) {
    const auto places = static_cast<std::size_t>(params.rerank.slate_size);
    switch (params.policy.recommender) {
        case Recommender::cascade:
            CHECK(false);
        case Recommender::none:
            return trace_page(FeedMaker::nobody, request, browse(world, seed, request, places),
                              trace);
        case Recommender::oracle:
            return trace_page(
                FeedMaker::oracle, request,
                items_of(oracle_best(world, params, request.person, request.now_s, places), places),
                trace);
    }
}

ReferencePages reference_pages(const World& world, const Params& params, std::uint64_t seed,
                               const Request& request, const CascadeTrace& trace,
                               std::span<const float> profile_share,
                               const ImpressionShares& popularity,
                               std::span<const OracleItem> oracle) {
    ReferencePages out;
    const std::size_t places = trace.slate.size();
    const auto take = [&](Reference reference, FeedMaker maker, std::vector<ItemId> page) {
        const auto r = index_of(reference);
        CascadeTrace other;
        trace_page(maker, request, page, other);
        out.facts[r] = request_facts(world, params, other, 0, profile_share, popularity, oracle);
        out.page[r] = std::move(page);
    };
    take(Reference::oracle, FeedMaker::oracle, items_of(oracle, places));
    take(Reference::no_recommender, FeedMaker::nobody, browse(world, seed, request, places));
    const auto same = index_of(Reference::same_requests);
    out.page[same] = trace.slate;
    return out;
}

}  // namespace cascadelab
