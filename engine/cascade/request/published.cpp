#include "engine/cascade/request/published.h"

namespace cascadelab {

std::size_t PublishedModels::unshared_bytes(const PublishedModels& earlier) const {
    std::size_t bytes = 0;
    for (const Era era : every<Era>) {
        bytes += eras[era].space.unshared_bytes(earlier.eras[era].space);
        if (eras[era].model && eras[era].model != earlier.eras[era].model)
            bytes += eras[era].model->bytes();
    }
    if (covisitation && covisitation != earlier.covisitation)
        bytes += covisitation->size() * sizeof(ScoredItem);
    return bytes;
}

}  // namespace cascadelab
