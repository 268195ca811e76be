// The vectors that one training publishes for all its consumers at once. A value whose large parts
// are shared; the fresh rows change only at the barrier.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/features/values.h"
#include "engine/models/index/vector_index.h"
#include "engine/world/events/clock.h"

namespace cascadelab {

// Item vectors by ItemId (those trained, then those released since), the index over them and, when
// people are served as of the training, their vectors.
struct VectorSpace {
    Seconds trained_s = kNever;             // the log's end that the training saw
    std::shared_ptr<const Matrix> trained;  // items x dims; null before the first model
    std::shared_ptr<const Matrix> people;   // people x dims as of the training, or null
    RowTable fresh;                         // rows for the items after trained
    std::vector<float> unknown;             // zeros: the vector of an item that has none yet
    LiveIndex index;

    bool ready() const { return trained != nullptr; }
    std::size_t size() const { return ready() ? trained_rows() + fresh.rows() : 0; }
    std::span<const float> operator[](ItemId item) const {
        if (item.index() >= size()) return unknown;
        if (item.index() >= trained_rows()) return fresh[item.index() - trained_rows()];
        const auto dims = static_cast<std::size_t>(trained->cols());
        return {trained->data() + item.index() * dims, dims};
    }
    // The vector of the next item, as the model puts it.
    void extend(std::span<const float> vector) {
        index.add(ItemId(size()), vector);
        fresh.push(vector);
    }
    // Rough size of what this holds that an earlier space does not share.
    std::size_t unshared_bytes(const VectorSpace& earlier) const;

  private:
    std::size_t trained_rows() const { return static_cast<std::size_t>(trained->rows()); }
};

// vectors: items x dims, unit rows (or shorter, extended to equal norms).
VectorSpace make_space(Matrix vectors, const IndexSettings& settings);

// A person's row of people x dims; empty for somebody newer than the matrix.
std::span<const float> row_of(const Matrix& people, PersonId person);

}  // namespace cascadelab
