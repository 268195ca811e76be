// The models that serve now, as one value: what training publishes and requests read. Immutable
// parts are shared; the fresh rows change only at the barrier.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/cascade/request/generative_model.h"
#include "engine/cascade/request/liked_lately.h"
#include "engine/cascade/request/representation.h"
#include "engine/models/collaborative/covisitation.h"
#include "engine/models/collaborative/popularity.h"
#include "engine/params/params.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

struct Ranker;

struct PublishedModels {
    std::shared_ptr<const Popularity> popularity;
    std::array<std::vector<ItemId>, kTopicCount>
        topic_lists;  // what a search for a topic finds, best first
    std::shared_ptr<const CoVisitation> covisitation;
    EnumArray<Era, PublishedEra> eras;
    GenerativeModel generative;
    std::shared_ptr<const Ranker> ranker;
    std::shared_ptr<const LikedLately> liked_lately;  // null where nobody asks for it
    std::vector<ItemId> newest;                       // items inside the fresh window, newest first

    // Rough size of what this holds that earlier models do not share.
    std::size_t unshared_bytes(const PublishedModels& earlier) const;
};

}  // namespace cascadelab
