#include "engine/cascade/request/representation.h"

namespace cascadelab {

std::uint64_t hash_matrix(const Matrix& matrix) {
    Hasher hasher;
    hasher.add_all(std::span(matrix.data(), static_cast<std::size_t>(matrix.size())));
    return hasher.value();
}

void Representation::hash_into(Hasher& hasher, const VectorSpace& space) const {
    const std::uint64_t items = hash_matrix(*space.trained);
    hasher.add(space.people ? mix_bits(items ^ hash_matrix(*space.people)) : items);
}

void PublishedEra::extend(const RowTable& content) {
    if (!ready() || !model->embeds_new_items()) return;
    std::vector<float> vector(model->dims());
    for (std::size_t item = space.size(); item < content.rows(); ++item) {
        model->embed_item(ItemId(item), content[item], vector);
        space.extend(vector);
    }
}

const Matrix* PublishedEra::people() const {
    if (space.people) return space.people.get();
    return model ? model->people() : nullptr;
}

}  // namespace cascadelab
