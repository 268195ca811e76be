// Co-watched: what goes together with the person's recent items.
#include <algorithm>

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

bool has_company(const CascadeInputs& in, const PersonFeatures& person, Seconds) {
    return in.models.covisitation && !person.realtime->recent.empty();
}

// Sums the neighbours of the person's recent items, the newest counting most.
void propose_covisited(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    const std::vector<RecentItem>& seen = asked.person.realtime->recent;
    scratch.begin_round(in.cards.size());
    scratch.collected.clear();
    float weight = 1;
    for (auto recent = seen.rbegin(); recent != seen.rend(); ++recent) {
        for (const ScoredItem& neighbour : in.models.covisitation->neighbours(recent->item)) {
            if (!scratch.touched(neighbour.item)) {
                scratch.stamp[neighbour.item.index()] = scratch.round;
                scratch.slot[neighbour.item.index()] =
                    static_cast<std::uint32_t>(scratch.collected.size());
                scratch.collected.push_back({neighbour.item, 0});
            }
            scratch.collected[scratch.slot[neighbour.item.index()]].score +=
                weight * neighbour.score;
        }
        weight *= 0.9f;
    }
    const auto count =
        std::min<std::size_t>(scratch.collected.size(), static_cast<std::size_t>(quota));
    const auto middle = scratch.collected.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(scratch.collected.begin(), middle, scratch.collected.end(), ranks_before);
    scratch.proposals.assign(scratch.collected.begin(), middle);
}

}  // namespace cascadelab
