// What a card tells of its item.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = MetadataParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::metadata, &Group::richness>({"metadata.richness", "Metadata richness", "share", "How faithfully content features and tags show what an item really is."},
        {0, 1, 0.01}, Stage::world, When::restart),
};
// clang-format on

}  // namespace

std::span<const Parameter> metadata_rows() {
    return kRows;
}

}  // namespace cascadelab
