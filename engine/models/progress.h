// How a training says how far it is, and hears that it is no longer wanted. Any thread.
#pragma once

#include <functional>

namespace cascadelab {

// progress(share of 0..1) returns false to cancel; an empty one is never asked.
using Progress = std::function<bool(double)>;

}  // namespace cascadelab
