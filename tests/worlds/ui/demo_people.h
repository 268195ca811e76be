// The hidden people of the demo moment: where tastes began and went, and what items are worth to
// one person. The same on every call.
#pragma once

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

std::shared_ptr<const TasteView> demoTastes(const Cards& cards, Seconds now_s);
// By ItemId; what the oracle of the trace names is worth most, and items of the first two topics
// more than others.
std::shared_ptr<const std::vector<float>> demoWorth(const Cards& cards, const CascadeTrace& trace);

}  // namespace cascadelab
