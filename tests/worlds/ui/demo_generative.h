// The generative part of the demo moment: codes with a few dead ones, their health, a feed that
// narrows from day to day, and one beam search. The same on every call.
#pragma once

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

std::shared_ptr<const ItemCodes> demoCodes(std::size_t items);
std::shared_ptr<const std::vector<CodeHealthPoint>> demoCodeHealth(Seconds now_s);
std::shared_ptr<const std::vector<ExposurePoint>> demoExposure(std::size_t items, Seconds now_s);
BeamPicture demoBeam(const ItemCodes& codes);

}  // namespace cascadelab
