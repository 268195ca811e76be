// Where a person lies in the space of each era, and how near an item lies. Which moment the vectors
// are of is a parameter: the last training's, or now. Pure functions of their inputs; the scratch
// lends memory, and the request's sequence memory only saves work.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// Fills the person's query of an era and its scale. It is left empty where there is no model, where
// the model does not know the person, and where an era on demand is not asked for.
void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  Era era, CascadeScratch& scratch);
// Of every era.
void embed_person(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                  CascadeScratch& scratch);

// How alike person and item are in an era's space: cosine, or the factorization's score with its
// longest item being 1. 0 where there is no vector of either.
float era_similarity(const PublishedModels& models, const CascadeScratch& scratch, Era era,
                     ItemId item);

}  // namespace cascadelab
