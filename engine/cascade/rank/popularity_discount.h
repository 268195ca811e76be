// A popularity discount: the value of an item less its share of fame, so that the tail of the
// catalogue gets a chance (Steck 2011, "Item popularity and recommendation accuracy"; the trade-off
// is Abdollahpouri et al. 2017). Knows what was watched, not what is good. Pure function.
#pragma once

#include "engine/cascade/request/request.h"

namespace cascadelab {

// value <- value - ranking.popularity_discount x sd(value) x z, for the candidates of
// scratch.order: z is the item's ln(1 + views in the profile window), standardised over them. What
// was taken, in standard deviations, stays in Candidate::discount. Nothing where all values or all
// views are alike.
void discount_popularity(const CascadeInputs& in, const Request& request,
                         const CascadeScratch& scratch, CascadeTrace& trace);

}  // namespace cascadelab
