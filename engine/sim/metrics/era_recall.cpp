#include "engine/sim/metrics/era_recall.h"

#include <algorithm>

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

// The oracle's items among the nearest `candidates` that the person has not watched.
float recall_in(const VectorSpace& space, std::span<const float> query, const CascadeInputs& in,
                std::span<const ItemId> watched, std::span<const OracleItem> oracle) {
    const auto candidates = static_cast<std::size_t>(in.params.retrieval.candidates);
    std::vector<ScoredItem> nearest;
    space.index.search(query, static_cast<int>(candidates + watched.size()),
                       search_breadth(in.params.retrieval), nearest);
    std::erase_if(nearest, [&](const ScoredItem& near) {
        return std::ranges::binary_search(watched, near.item);
    });
    if (nearest.size() > candidates) nearest.resize(candidates);
    const auto found = std::ranges::count_if(oracle, [&](const OracleItem& best) {
        return std::ranges::find(nearest, best.item, &ScoredItem::item) != nearest.end();
    });
    return static_cast<float>(found) / static_cast<float>(oracle.size());
}

}  // namespace

EraRecalls era_recalls(const CascadeInputs& in, const PersonFeatures& person,
                       std::span<const OracleItem> oracle, CascadeScratch& scratch) {
    EraRecalls recalls = no_era_recalls();
    if (oracle.empty()) return recalls;
    for (const Era era : every<Era>) {
        const std::vector<float>& query = scratch.query(era);
        if (query.empty() || !in.models.eras[era].ready()) continue;
        recalls[era] =
            recall_in(in.models.eras[era].space, query, in, person.history->watched, oracle);
    }
    return recalls;
}

}  // namespace cascadelab
