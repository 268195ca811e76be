// Where a person lies in the space of each era, and how near an item lies. Which moment the vectors
// are of is a parameter: the last training's, or now. Pure functions of their inputs; the scratch
// lends memory, and the request's sequence memory only saves work.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// Fills the person's query of an era, and factor_scale with the factorization's. It is left empty
// where there is no model, where the model does not know the person, and where nobody asks for
// HSTU.
void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  Era era, CascadeScratch& scratch);
// Of every era.
void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  CascadeScratch& scratch);

// How alike person and item are in an era's space: cosine, or the factorization's score with its
// longest item being 1. 0 where there is no vector of either.
float era_similarity(const PublishedModels& models, const CascadeScratch& scratch, Era era,
                     ItemId item);

// What the two-tower model sees of a person: topic shares, real-time profile, device, hour.
std::size_t tower_feature_count(std::size_t content_dims);
void fill_tower_features(const PersonFeatures& person, Device device, Seconds now_s,
                         std::size_t content_dims, std::span<float> out);

// The factorization's person vector (dims) extended for a search of the factor space: unit norm,
// last entry 0. Returns its norm before.
float search_vector(std::span<const float> factors, std::vector<float>& out);

}  // namespace cascadelab
