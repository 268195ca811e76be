#include "engine/cascade/request/eras.h"

#include <algorithm>

namespace cascadelab {

bool era_used(const Params& params, Era era) {
    const EraParams& eras = params.eras;
    const bool tells_decoder =
        era == kDecoderEra && params.generative.condition && generative_used(params);
    return tells_decoder || params.metrics.compare_eras ||
           params.retrieval.*kSources[kEras[era].source].weight > 0 || eras.ranking == era ||
           eras.rows == era || eras.map == era;
}

std::optional<Era> serving_era(const PublishedModels& models, Era wanted) {
    if (models.eras[wanted].ready()) return wanted;
    for (auto era = every<Era>.rbegin(); era != every<Era>.rend(); ++era) {
        if (models.eras[*era].ready()) return *era;
    }
    return std::nullopt;
}

SearchBreadth search_breadth(const RetrievalParams& params) {
    return {.ef = static_cast<int>(params.hnsw_breadth),
            .probes = static_cast<int>(params.ivf_probes)};
}

}  // namespace cascadelab
