// A random order. Not std::shuffle, whose draws differ between standard libraries.
#pragma once

#include <utility>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

// Fisher and Yates (Durstenfeld 1964): every order is equally likely.
template <class Value>
void shuffle_values(std::vector<Value>& values, Stream& stream) {
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[stream.below(i)]);
}

}  // namespace cascadelab
