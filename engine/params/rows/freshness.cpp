// How often vectors are brought up to date.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPeopleVectors = {"nightly"sv, "by_era"sv, "streaming"sv};
constexpr std::array kItemVectors = {"nightly"sv, "streaming"sv};

using Group = FreshnessParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::freshness, &Group::people_vectors>({"freshness.people_vectors", "People's vectors", "", "nightly: as of the last training; streaming: from every event; by_era: factorization nightly, the others streaming."},
        kPeopleVectors, Stage::retrieval, When::live),
    option<&Params::freshness, &Group::item_vectors>({"freshness.item_vectors", "Items' vectors", "", "nightly: a new item gets its vector at the next training; streaming: at the next tick."},
        kItemVectors, Stage::retrieval, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> freshness_rows() {
    return kRows;
}

}  // namespace cascadelab
