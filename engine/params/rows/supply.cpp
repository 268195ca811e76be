// Who makes items, and what makes them go on.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRewards = {"watch_time"sv, "clicks"sv};

using Group = SupplyParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::supply, &Group::reward>({"supply.reward", "Creators are paid by", "", "What creators follow when they choose topics and how loudly to promise: seconds watched or clicks."},
        kRewards, Stage::supply, When::live),
    row<&Params::supply, &Group::new_creators_per_day>({"supply.new_creators_per_day", "New creators", "a day", "Creators who enter a day, where the reward is."},
        {0, 100, 0.1}, Stage::supply, When::live),
    row<&Params::supply, &Group::sequels_to_hits>({"supply.sequels_to_hits", "Sequels to hits", "share", "Share of sequels that go on with the most watched franchise of their topic instead of any."},
        {0, 1, 0.01}, Stage::supply, When::live),
    row<&Params::supply, &Group::clickbait>({"supply.clickbait", "Clickbait", "", "Mean click appeal beyond what an item is worth with which creators begin, in utility; success is imitated. 0: nobody promises more than there is."},
        {0, 3, 0.05}, Stage::supply, When::restart),
    row<&Params::supply, &Group::clickbait_cost>({"supply.clickbait_cost", "Cost of clickbait", "", "Quality that one unit of click appeal costs, in standard deviations."},
        {0, 2, 0.05}, Stage::supply, When::live),
    row<&Params::supply, &Group::ageing>({"supply.ageing", "Ageing", "", "Utility that an item loses with age, half of it after the half-life of its domain (films 120 days, short video 3)."},
        {0, 5, 0.05}, Stage::supply, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> supply_rows() {
    return kRows;
}

}  // namespace cascadelab
