#include "engine/cascade/eras.h"

#include <algorithm>
#include <array>

#include "engine/base/error.h"
#include "engine/cascade/generation.h"
#include "engine/cascade/person_vectors.h"

namespace cascadelab {

std::string_view era_label(Era era) {
    switch (era) {
        case Era::factorization:
            return "factorization";
        case Era::two_tower:
            return "two-tower";
        case Era::hstu:
            return "HSTU";
    }
    CHECK(false);
}

bool era_used(const Params& params, Era era) {
    const RetrievalParams& weights = params.retrieval;
    const EraParams& eras = params.eras;
    const double weight = era == Era::hstu        ? weights.hstu
                          : era == Era::two_tower ? weights.two_tower
                                                  : weights.factorization;
    const bool told = era == Era::hstu && params.generative.condition && generative_used(params);
    return told || params.metrics.compare_eras || weight > 0 || eras.ranking == era ||
           eras.rows == era || eras.map == era;
}

bool era_ready(const PublishedModels& models, Era era) {
    switch (era) {
        case Era::factorization:
            return models.factorization && models.factor_space.ready();
        case Era::two_tower:
            return models.two_tower && models.tower_space.ready();
        case Era::hstu:
            return models.hstu && models.hstu_space.ready();
    }
    CHECK(false);
}

std::optional<Era> serving_era(const PublishedModels& models, Era wanted) {
    for (const Era era : {wanted, Era::hstu, Era::two_tower, Era::factorization}) {
        if (era_ready(models, era)) return era;
    }
    return std::nullopt;
}

const VectorSpace& space_of(const PublishedModels& models, Era era) {
    switch (era) {
        case Era::factorization:
            return models.factor_space;
        case Era::two_tower:
            return models.tower_space;
        case Era::hstu:
            return models.hstu_space;
    }
    CHECK(false);
}

SearchBreadth search_breadth(const RetrievalParams& params) {
    return {.ef = static_cast<int>(params.hnsw_breadth),
            .probes = static_cast<int>(params.ivf_probes)};
}

void nearest_items(const PublishedModels& models, const Params& params, ItemId item, int count,
                   std::vector<ScoredItem>& out) {
    const std::optional<Era> era = serving_era(models, params.eras.rows);
    if (!era || count <= 0) return;
    const VectorSpace& space = space_of(models, *era);
    std::span<const float> vector = space[item];
    std::vector<float> query(vector.begin(), vector.end());
    // The dimension that makes all norms equal says nothing of what an item is like.
    if (*era == Era::factorization) search_vector(vector.first(vector.size() - 1), query);
    if (std::ranges::all_of(query, [](float x) { return x == 0; })) return;

    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    space.index.search(query, count + 1, search_breadth(params.retrieval), out);
    const auto itself = std::find_if(out.begin() + begin, out.end(),
                                     [&](const ScoredItem& near) { return near.item == item; });
    if (itself != out.end()) out.erase(itself);
    const std::size_t most = static_cast<std::size_t>(begin) + static_cast<std::size_t>(count);
    if (out.size() > most) out.resize(most);
}

}  // namespace cascadelab
