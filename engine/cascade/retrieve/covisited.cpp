// Co-watched: what goes together with the person's recent items.
#include <ranges>

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

bool has_company(const CascadeInputs& in, const PersonFeatures& person, Seconds) {
    return in.models.covisitation && !person.realtime->recent.empty();
}

// Sums the neighbours of the person's recent items, the newest counting most.
void propose_covisited(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    const std::vector<RecentItem>& seen = asked.person.realtime->recent;
    scratch.begin_sums(in.cards.size());
    float weight = 1;
    for (const RecentItem& recent : std::views::reverse(seen)) {
        for (const ScoredItem& neighbour : in.models.covisitation->neighbours(recent.item))
            scratch.add_score(neighbour.item, weight * neighbour.score);
        weight *= 0.9f;
    }
    scratch.propose_best(quota);
}

}  // namespace cascadelab
