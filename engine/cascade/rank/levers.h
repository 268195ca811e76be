// What the levers that a person pulled do to the values of a request, beside what the models learn
// from them: refused topics and creators are turned down for a while, followed creators and listed
// items are lifted. All in spans between the best and the worst value of the request, so that it
// means the same under every ranker. One request, one thread.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// How far a request turns down a topic or creator that was refused with these weights: of
// policy.refusal_strength 1 - 2^-(sum of weights), half for one that is fresh.
class Refusals {
  public:
    // A refusal weighs 1, a dislike half, both fading over policy.refusal_days.
    Refusals(const PolicyParams& params, const PersonHistory& history,
             std::span<const ItemCard> cards, Seconds now_s);
    bool empty() const { return m_creators.empty(); }
    // 0..1: by the topic of the card and, on top, by its creator.
    double against(const ItemCard& card) const;

  private:
    struct Weighed {
        CreatorId creator;
        double weight;
    };
    std::array<double, kTopicCount> m_topic{};
    std::vector<Weighed> m_creators;
};

// Moves the values of the candidates in scratch.order; nothing while all lifts and the days of a
// refusal are 0.
void heed_levers(const CascadeInputs& in, const Request& request, const PersonHistory& history,
                 const CascadeScratch& scratch, CascadeTrace& trace);

}  // namespace cascadelab
