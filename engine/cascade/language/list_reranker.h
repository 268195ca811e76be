// The ranker's best, put in order by a simulated language model that reads them as text (CARE,
// arXiv 2508.13889: inside the recommender's list). Whatever it writes comes back through the
// catalogue guard, so that the list is the same items in another order. One request, one thread.
#pragma once

#include "engine/cascade/request/request.h"
#include "engine/language/simulated_model.h"

namespace cascadelab {

// What the model is shown for a request: a fresh search as the intent, the last watched items, and
// the candidates in the order given.
ListPrompt prompt_of(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     std::span<const ItemId> candidates);

// Reorders the first `language.candidates` of scratch.order. The values stay where they are and the
// items change places under them, so that re-ranking trades off as before. Draws nothing from the
// stream while language.reranker is off.
void rerank_list(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream& stream, CascadeScratch& scratch, CascadeTrace& trace);

}  // namespace cascadelab
