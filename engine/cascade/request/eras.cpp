#include "engine/cascade/request/eras.h"

#include <algorithm>
#include <array>

#include "engine/base/error.h"

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

}  // namespace cascadelab
