// How large the modelled service is.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = ProductionParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::production, &Group::daily_users>({"production.daily_users", "People a day", "people", "People that the modelled service has a day; a cell is a part of them."},
        {1000, 5e+09, 1000, kLog}, Stage::serving, When::live),
    row<&Params::production, &Group::requests_per_user>({"production.requests_per_user", "Requests a person", "a day", "Pages that a person of the modelled service asks for a day."},
        {0.1, 500, 0.1, kLog}, Stage::serving, When::live),
    row<&Params::production, &Group::events_per_user>({"production.events_per_user", "Events a person", "a day", "Impressions, clicks, watches and all else that a person of the modelled service leaves a day."},
        {1, 100000, 1, kLog}, Stage::serving, When::live),
    row<&Params::production, &Group::items>({"production.items", "Items", "items", "Items that the modelled service has."},
        {1000, 1e+11, 1000, kLog}, Stage::serving, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> production_rows() {
    return kRows;
}

}  // namespace cascadelab
