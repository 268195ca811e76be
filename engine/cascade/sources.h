// Candidate generation: each source proposes items with its own score, best first. Pure functions
// of their inputs; the scratch only lends memory.
#pragma once

#include "engine/cascade/request.h"

namespace cascadelab {

// The candidate budget split over the sources that are on and can answer, to the last item; unused
// budget goes to the others. Exploration's quota comes on top.
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

// Appends at most quota proposals of a source to scratch.proposals (cleared first).
void propose(Source source, const CascadeInputs& in, const PersonFeatures& person, int quota,
             Stream& stream, CascadeScratch& scratch);

}  // namespace cascadelab
