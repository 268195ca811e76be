// What the world is made of and how people live in it.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPacks = {"short_video"sv, "films_series"sv};

using Group = WorldParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::world, &Group::pack>({"world.pack", "Domain", "", "What is recommended: its topics, titles, durations and session habits."},
        kPacks, Stage::world, When::restart),
    row<&Params::world, &Group::people>({"world.people", "People", "people", "Size of the population."},
        {10, 200000, 10, kLog}, Stage::world, When::restart),
    row<&Params::world, &Group::items>({"world.items", "Items", "items", "Size of the catalogue on the first day."},
        {50, 1000000, 50, kLog}, Stage::world, When::restart),
    row<&Params::world, &Group::creators>({"world.creators", "Creators", "creators", "How many creators make the items."},
        {1, 50000, 1, kLog}, Stage::world, When::restart),
    row<&Params::world, &Group::taste_dims>({"world.taste_dims", "Taste dimensions", "", "Dimensions of the hidden space in which tastes and items lie."},
        {4, 64, 1}, Stage::world, When::restart),
    row<&Params::world, &Group::history_events>({"world.history_events", "Earlier history", "events", "Organic views a person has on average before the first day; the first models learn from them."},
        {0, 200, 1}, Stage::world, When::restart),
    row<&Params::world, &Group::organic_views_per_day>({"world.organic_views_per_day", "Organic views", "a day", "Views a day that an average person finds without the feed, as before the first day: by word of mouth and links. They are in the log, and nothing that recommends caused them."},
        {0, 50, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::new_items_per_day>({"world.new_items_per_day", "New items", "a day", "Releases a day, spread over the day."},
        {0, 20000, 1, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::new_people_per_day>({"world.new_people_per_day", "New people", "a day", "People who join a day, most of them in the evening; they bring a survey and no history."},
        {0, 20000, 1, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::niche_share>({"world.niche_share", "Niche people", "share", "Share of people with one narrow taste away from the mainstream."},
        {0, 1, 0.01}, Stage::world, When::restart),
    row<&Params::world, &Group::eclectic_share>({"world.eclectic_share", "Eclectic people", "share", "Share of people with a broad taste over many topics."},
        {0, 1, 0.01}, Stage::world, When::restart),
    row<&Params::world, &Group::sessions_per_day>({"world.sessions_per_day", "Sessions", "a day", "Sessions a satisfied, average person opens in a day."},
        {0.05, 12, 0.05, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::taste_weight>({"world.taste_weight", "Weight of taste", "", "How much taste decides a choice, in units of the choice noise."},
        {0, 20, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::quality_weight>({"world.quality_weight", "Weight of quality", "", "How much an item's quality decides a choice."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::context_weight>({"world.context_weight", "Weight of context", "", "How much hour and device against duration decide a choice."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::choice_noise>({"world.choice_noise", "Choice noise", "", "Scale of the Gumbel noise in a choice; 0 is a perfectly rational person."},
        {0, 5, 0.05}, Stage::world, When::live),
    row<&Params::world, &Group::position_decay>({"world.position_decay", "Position bias", "", "Position k is looked at with probability k^-x; 0 means everything is seen."},
        {0, 2, 0.05}, Stage::world, When::live),
    row<&Params::world, &Group::row_decay>({"world.row_decay", "Row bias", "", "Row r of a page in rows is looked at with probability r^-x, and its places by position bias."},
        {0, 2, 0.05}, Stage::world, When::live),
    row<&Params::world, &Group::taste_drift>({"world.taste_drift", "Taste drift", "per watch", "How far a full watch pulls a person's taste toward the item (mere exposure)."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&Params::world, &Group::taste_return>({"world.taste_return", "Return to innate taste", "a day", "Share of the way back to the innate taste that a day without watching brings."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&Params::world, &Group::taste_shift_days>({"world.taste_shift_days", "Time between shifts of taste", "days", "Mean time until a person suddenly likes something else, before the first day as after it; 0 is never."},
        {0, 365, 1}, Stage::world, When::live),
    row<&Params::world, &Group::satiation>({"world.satiation", "Satiation", "", "Utility lost in a topic by one recent full watch in it."},
        {0, 2, 0.01}, Stage::world, When::live),
    row<&Params::world, &Group::satiation_half_life_h>({"world.satiation_half_life_h", "Satiation half-life", "h", "After this time half of a satiation is gone."},
        {0.5, 336, 0.5, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::repeat_penalty>({"world.repeat_penalty", "Dislike of repeats", "", "Utility that an item loses for a person who has watched it through; small where people like to watch or hear the same again."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::churn>({"world.churn", "Churn", "", "Probability that a wholly dissatisfying session makes a person leave for good."},
        {0, 0.5, 0.005}, Stage::world, When::live),
    row<&Params::world, &Group::trend_strength>({"world.trend_strength", "Trends", "", "Utility that a passing trend adds to its topic at its peak."},
        {0, 5, 0.05}, Stage::world, When::live),
    row<&Params::world, &Group::search_wish>({"world.search_wish", "Wish of a search", "", "Utility that a topic gains for a person who has searched for it."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::search_wish_h>({"world.search_wish_h", "A wish lasts", "h", "How long a search is still what a person wants."},
        {1, 168, 1, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::unfinished_pull>({"world.unfinished_pull", "Pull of the unfinished", "", "Utility of going on with an item all but seen through; 0: people begin again from the start."},
        {0, 10, 0.1}, Stage::world, When::live),
    row<&Params::world, &Group::unfinished_half_life_h>({"world.unfinished_half_life_h", "Half-life of that pull", "h", "After this time half of the pull to finish an item is gone."},
        {1, 720, 1, kLog}, Stage::world, When::live),
    row<&Params::world, &Group::creator_response>({"world.creator_response", "Creators follow reward", "share", "How far creators shift what they make toward what was watched."},
        {0, 1, 0.01}, Stage::world, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> world_rows() {
    return kRows;
}

}  // namespace cascadelab
