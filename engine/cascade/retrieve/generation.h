// What the generative retriever says to one request: items spelled by beam search (a source), and
// how likely given candidates are. Knows the person by what they watched last. Pure functions of
// their inputs; the scratch lends memory.
#pragma once

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

// Who puts pages together now: whom policy.recommender names; of a cascade the decoder, where
// generative.feed says so and while it can answer, else what generative.fallback names.
FeedMaker feed_maker(const Params& params, const PublishedModels& models);

// Blends the decoder's log-probability of each candidate in scratch.order into its value, both
// standardised over the request: (1 - w) ranker + w decoder, w = generative.rescoring. A candidate
// that has no code is as unlikely as the least likely one.
void rescore(const CascadeInputs& in, const PersonFeatures& person, CascadeScratch& scratch,
             CascadeTrace& trace);

}  // namespace cascadelab
