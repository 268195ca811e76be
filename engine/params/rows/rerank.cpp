// How a page is made of what is worth most.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRerankMethods = {"none"sv, "mmr"sv, "dpp"sv, "calibrated"sv};
constexpr std::array kExplorationPolicies = {"random"sv, "epsilon"sv, "thompson"sv, "ucb"sv,
                                             "boltzmann"sv};

using Group = RerankParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::rerank, &Group::slate_size>({"rerank.slate_size", "Slate", "items", "Items on one page."},
        {1, 30, 1}, Stage::rerank, When::live),
    option<&Params::rerank, &Group::method>({"rerank.method", "Diversity method", "", "none keeps the order of value; mmr and dpp trade it against sameness, calibrated against topics far from the person's usual ones."},
        kRerankMethods, Stage::rerank, When::live),
    row<&Params::rerank, &Group::diversity>({"rerank.diversity", "Diversity", "", "0 is value alone, 1 is difference alone (MMR: 1 - lambda; DPP: weight of the similarity kernel; calibrated: lambda)."},
        {0, 1, 0.01}, Stage::rerank, When::live),
    row<&Params::rerank, &Group::franchise_cap>({"rerank.franchise_cap", "Franchise cap", "items", "At most so many items of one franchise on a page."},
        {1, 30, 1}, Stage::rerank, When::live),
    row<&Params::rerank, &Group::promote_new>({"rerank.promote_new", "Promote new", "items", "New releases that are guaranteed a place on the page."},
        {0, 10, 1}, Stage::rerank, When::live),
    row<&Params::rerank, &Group::exploration_slots>({"rerank.exploration_slots", "Exploration slots", "items", "Places on the page given to a random candidate or a random item of the catalogue."},
        {0, 10, 1}, Stage::retrieval, When::live),
    option<&Params::rerank, &Group::exploration_policy>({"rerank.exploration_policy", "Exploration policy", "", "Who gets an exploration slot: anybody, or by a bandit over the items' clicks and impressions in the counter window."},
        kExplorationPolicies, Stage::explore, When::live),
    row<&Params::rerank, &Group::exploration_epsilon>({"rerank.exploration_epsilon", "Epsilon", "", "Of the policy epsilon: probability of a random item instead of the one of the highest click rate."},
        {0, 1, 0.01}, Stage::explore, When::live),
    row<&Params::rerank, &Group::exploration_temperature>({"rerank.exploration_temperature", "Boltzmann temperature", "clicks", "Of the policy boltzmann: small takes the highest click rate, large anything."},
        {0.005, 5, 0.005, kLog}, Stage::explore, When::live),
    row<&Params::rerank, &Group::bubble_slots>({"rerank.bubble_slots", "Break-my-bubble slots", "items", "Places on the page given to the best items of topics that are rare in the person's profile (serendipity: Kaminskas and Bridge 2016)."},
        {0, 10, 1}, Stage::rerank, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> rerank_rows() {
    return kRows;
}

}  // namespace cascadelab
