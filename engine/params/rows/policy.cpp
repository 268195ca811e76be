// What may be shown at all, and what is tried out.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRecommenders = {"cascade"sv, "none"sv, "oracle"sv};

using Group = PolicyParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::policy, &Group::recommender>({"policy.recommender", "Recommender", "", "Who puts pages together: the cascade; none: items drawn evenly from all that may be shown; oracle: the best by the people's own hidden utility."},
        kRecommenders, Stage::retrieval, When::live),
    toggle<&Params::policy, &Group::hide_watched>({"policy.hide_watched", "Hide watched", "", "Drops what a person has already watched."},
        Stage::retrieval, When::live),
    row<&Params::policy, &Group::repeat_after_h>({"policy.repeat_after_h", "Show again after", "h", "An item that was shown and ignored may come back after this time; 0 allows it at once."},
        {0, 336, 1}, Stage::retrieval, When::live),
    toggle<&Params::policy, &Group::licences>({"policy.licences", "Licences", "", "Drops items that are not licensed in a person's region."},
        Stage::retrieval, When::live),
    row<&Params::policy, &Group::personalisation_bound>({"policy.personalisation_bound", "Personalisation bound", "share", "How far the personal score may move an item from its population score; 1 is unbounded."},
        {0, 1, 0.01}, Stage::ranking, When::live),
    row<&Params::policy, &Group::topic_cap>({"policy.topic_cap", "Topic cap", "share", "Largest share of a page that one topic may take; 1 is unbounded."},
        {0.1, 1, 0.05}, Stage::rerank, When::live),
    row<&Params::policy, &Group::refusal_days>({"policy.refusal_days", "A refusal lasts", "days", "How long \"not interested\" and dislike turn down the item's topic and creator beside hiding the item; 0: not at all."},
        {0, 90, 0.5}, Stage::ranking, When::live),
    row<&Params::policy, &Group::refusal_strength>({"policy.refusal_strength", "Strength of a refusal", "share", "How far refusals push a topic or creator down at most, in spans between the best and the worst value of the request; one fresh \"not interested\" half as far, a dislike less."},
        {0, 3, 0.05}, Stage::ranking, When::live),
    row<&Params::policy, &Group::follow_lift>({"policy.follow_lift", "Lift of the followed", "share", "How far items of followed creators are lifted, in spans between the best and the worst value of the request."},
        {0, 3, 0.05}, Stage::ranking, When::live),
    row<&Params::policy, &Group::list_lift>({"policy.list_lift", "Lift of the list", "share", "How far items that a person put on the list are lifted until they are watched, in the same spans."},
        {0, 3, 0.05}, Stage::ranking, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> policy_rows() {
    return kRows;
}

}  // namespace cascadelab
