// How much of the budget each retrieval model has.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = EraParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::eras, &Group::ranking>({"eras.ranking", "Era of the ranker", "", "Whose likeness of person and item the ranker sees beside the factorization's."},
        kEraNames, Stage::ranking, When::live),
    option<&Params::eras, &Group::rows>({"eras.rows", "Era of the rows", "", "Whose vectors say which items are near an item, for rows such as because-you-watched."},
        kEraNames, Stage::retrieval, When::live),
    option<&Params::eras, &Group::map>({"eras.map", "Era of the map", "", "Whose vectors the map of people and items draws."},
        kEraNames, Stage::training, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> eras_rows() {
    return kRows;
}

}  // namespace cascadelab
