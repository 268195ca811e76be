// The models that serve now, as one value: what training publishes and requests read. Immutable
// parts are shared; the fresh rows change only at the barrier.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/cascade/ranker.h"
#include "engine/models/covisitation.h"
#include "engine/models/ials.h"
#include "engine/models/popularity.h"
#include "engine/models/two_tower.h"
#include "engine/models/vector_index.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {

// One model's item vectors by ItemId (those trained, then those released since) and the index over
// them.
struct VectorSpace {
    std::shared_ptr<const Matrix> trained;  // items x dims; null before the first model
    RowTable fresh;                         // rows for the items after trained
    LiveIndex index;

    bool ready() const { return trained != nullptr; }
    std::size_t size() const { return ready() ? trained_rows() + fresh.rows() : 0; }
    std::span<const float> operator[](ItemId item) const {
        if (item.index() >= trained_rows()) return fresh[item.index() - trained_rows()];
        const auto dims = static_cast<std::size_t>(trained->cols());
        return {trained->data() + item.index() * dims, dims};
    }

  private:
    std::size_t trained_rows() const { return static_cast<std::size_t>(trained->rows()); }
};

struct PublishedModels {
    std::shared_ptr<const Popularity> popularity;
    std::array<std::vector<ItemId>, kTopicCount>
        topic_lists;  // what a search for a topic finds, best first
    std::shared_ptr<const CoVisitation> covisitation;
    std::shared_ptr<const Factorization> factorization;
    VectorSpace factor_space;  // item factors with one more dimension that makes all norms equal
    std::shared_ptr<const TwoTower> two_tower;
    VectorSpace tower_space;
    std::shared_ptr<const Ranker> ranker;
    std::vector<ItemId> newest;  // items inside the fresh window, newest first
};

}  // namespace cascadelab
