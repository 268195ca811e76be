#include "engine/cascade/request/vector_space.h"

namespace cascadelab {

std::size_t VectorSpace::unshared_bytes(const VectorSpace& earlier) const {
    // The vectors themselves, the index's copy of them with its links, and the model's own rows.
    constexpr std::size_t kCopies = 4;
    std::size_t bytes = fresh.data.size() * sizeof(float);
    if (!ready() || trained == earlier.trained) return bytes;
    bytes += kCopies * sizeof(float) * static_cast<std::size_t>(trained->size());
    if (people) bytes += sizeof(float) * static_cast<std::size_t>(people->size());
    return bytes;
}

VectorSpace make_space(Matrix vectors, const IndexSettings& settings) {
    VectorSpace space;
    space.fresh.dims = static_cast<std::size_t>(vectors.cols());
    space.unknown.assign(space.fresh.dims, 0.0f);
    space.index = LiveIndex(build_index(vectors, settings));
    space.trained = std::make_shared<const Matrix>(std::move(vectors));
    return space;
}

std::span<const float> row_of(const Matrix& people, PersonId person) {
    if (person.index() >= static_cast<std::size_t>(people.rows())) return {};
    const auto dims = static_cast<std::size_t>(people.cols());
    return {people.data() + person.index() * dims, dims};
}

}  // namespace cascadelab
