#include "engine/sweep/analysis/sobol_indices.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

struct Estimates {
    std::vector<double> first, total;  // an axis
};

// Blocks of outcomes, centred: f(A), f(A with axis i of B) for every i, f(B).
class Blocks {
  public:
    Blocks(std::span<const double> outcomes, std::size_t axes) : m_axes(axes) {
        const std::size_t width = axes + 2;
        CHECK(axes > 0 && outcomes.size() % width == 0);
        for (std::size_t at = 0; at < outcomes.size(); at += width) {
            const auto block = outcomes.subspan(at, width);
            if (std::ranges::all_of(block, [](double y) { return std::isfinite(y); }))
                m_values.insert(m_values.end(), block.begin(), block.end());
        }
        // A constant changes no index, but it adds to the noise of the first order.
        const double mean = std::accumulate(m_values.begin(), m_values.end(), 0.0) /
                            static_cast<double>(std::max<std::size_t>(1, m_values.size()));
        for (double& y : m_values) y -= mean;
    }

    std::size_t size() const { return m_values.size() / (m_axes + 2); }

    // Of these blocks, which may repeat; nothing varies: empty.
    Estimates estimate(std::span<const std::size_t> chosen) const {
        const auto count = static_cast<double>(chosen.size());
        double sum = 0, squares = 0;
        Estimates out{std::vector<double>(m_axes), std::vector<double>(m_axes)};
        for (const std::size_t j : chosen) {
            const double* block = m_values.data() + j * (m_axes + 2);
            const double a = block[0], b = block[m_axes + 1];
            sum += a + b;
            squares += a * a + b * b;
            for (std::size_t i = 0; i < m_axes; ++i) {
                const double mixed = block[1 + i];
                out.first[i] += b * (mixed - a);
                out.total[i] += (a - mixed) * (a - mixed) / 2;
            }
        }
        const double mean = sum / (2 * count);
        const double variance = squares / (2 * count) - mean * mean;
        if (!(variance > 0)) return {};
        for (double& value : out.first) value /= count * variance;
        for (double& value : out.total) value /= count * variance;
        return out;
    }

  private:
    std::size_t m_axes;
    std::vector<double> m_values;
};

// The value among sorted ones below which a share of them lies, the nearest rank.
double quantile(std::span<const double> sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    return sorted[static_cast<std::size_t>(place + 0.5)];
}

SobolIndex with_interval(double value, std::vector<double> resampled) {
    if (resampled.empty()) return {value, value, value};
    std::ranges::sort(resampled);
    return {value, quantile(resampled, 0.025), quantile(resampled, 0.975)};
}

}  // namespace

SobolIndices sobol_indices(std::span<const double> outcomes, std::size_t axes, Stream stream,
                           int resamples) {
    const Blocks blocks(outcomes, axes);
    SobolIndices out;
    out.blocks = blocks.size();
    if (blocks.size() < 2) return out;
    std::vector<std::size_t> chosen(blocks.size());
    std::iota(chosen.begin(), chosen.end(), std::size_t{0});
    const Estimates whole = blocks.estimate(chosen);
    if (whole.first.empty()) return out;

    std::vector<std::vector<double>> first(axes), total(axes);
    for (int k = 0; k < resamples; ++k) {
        for (std::size_t& block : chosen) block = stream.below(blocks.size());
        const Estimates again = blocks.estimate(chosen);
        for (std::size_t i = 0; i < again.first.size(); ++i) {
            first[i].push_back(again.first[i]);
            total[i].push_back(again.total[i]);
        }
    }
    for (std::size_t i = 0; i < axes; ++i) {
        out.first.push_back(with_interval(whole.first[i], std::move(first[i])));
        out.total.push_back(with_interval(whole.total[i], std::move(total[i])));
    }
    return out;
}

}  // namespace cascadelab
