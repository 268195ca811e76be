#include "engine/sweep/analysis/variance_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// Sums of squares of one grouping of the observations (one-way analysis of variance).
struct Grouping {
    double between = 0;
    std::size_t groups = 0;  // with anything in them
};

// Observations with a value, centred.
struct Observed {
    std::vector<std::size_t> which;
    std::vector<double> value;
    double total = 0;  // sum of squares
};

Observed observe(std::span<const double> outcomes) {
    Observed out;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (!std::isfinite(outcomes[i])) continue;
        out.which.push_back(i);
        out.value.push_back(outcomes[i]);
    }
    if (out.value.empty()) return out;
    const double mean = std::accumulate(out.value.begin(), out.value.end(), 0.0) /
                        static_cast<double>(out.value.size());
    for (double& value : out.value) {
        value -= mean;
        out.total += value * value;
    }
    return out;
}

// group_of: of an observation by its place among all, below `groups`.
template <class GroupOf>
Grouping group_by(const Observed& observed, std::size_t groups, GroupOf&& group_of) {
    std::vector<double> sum(groups);
    std::vector<double> count(groups);
    for (std::size_t k = 0; k < observed.which.size(); ++k) {
        const std::size_t group = group_of(observed.which[k]);
        sum[group] += observed.value[k];
        count[group] += 1;
    }
    Grouping out;
    for (std::size_t group = 0; group < groups; ++group) {
        if (count[group] == 0) continue;
        out.between += sum[group] * sum[group] / count[group];
        ++out.groups;
    }
    return out;
}

// Epsilon squared: the explained sum of squares less what its degrees of freedom get from noise.
double share_of(double explained, double freedom, double noise, double total) {
    return std::clamp((explained - freedom * noise) / total, 0.0, 1.0);
}

double noise_of(const Observed& observed, const Grouping& grouping) {
    const double freedom =
        static_cast<double>(observed.which.size()) - static_cast<double>(grouping.groups);
    return freedom > 0 ? (observed.total - grouping.between) / freedom : 0;
}

}  // namespace

Levels levels_of(std::span<const double> values) {
    std::vector<double> distinct(values.begin(), values.end());
    std::ranges::sort(distinct);
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    // The slice of a value is that of its place among the distinct ones.
    const bool is_few = distinct.size() <= kMostDistinctLevels;
    const std::size_t count = is_few ? distinct.size() : kSlices;
    Levels out{std::vector<double>(count), {}};
    std::vector<double> members(count);
    for (const double value : values) {
        const auto place =
            static_cast<std::size_t>(std::ranges::lower_bound(distinct, value) - distinct.begin());
        const std::size_t level = is_few ? place : place * kSlices / distinct.size();
        out.of.push_back(level);
        out.value[level] += value;
        members[level] += 1;
    }
    for (std::size_t level = 0; level < count; ++level) out.value[level] /= members[level];
    return out;
}

VarianceShares variance_shares(std::span<const Levels> axes, std::span<const double> outcomes) {
    for (const Levels& axis : axes) CHECK(axis.of.size() == outcomes.size());
    const Observed observed = observe(outcomes);
    VarianceShares out;
    out.main.assign(axes.size(), 0);
    if (!(observed.total > 0)) return out;

    std::vector<Grouping> main;
    for (const Levels& axis : axes) {
        main.push_back(
            group_by(observed, axis.value.size(), [&](std::size_t i) { return axis.of[i]; }));
        const Grouping& by = main.back();
        out.main[main.size() - 1] = share_of(by.between, static_cast<double>(by.groups) - 1,
                                             noise_of(observed, by), observed.total);
    }
    for (std::size_t a = 0; a < axes.size(); ++a) {
        for (std::size_t b = a + 1; b < axes.size(); ++b) {
            const std::size_t width = axes[b].value.size();
            const Grouping cells =
                group_by(observed, axes[a].value.size() * width,
                         [&](std::size_t i) { return axes[a].of[i] * width + axes[b].of[i]; });
            if (observed.which.size() < 2 * cells.groups) continue;
            const auto freedom = static_cast<double>(cells.groups) + 1 -
                                 static_cast<double>(main[a].groups + main[b].groups);
            if (freedom <= 0) continue;
            const double beyond = cells.between - main[a].between - main[b].between;
            out.pairs.push_back(
                {a, b, share_of(beyond, freedom, noise_of(observed, cells), observed.total)});
        }
    }
    return out;
}

}  // namespace cascadelab
