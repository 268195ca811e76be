// How much of a metric's variance each axis is responsible for: alone, and with all it interacts
// with. Pure; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

struct SobolIndex {
    double value = 0;
    double low = 0, high = 0;  // 95 % percentile interval of the bootstrap
};
struct SobolIndices {
    std::vector<SobolIndex> first, total;  // an axis
    std::size_t blocks = 0;                // that could be measured whole
};

// First order by Saltelli et al. (2010, table 2, b), total by Jansen (1999; there f).
// outcomes: in the order of saltelli_design(); a block with a NaN is left out. Empty when fewer
// than two blocks are whole or nothing varies. The bootstrap draws blocks from the stream.
SobolIndices sobol_indices(std::span<const double> outcomes, std::size_t axes, Stream stream,
                           int resamples = 500);

}  // namespace cascadelab
