#include "engine/sweep/analysis/sequential_test.h"

#include <cmath>
#include <limits>

#include "engine/base/error.h"
#include "engine/run/twins.h"

namespace cascadelab {
namespace {

constexpr double kPriorVariance = 1;  // of the standardised difference

// Mean and variance, one value after the other (Welford 1962).
class Moments {
  public:
    void add(double value) {
        m_count += 1;
        const double before = value - m_mean;
        m_mean += before / m_count;
        m_squares += before * (value - m_mean);
    }
    double count() const { return m_count; }
    double mean() const { return m_mean; }
    double error() const { return std::sqrt(m_squares / (m_count - 1) / m_count); }  // of the mean

  private:
    double m_count = 0, m_mean = 0, m_squares = 0;
};

Moments moments_of(std::span<const double> values) {
    Moments out;
    for (const double value : values) out.add(value);
    return out;
}

// The difference from the mean, in standard errors, at which the evidence reaches 1 / error_rate.
double critical_t(double count, double error_rate) {
    const double freedom = count - 1;
    const double growth = 1 + count * kPriorVariance;
    const double ratio = std::pow(std::sqrt(growth) / error_rate, 2 / (freedom + 1));
    if (ratio >= growth) return std::numeric_limits<double>::infinity();
    return std::sqrt(freedom * (ratio - 1) / (1 - ratio / growth));
}

ConfidenceBounds bounds_of(const Moments& moments, double error_rate) {
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    if (moments.count() < 2) return {-kInfinite, kInfinite};
    const double t = critical_t(moments.count(), error_rate);
    if (!std::isfinite(t)) return {-kInfinite, kInfinite};
    return {moments.mean() - t * moments.error(), moments.mean() + t * moments.error()};
}

// The quantile of the normal distribution, by bisection of erfc: exact to the last digits.
double normal_quantile(double probability) {
    double low = -10, high = 10;
    for (int i = 0; i < 80; ++i) {
        const double middle = (low + high) / 2;
        const bool is_below = std::erfc(-middle / std::sqrt(2.0)) / 2 < probability;
        (is_below ? low : high) = middle;
    }
    return (low + high) / 2;
}

Verdict answer_of(const ConfidenceBounds& bounds, const SequentialOptions& options) {
    if (bounds.low > 0) return Verdict::better;
    if (bounds.high < 0) return Verdict::worse;
    const double matters = options.matters.value_or(0);
    if (bounds.low > -matters && bounds.high < matters) return Verdict::alike;
    return Verdict::open;
}

}  // namespace

double difference_evidence(std::span<const double> differences) {
    const Moments moments = moments_of(differences);
    if (moments.count() < 2) return 1;
    const double freedom = moments.count() - 1;
    const double growth = 1 + moments.count() * kPriorVariance;
    double ratio = growth;  // its limit, where the differences are all the same
    if (moments.error() > 0 || moments.mean() == 0) {
        const double t = moments.mean() == 0 ? 0 : moments.mean() / moments.error();
        ratio = (1 + t * t / freedom) / (1 + t * t / (freedom * growth));
    }
    return std::pow(ratio, (freedom + 1) / 2) / std::sqrt(growth);
}

ConfidenceBounds confidence_bounds(std::span<const double> differences, double error_rate) {
    return bounds_of(moments_of(differences), error_rate);
}

SequentialAnswer sequential_test(std::span<const double> differences,
                                 const SequentialOptions& options) {
    CHECK(options.error_rate > 0 && options.error_rate < 1);
    SequentialAnswer out;
    Moments moments;
    for (const double difference : differences) {
        moments.add(difference);
        out.pairs = static_cast<std::size_t>(moments.count());
        out.mean = moments.mean();
        out.bounds = bounds_of(moments, options.error_rate);
        out.answer = answer_of(out.bounds, options);
        if (out.answer != Verdict::open) return out;
    }
    return out;
}

std::size_t pairs_needed(double deviation, double difference, double power) {
    CHECK(power > 0 && power < 1);
    constexpr std::size_t kMost = 1000000;
    if (!(deviation > 0)) return difference == 0 ? 0 : 2;
    const double z = normal_quantile(power);
    const auto suffice = [&](std::size_t count) {
        const double reach = student_quantile(count - 1) + z;
        return reach * deviation / std::sqrt(static_cast<double>(count)) <= std::abs(difference);
    };
    if (!suffice(kMost)) return 0;
    std::size_t fewest = 2, most = kMost;  // the first of which may suffice, the last does
    while (fewest < most) {
        const std::size_t middle = (fewest + most) / 2;
        if (suffice(middle)) {
            most = middle;
        } else {
            fewest = middle + 1;
        }
    }
    return fewest;
}

}  // namespace cascadelab
