#include "engine/base/random.h"

#include <cmath>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ull;

}  // namespace

std::uint64_t mix_bits(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
    return x ^ (x >> 31);
}

Stream::Stream(std::uint64_t seed, Purpose purpose, std::uint64_t entity, std::uint64_t tick) {
    m_key = mix_bits(seed + kGolden);
    m_key = mix_bits(m_key ^ (static_cast<std::uint64_t>(purpose) + 1) * kGolden);
    m_key = mix_bits(m_key ^ (entity + 1) * 0xD1B54A32D192ED03ull);
    m_key = mix_bits(m_key ^ (tick + 1) * 0x8CB92BA72F3D8DD7ull);
}

std::uint64_t Stream::bits() {
    return mix_bits(m_key + ++m_counter * kGolden);
}

double Stream::uniform() {
    return static_cast<double>(bits() >> 11) * 0x1.0p-53;
}

double Stream::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

std::uint64_t Stream::below(std::uint64_t n) {
    CHECK(n > 0);
    // Multiply-shift with rejection of the short first interval.
    const std::uint64_t threshold = (0 - n) % n;
    while (true) {
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(bits()) * n;
        if (static_cast<std::uint64_t>(product) >= threshold) {
            return static_cast<std::uint64_t>(product >> 64);
        }
    }
}

bool Stream::chance(double probability) {
    return uniform() < probability;
}

double Stream::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    const double angle = 2.0 * std::numbers::pi * uniform();
    return radius * std::cos(angle);
}

double Stream::normal(double mean, double deviation) {
    return mean + deviation * normal();
}

double Stream::lognormal(double median, double sigma) {
    return median * std::exp(sigma * normal());
}

double Stream::exponential(double mean) {
    return -mean * std::log(1.0 - uniform());
}

double Stream::gamma(double shape) {
    CHECK(shape > 0);
    // Shapes under one are lifted by one and brought back with a power of a uniform.
    if (shape < 1.0) {
        const double lifted = gamma(shape + 1.0);
        return lifted * std::pow(1.0 - uniform(), 1.0 / shape);
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    while (true) {
        const double x = normal();
        const double v = std::pow(1.0 + c * x, 3.0);
        const double u = 1.0 - uniform();
        if (v > 0 && std::log(u) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}

double Stream::beta(double a, double b) {
    const double x = gamma(a);
    const double y = gamma(b);
    return x / (x + y);
}

double Stream::gumbel() {
    return -std::log(-std::log(uniform() * (1.0 - 0x1.0p-53) + 0x1.0p-54));
}

std::size_t Stream::zipf(std::size_t n, double exponent) {
    CHECK(n > 0);
    double total = 0;
    for (std::size_t k = 1; k <= n; ++k) total += std::pow(static_cast<double>(k), -exponent);
    double left = uniform() * total;
    for (std::size_t k = 1; k < n; ++k) {
        left -= std::pow(static_cast<double>(k), -exponent);
        if (left < 0) return k - 1;
    }
    return n - 1;
}

std::size_t Stream::choice(std::span<const double> weights) {
    double total = 0;
    for (double w : weights) total += w;
    CHECK(total > 0);
    double left = uniform() * total;
    std::size_t last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] <= 0) continue;
        last = i;
        left -= weights[i];
        if (left < 0) return i;
    }
    return last;
}

namespace {

// Gammas to shares. A tiny concentration can underflow every component; then one of them takes all.
void make_shares(std::span<double> gammas, Stream& stream) {
    double total = 0;
    for (const double x : gammas) total += x;
    if (total <= 0) {
        for (double& x : gammas) x = 0;
        gammas[stream.below(gammas.size())] = total = 1;
    }
    for (double& x : gammas) x /= total;
}

}  // namespace

void Stream::dirichlet(double concentration, std::span<double> out) {
    for (double& x : out) x = gamma(concentration);
    make_shares(out, *this);
}

void Stream::dirichlet(std::span<const double> concentration, std::span<double> out) {
    CHECK(concentration.size() == out.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = gamma(concentration[i]);
    make_shares(out, *this);
}

}  // namespace cascadelab
