// The sources of the eras: the items nearest to the person in a space of vectors.
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

bool era_can_answer(Era era, const CascadeInputs& in, const PersonFeatures& person) {
    return era_ready(in.models, era) && (era != Era::hstu || !person.sequence->tokens.empty());
}

void propose_nearest(Era era, const SourceRequest& asked, int quota, CascadeScratch& scratch) {
    const std::vector<float>& query = scratch.query(era);
    if (query.empty()) return;  // the era does not know this person
    space_of(asked.in.models, era)
        .index.search(query, quota, search_breadth(asked.in.params.retrieval), scratch.proposals);
}

}  // namespace cascadelab
