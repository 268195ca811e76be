#include "engine/serving/service_time.h"

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
    return kind == Kind::lognormal ? middle_s * std::exp(sigma * sigma / 2) : middle_s;
}

double ServiceTime::scv() const {
    switch (kind) {
        case Kind::constant:
            return 0;
        case Kind::exponential:
            return 1;
        case Kind::lognormal:
            return std::expm1(sigma * sigma);
    }
    CHECK(false);
}

double ServiceTime::quantile_s(double share) const {
    CHECK(share >= 0 && share < 1);
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
    return {ServiceTime::Kind::lognormal, p50_s, std::log(p99_s / p50_s) / kNormal99};
}

}  // namespace cascadelab
