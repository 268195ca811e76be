#include "engine/cascade/rank/levers.h"

#include <cmath>
#include <limits>

namespace cascadelab {

Refusals::Refusals(const PolicyParams& params, const PersonHistory& history,
                   std::span<const ItemCard> cards, Seconds now_s) {
    const double days = params.refusal_days;
    for (const Refusal& refusal : history.refusals) {
        const double age_days = static_cast<double>(now_s - refusal.time_s) / kDay;
        if (age_days >= days) continue;
        const double weight = (refusal.only_disliked ? 0.5 : 1) * (1 - age_days / days);
        const ItemCard& card = cards[refusal.item.index()];
        m_topic[card.topic.index()] += weight;
        m_creators.push_back({card.creator, weight});
    }
}

double Refusals::against(const ItemCard& card) const {
    double weight = m_topic[card.topic.index()];
    for (const Weighed& refused : m_creators) {
        if (refused.creator == card.creator) weight += refused.weight;
    }
    return 1 - std::exp2(-weight);
}

void heed_levers(const CascadeInputs& in, const Request& request, const PersonHistory& history,
                 const CascadeScratch& scratch, CascadeTrace& trace) {
    const PolicyParams& policy = in.params.policy;
    const Refusals refusals(policy, history, in.cards, request.now_s);
    const bool follows = policy.follow_lift > 0 && !history.followed.empty();
    const bool lists = policy.list_lift > 0 && !history.listed.empty();
    if (refusals.empty() && !follows && !lists) return;

    float best = -std::numeric_limits<float>::infinity(), worst = -best;
    for (const std::uint32_t i : scratch.order) {
        best = std::max(best, trace.candidates[i].value);
        worst = std::min(worst, trace.candidates[i].value);
    }
    for (const std::uint32_t i : scratch.order) {
        Candidate& candidate = trace.candidates[i];
        const ItemCard& card = in.cards[candidate.item.index()];
        double lift = -policy.refusal_strength * refusals.against(card);
        if (follows && std::ranges::binary_search(history.followed, card.creator))
            lift += policy.follow_lift;
        if (lists && std::ranges::binary_search(history.listed, candidate.item))
            lift += policy.list_lift;
        candidate.value += static_cast<float>(lift) * (best - worst);
    }
}

}  // namespace cascadelab
