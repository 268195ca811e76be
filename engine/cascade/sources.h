// Candidate generation: each source proposes items with its own score, best first. Pure functions
// of their inputs; the scratch only lends memory.
#pragma once

#include "engine/cascade/page_filter.h"
#include "engine/cascade/request.h"

namespace cascadelab {

// What a source may know of the request it answers.
struct SourceRequest {
    const CascadeInputs& in;
    const Request& request;
    const PersonFeatures& person;
    const PageFilter& filter;
};

// The candidate budget split over the sources that are on and can answer, to the last item; unused
// budget goes to the others. Exploration's quota comes on top; the fallback has none.
std::array<int, kSourceCount> source_quotas(const CascadeInputs& in, const PersonFeatures& person,
                                            Seconds now_s);

// Fills the person's queries and factor_scale; a query is left empty where there is no model.
void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  CascadeScratch& scratch);

// What the two-tower model sees of a person: topic shares, real-time profile, device, hour.
std::size_t tower_feature_count(std::size_t content_dims);
void fill_tower_features(const PersonFeatures& person, Device device, Seconds now_s,
                         std::size_t content_dims, std::span<float> out);
// How alike person and item are in an era's space: cosine, or the factorization's score with its
// longest item being 1. 0 where there is no vector of either.
float era_similarity(const PublishedModels& models, const CascadeScratch& scratch, Era era,
                     ItemId item);
// The factorization's person vector (dims) extended for a search of the factor space: unit norm,
// last entry 0.
float search_vector(std::span<const float> factors, std::vector<float>& out);

// Fills scratch.proposals with a source's best: down to the quota-th that may be shown, but at most
// retrieval.overfetch times the quota. What may not be shown stays among them for the filter stage
// to drop with its reason. The fallback (the most popular, then the newest) brings only what may be
// shown and is not yet a candidate.
void propose(Source source, const SourceRequest& asked, int quota, Stream& stream,
             CascadeScratch& scratch);

}  // namespace cascadelab
