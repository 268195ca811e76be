// The models that serve now, as one value: what training publishes and requests read. Immutable
// parts are shared; the fresh rows change only at the barrier.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/cascade/request/generative_model.h"
#include "engine/cascade/request/liked_lately.h"
#include "engine/features/values.h"
#include "engine/models/collaborative/covisitation.h"
#include "engine/models/collaborative/ials.h"
#include "engine/models/collaborative/popularity.h"
#include "engine/models/collaborative/two_tower.h"
#include "engine/models/index/vector_index.h"
#include "engine/models/sequence/sequence_model.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {

struct Ranker;

// What one training publishes for all its consumers at once: item vectors by ItemId (those trained,
// then those released since), the index over them and, when people are served as of the training,
// their vectors.
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

  private:
    std::size_t trained_rows() const { return static_cast<std::size_t>(trained->rows()); }
};

// vectors: items x dims, unit rows (or shorter, extended to equal norms).
VectorSpace make_space(Matrix vectors, const IndexSettings& settings);

struct PublishedModels {
    std::shared_ptr<const Popularity> popularity;
    std::array<std::vector<ItemId>, kTopicCount>
        topic_lists;  // what a search for a topic finds, best first
    std::shared_ptr<const CoVisitation> covisitation;
    std::shared_ptr<const Factorization> factorization;
    VectorSpace factor_space;  // item factors with one more dimension that makes all norms equal
    std::shared_ptr<const TwoTower> two_tower;
    VectorSpace tower_space;
    std::shared_ptr<const SequenceModel> hstu;
    VectorSpace hstu_space;
    GenerativeModel generative;
    std::shared_ptr<const Ranker> ranker;
    std::shared_ptr<const LikedLately> liked_lately;  // null where nobody asks for it
    std::vector<ItemId> newest;                       // items inside the fresh window, newest first

    // Rough size of what this holds that earlier models do not share.
    std::size_t unshared_bytes(const PublishedModels& earlier) const;
};

}  // namespace cascadelab
