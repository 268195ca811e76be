// Numbers on one scale. Pure; any thread.
#pragma once

#include <cmath>
#include <vector>

namespace cascadelab {

// To mean 0 and variance 1 over what is there; all 0 when all are alike.
inline void standardise(std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    double mean = 0, square = 0;
    for (const double value : values) mean += value / count;
    for (double& value : values) {
        value -= mean;
        square += value * value / count;
    }
    const double deviation = std::sqrt(square);
    for (double& value : values) value = deviation > 1e-12 ? value / deviation : 0;
}

}  // namespace cascadelab
