#include "engine/serving/service_time.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

double normal_below(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

// Inverse of the normal distribution by bisection: slow, exact to the bit of a double, and used
// once a station.
double normal_quantile(double share) {
    double low = -40;
    double high = 40;
    for (int step = 0; step < 100; ++step) {
        const double middle = (low + high) / 2;
        (normal_below(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

double ServiceTime::draw(Stream& stream) const {
    if (straggler_share > 0 && stream.chance(straggler_share)) {
        return stream.uniform(straggler_low_s, straggler_high_s);
    }
    switch (kind) {
        case Kind::constant:
            return middle_s;
        case Kind::exponential:
            return stream.exponential(middle_s);
        case Kind::lognormal:
            return stream.lognormal(middle_s, sigma);
    }
    CHECK(false);
}

double ServiceTime::mean_s() const {
    const double ordinary_s =
        kind == Kind::lognormal ? middle_s * std::exp(sigma * sigma / 2) : middle_s;
    const double straggler_s = (straggler_low_s + straggler_high_s) / 2;
    return (1 - straggler_share) * ordinary_s + straggler_share * straggler_s;
}

ServiceTime ServiceTime::ordinary_part() const {
    ServiceTime ordinary = *this;
    ordinary.straggler_share = 0;
    return ordinary;
}

double ServiceTime::scv() const {
    const double ordinary_s = ordinary_part().mean_s();
    const double ordinary_scv = kind == Kind::constant      ? 0
                                : kind == Kind::exponential ? 1
                                                            : std::expm1(sigma * sigma);
    if (straggler_share == 0) return ordinary_scv;
    const double low = straggler_low_s, high = straggler_high_s;
    const double square = (1 - straggler_share) * ordinary_s * ordinary_s * (1 + ordinary_scv) +
                          straggler_share * (low * low + low * high + high * high) / 3;
    return square / (mean_s() * mean_s()) - 1;
}

double ServiceTime::share_below(double limit_s) const {
    if (limit_s < 0) return 0;
    double ordinary = 0;
    switch (kind) {
        case Kind::constant:
            ordinary = limit_s >= middle_s ? 1 : 0;
            break;
        case Kind::exponential:
            ordinary = -std::expm1(-limit_s / middle_s);
            break;
        case Kind::lognormal:
            ordinary = limit_s > 0 ? (sigma > 0 ? normal_below(std::log(limit_s / middle_s) / sigma)
                                                : (limit_s >= middle_s ? 1.0 : 0.0))
                                   : 0;
            break;
    }
    const double slow =
        std::clamp((limit_s - straggler_low_s) / (straggler_high_s - straggler_low_s), 0.0, 1.0);
    return (1 - straggler_share) * ordinary + straggler_share * slow;
}

double ServiceTime::quantile_s(double share) const {
    CHECK(share >= 0 && share < 1);
    if (straggler_share > 0) {
        // No closed form with two kinds of calls: the share below a time, inverted by bisection.
        double low = 0;
        double high =
            std::max(straggler_high_s, ordinary_part().quantile_s(std::max(share, 1 - 1e-12)));
        for (int step = 0; step < 100; ++step) {
            const double middle = (low + high) / 2;
            (share_below(middle) < share ? low : high) = middle;
        }
        return (low + high) / 2;
    }
    switch (kind) {
        case Kind::constant:
            return middle_s;
        case Kind::exponential:
            return -middle_s * std::log1p(-share);
        case Kind::lognormal:
            return share > 0 ? middle_s * std::exp(sigma * normal_quantile(share)) : 0;
    }
    CHECK(false);
}

ServiceTime lognormal_from(double p50_s, double p99_s) {
    CHECK(p50_s > 0 && p99_s >= p50_s);
    ServiceTime service;
    service.middle_s = p50_s;
    service.sigma = std::log(p99_s / p50_s) / kNormal99;
    return service;
}

}  // namespace cascadelab
