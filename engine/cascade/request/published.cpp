#include "engine/cascade/request/published.h"

namespace cascadelab {

VectorSpace make_space(Matrix vectors, const IndexSettings& settings) {
    VectorSpace space;
    space.fresh.dims = static_cast<std::size_t>(vectors.cols());
    space.unknown.assign(space.fresh.dims, 0.0f);
    space.index = LiveIndex(build_index(vectors, settings));
    space.trained = std::make_shared<const Matrix>(std::move(vectors));
    return space;
}

std::size_t PublishedModels::unshared_bytes(const PublishedModels& earlier) const {
    // The vectors themselves, the index's copy of them with its links, and the model's own rows.
    constexpr std::size_t kCopies = 4;
    const auto of = [](const VectorSpace& space, const VectorSpace& before) {
        std::size_t bytes = space.fresh.data.size() * sizeof(float);
        if (!space.ready() || space.trained == before.trained) return bytes;
        bytes += kCopies * sizeof(float) * static_cast<std::size_t>(space.trained->size());
        if (space.people) bytes += sizeof(float) * static_cast<std::size_t>(space.people->size());
        return bytes;
    };
    std::size_t bytes = of(factor_space, earlier.factor_space) +
                        of(tower_space, earlier.tower_space) + of(hstu_space, earlier.hstu_space);
    if (factorization && factorization != earlier.factorization)
        bytes += sizeof(float) * static_cast<std::size_t>(factorization->people.size());
    if (covisitation && covisitation != earlier.covisitation)
        bytes += covisitation->size() * sizeof(ScoredItem);
    return bytes;
}

}  // namespace cascadelab
