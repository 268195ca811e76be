#include "engine/sweep/design/sample_design.h"

#include <numeric>

#include "engine/base/error.h"
#include "engine/base/shuffle.h"
#include "engine/sweep/design/sobol_sequence.h"

namespace cascadelab {

Points grid_design(std::span<const std::size_t> counts) {
    Points points = {{}};
    for (const std::size_t count : counts) {
        Points longer;
        longer.reserve(points.size() * count);
        for (const std::vector<double>& point : points) {
            for (std::size_t level = 0; level < count; ++level) {
                longer.push_back(point);
                longer.back().push_back((static_cast<double>(level) + 0.5) /
                                        static_cast<double>(count));
            }
        }
        points = std::move(longer);
    }
    return points;
}

Points latin_design(std::size_t count, std::size_t axes, Stream stream) {
    Points points(count, std::vector<double>(axes));
    std::vector<std::size_t> slices(count);
    for (std::size_t axis = 0; axis < axes; ++axis) {
        std::iota(slices.begin(), slices.end(), std::size_t{0});
        shuffle_values(slices, stream);
        for (std::size_t i = 0; i < count; ++i) {
            const double inside = stream.uniform();
            points[i][axis] =
                (static_cast<double>(slices[i]) + inside) / static_cast<double>(count);
        }
    }
    return points;
}

Points sobol_design(std::size_t count, std::size_t axes, Stream stream) {
    SobolSequence sequence(axes);
    sequence.shift(stream);
    Points points(count, std::vector<double>(axes));
    for (std::size_t i = 0; i < count; ++i)
        sequence.point(static_cast<std::uint32_t>(i), points[i]);
    return points;
}

Points saltelli_design(std::size_t base, std::size_t axes, Stream stream) {
    // A and B are the two halves of points with twice as many axes.
    const Points both = sobol_design(base, 2 * axes, stream);
    Points points;
    points.reserve(base * (axes + 2));
    for (const std::vector<double>& row : both) {
        const auto middle = row.begin() + static_cast<std::ptrdiff_t>(axes);
        const std::vector<double> a(row.begin(), middle);
        const std::vector<double> b(middle, row.end());
        points.push_back(a);
        for (std::size_t axis = 0; axis < axes; ++axis) {
            points.push_back(a);
            points.back()[axis] = b[axis];
        }
        points.push_back(b);
    }
    return points;
}

Points morris_design(std::size_t count, std::size_t axes, Stream stream) {
    constexpr std::size_t kStepLevels = kMorrisLevels / 2;
    constexpr double kLevel = 1.0 / (kMorrisLevels - 1);
    Points points;
    points.reserve(count * (axes + 1));
    std::vector<std::size_t> order(axes);
    for (std::size_t trajectory = 0; trajectory < count; ++trajectory) {
        std::vector<double> point(axes);
        for (double& coordinate : point)
            coordinate = static_cast<double>(stream.below(kMorrisLevels)) * kLevel;
        std::iota(order.begin(), order.end(), std::size_t{0});
        shuffle_values(order, stream);
        points.push_back(point);
        // From the lower half of the levels a step leads up, from the upper half down.
        for (const std::size_t axis : order) {
            const bool is_low = point[axis] < 0.5;
            const double level = point[axis] / kLevel + 0.5;
            const auto from = static_cast<std::size_t>(level);
            point[axis] =
                static_cast<double>(is_low ? from + kStepLevels : from - kStepLevels) * kLevel;
            points.push_back(point);
        }
    }
    return points;
}

}  // namespace cascadelab
