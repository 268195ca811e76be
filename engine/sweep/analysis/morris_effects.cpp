#include "engine/sweep/analysis/morris_effects.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/error.h"
#include "engine/run/twins.h"

namespace cascadelab {
namespace {

MorrisEffect summary(std::span<const double> effects) {
    constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
    MorrisEffect out{kUnknown, kUnknown, kUnknown, kUnknown, kUnknown, effects.size()};
    if (effects.empty()) return out;
    std::vector<double> sizes;
    for (const double effect : effects) sizes.push_back(std::abs(effect));
    const ConfidenceInterval size = paired_interval(sizes);
    out.size = size.mean;
    out.low = size.low;
    out.high = size.high;
    const auto count = static_cast<double>(effects.size());
    out.mean = std::accumulate(effects.begin(), effects.end(), 0.0) / count;
    if (effects.size() < 2) return out;
    double squares = 0;
    for (const double effect : effects) squares += (effect - out.mean) * (effect - out.mean);
    out.deviation = std::sqrt(squares / (count - 1));
    return out;
}

}  // namespace

std::vector<MorrisEffect> morris_effects(const Points& points, std::span<const double> outcomes) {
    CHECK(!points.empty() && points.size() == outcomes.size());
    const std::size_t axes = points.front().size();
    CHECK(points.size() % (axes + 1) == 0);
    std::vector<std::vector<double>> effects(axes);
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (i % (axes + 1) == 0) continue;  // another trajectory begins
        for (std::size_t axis = 0; axis < axes; ++axis) {
            const double moved = points[i][axis] - points[i - 1][axis];
            const double effect = (outcomes[i] - outcomes[i - 1]) / moved;
            if (moved != 0 && std::isfinite(effect)) effects[axis].push_back(effect);
        }
    }
    std::vector<MorrisEffect> out;
    for (const std::vector<double>& of_axis : effects) out.push_back(summary(of_axis));
    return out;
}

}  // namespace cascadelab
