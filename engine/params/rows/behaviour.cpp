// How people look, choose and judge.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWho = {"nobody"sv,           "mainstream"sv, "niche"sv,
                             "mainstream_niche"sv, "eclectic"sv,   "mainstream_eclectic"sv,
                             "niche_eclectic"sv,   "everybody"sv};

using Group = BehaviourParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::behaviour, &Group::looks_down>({"behaviour.looks_down", "Look from the top", "", "Who reads down a list and decides at each item before looking at the next (cascade model) instead of looking here and there by position."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::persistence>({"behaviour.persistence", "Persistence", "", "Probability that a person who looks from the top goes on to the next item."},
        {0, 1, 0.01}, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::looks_at_all>({"behaviour.looks_at_all", "Look at everything", "", "Who looks at every item of a page, whatever its place."},
        kWho, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::impatient>({"behaviour.impatient", "Impatient", "", "Who may give up while a page is slow to come."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::page_delay_ms>({"behaviour.page_delay_ms", "Pages take", "ms", "Modelled time until a page appears; 0: at once."},
        {0, 20000, 50}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::abandonment_per_s>({"behaviour.abandonment_per_s", "Giving up", "per s", "Rate at which an impatient person of average temper gives up waiting for a page and leaves; the patient wait longer."},
        {0, 5, 0.01}, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::chooses_once>({"behaviour.chooses_once", "Choose once", "", "Who opens at most one item of a page (one conditional logit) instead of choosing again from what is left."},
        kWho, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::chooses_best>({"behaviour.chooses_best", "Choose the best", "", "Who always takes the item that promises most, without choice noise."},
        kWho, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::knows_partly>({"behaviour.knows_partly", "Know partly", "", "Who knows only part of what an item is worth before having watched it, and shies at the risk."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::known_share>({"behaviour.known_share", "Known beforehand", "share", "How much of what makes an item differ from its topic a person knows who knows partly (share of variance)."},
        {0, 1, 0.01}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::revealed_share>({"behaviour.revealed_share", "A recommendation reveals", "share", "How much of the rest a recommendation tells them; an exploration slot tells nothing."},
        {0, 1, 0.01}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::risk_aversion>({"behaviour.risk_aversion", "Risk aversion", "", "Utility that half the remaining variance of an item costs them."},
        {0, 5, 0.05}, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::trusting>({"behaviour.trusting", "Trust", "", "Whose choice leans on how good the last recommendations were."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::trust_weight>({"behaviour.trust_weight", "Weight of trust", "", "Utility that full trust adds to a recommended item, and none takes away."},
        {0, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::trust_memory>({"behaviour.trust_memory", "Memory of trust", "", "Share of trust that a page leaves as it was."},
        {0, 0.99, 0.01}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::lever_rate>({"behaviour.lever_rate", "Use of levers", "", "How readily people like, dislike, refuse, follow and list, against the usual; 0: never."},
        {0, 20, 0.1}, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::sensitises>({"behaviour.sensitises", "Sensitise", "", "Whose appetite for a topic first grows with a watch and soon fades, over the slower satiation (two states)."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::sensitisation>({"behaviour.sensitisation", "Sensitisation", "", "Utility that a topic gains for them by one full watch just now."},
        {0, 3, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::sensitisation_half_life_h>({"behaviour.sensitisation_half_life_h", "Sensitisation half-life", "h", "After this time half of that appetite is gone."},
        {0.1, 24, 0.1, kLog}, Stage::behaviour, When::live),
    option<&Params::behaviour, &Group::tires_of_repetition>({"behaviour.tires_of_repetition", "Tire of repetition", "", "Who is bored by the same again: by one topic again and again in a session, and by what is known already."},
        kWho, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::repetition_boredom>({"behaviour.repetition_boredom", "Boredom of repetition", "", "How much each watch in a row of the same topic, after the first, adds to the hazard of leaving."},
        {0, 3, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::seen_boredom>({"behaviour.seen_boredom", "Boredom of what is known", "", "For who tires of repetition: what a page adds to the hazard of leaving when all that was looked at had been watched through before; a part of it adds in part. It moves no choice."},
        {0, 3, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::drift_mainstream>({"behaviour.drift_mainstream", "Drift, mainstream", "", "Multiplies the taste drift of mainstream people."},
        {0, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::drift_niche>({"behaviour.drift_niche", "Drift, niche", "", "Multiplies the taste drift of niche people."},
        {0, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::drift_eclectic>({"behaviour.drift_eclectic", "Drift, eclectic", "", "Multiplies the taste drift of eclectic people."},
        {0, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::patience_mainstream>({"behaviour.patience_mainstream", "Patience, mainstream", "", "Multiplies session budget and calm of mainstream people."},
        {0.1, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::patience_niche>({"behaviour.patience_niche", "Patience, niche", "", "Multiplies session budget and calm of niche people."},
        {0.1, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::patience_eclectic>({"behaviour.patience_eclectic", "Patience, eclectic", "", "Multiplies session budget and calm of eclectic people."},
        {0.1, 5, 0.05}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::satisfaction_sensitivity>({"behaviour.satisfaction_sensitivity", "Sensitivity to disappointment", "", "How strongly what promised more than it kept shortens the sessions to come; 0: not at all."},
        {0, 2, 0.01}, Stage::behaviour, When::live),
    row<&Params::behaviour, &Group::satisfaction_memory>({"behaviour.satisfaction_memory", "Memory of disappointment", "", "Share of past disappointment that is left after one more watch."},
        {0, 0.99, 0.01}, Stage::behaviour, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> behaviour_rows() {
    return kRows;
}

}  // namespace cascadelab
