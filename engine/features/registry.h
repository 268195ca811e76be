// The registry of feature definitions: what every online value is, whose it is, which lane writes
// it. The store, the batch lane, the inspector and the README read this one list. Constant data;
// any thread.
#pragma once

#include <span>
#include <string_view>

namespace cascadelab {

enum class FeatureEntity : unsigned char { person, item, creator };
enum class FeatureLane : unsigned char { batch, streaming };
std::string_view feature_lane_label(FeatureLane lane);

struct FeatureDefinition {
    std::string_view name;    // "topic_share_30d"
    std::string_view phrase;  // "share of each topic in the views of the profile window"
    FeatureEntity entity;
    FeatureLane lane;
    int version;              // rises with the definition
    std::string_view window;  // "features.profile_days", "last features.recent_items", "session"
    std::string_view definition;  // the SQL of a batch feature, the aggregate of a streaming one
};

std::span<const FeatureDefinition> feature_registry();

}  // namespace cascadelab
