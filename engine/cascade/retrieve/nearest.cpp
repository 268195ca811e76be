// The sources of the eras: the items nearest to the person in a space of vectors.
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

bool era_can_answer(Era era, const CascadeInputs& in, const PersonFeatures& person) {
    return in.models.eras[era].ready() && in.models.eras[era].model->knows(person);
}

void propose_nearest(Era era, const SourceRequest& asked, int quota, CascadeScratch& scratch) {
    const std::vector<float>& query = scratch.query(era);
    if (query.empty()) return;  // the era does not know this person
    asked.in.models.eras[era].space.index.search(
        query, quota, search_breadth(asked.in.params.retrieval), scratch.proposals);
}

}  // namespace cascadelab
