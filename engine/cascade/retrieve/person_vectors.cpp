#include "engine/cascade/retrieve/person_vectors.h"

namespace cascadelab {
namespace {

// True when the person is served as of the last training; then the query is that vector.
bool embed_as_trained(const CascadeInputs& in, const VectorSpace& space, PersonId person,
                      std::vector<float>& query) {
    if (in.params.freshness.people_vectors != PeopleVectors::nightly || !space.people) return false;
    const std::span<const float> row = row_of(*space.people, person);
    query.assign(row.begin(), row.end());
    return true;
}

}  // namespace

void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  Era era, CascadeScratch& scratch) {
    const PublishedEra& published = in.models.eras[era];
    std::vector<float>& query = scratch.query(era);
    query.clear();
    scratch.scales[era] = 1;
    if (!published.ready() || (kEras[era].on_demand && !era_used(in.params, era))) return;
    if (embed_as_trained(in, published.space, request.person, query)) return;
    scratch.scales[era] = published.model->embed_person(in, request, person, scratch, query);
}

void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  CascadeScratch& scratch) {
    scratch.own_memory = {};
    for (const Era era : every<Era>) embed_person(in, request, person, era, scratch);
}

float era_similarity(const PublishedModels& models, const CascadeScratch& scratch, Era era,
                     ItemId item) {
    const std::vector<float>& query = scratch.query(era);
    if (query.empty()) return 0;
    return scratch.scales[era] * dot(query, models.eras[era].space[item]);
}

}  // namespace cascadelab
