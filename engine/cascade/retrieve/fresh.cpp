// Fresh: new releases.
#include <algorithm>

#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFreshLooked = 512;  // newest releases that are compared with the person

}  // namespace

bool has_news(const CascadeInputs& in, const PersonFeatures&, Seconds) {
    return !in.models.newest.empty();
}

// New releases, nearest to the person first: in the space of eras.ranking when it has vectors of
// new items, else by the content profile.
void propose_fresh(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    const std::vector<float>& profile = asked.person.realtime->profile;
    const std::optional<Era> era = serving_era(in.models, in.params.eras.ranking);
    const bool by_era =
        era && in.models.eras[*era].model->embeds_new_items() && !scratch.query(*era).empty();
    const std::size_t looked = std::min(in.models.newest.size(), kFreshLooked);
    for (ItemId item : std::span(in.models.newest).first(looked)) {
        float score = 0;
        if (by_era) {
            score = era_similarity(in.models, scratch, *era, item);
        } else if (!profile.empty()) {
            score = dot(profile, in.content[item.index()]);
        }
        scratch.proposals.push_back({item, score});
    }
    std::ranges::sort(scratch.proposals, ranks_before);
    if (scratch.proposals.size() > static_cast<std::size_t>(quota)) scratch.proposals.resize(quota);
}

}  // namespace cascadelab
