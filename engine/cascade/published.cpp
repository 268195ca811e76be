#include "engine/cascade/published.h"

namespace cascadelab {

VectorSpace make_space(Matrix vectors, const IndexSettings& settings) {
    VectorSpace space;
    space.fresh.dims = static_cast<std::size_t>(vectors.cols());
    space.unknown.assign(space.fresh.dims, 0.0f);
    space.index = LiveIndex(build_index(vectors, settings));
    space.trained = std::make_shared<const Matrix>(std::move(vectors));
    return space;
}

}  // namespace cascadelab
