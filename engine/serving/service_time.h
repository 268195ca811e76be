// How long one call takes: a distribution with closed-form moments. Plain value; any thread.
#pragma once

#include "engine/base/random.h"

namespace cascadelab {

// Normal quantile of 0.99.
inline constexpr double kNormal99 = 2.3263478740408408;

struct ServiceTime {
    enum class Kind { constant, exponential, lognormal };
    Kind kind = Kind::lognormal;
    double middle_s = 0.01;  // constant: the time; exponential: the mean; lognormal: the median
    double sigma = 0;        // lognormal: deviation of the logarithm
    // Share of calls that take long for no reason of their own (a pause, a lost packet): even
    // between the two times. Without them hedging has nothing to cure (Dean and Barroso 2013).
    double straggler_share = 0;
    double straggler_low_s = 0.2;
    double straggler_high_s = 1.8;

    double draw(Stream& stream) const;  // seconds
    double mean_s() const;
    double scv() const;                        // variance over squared mean
    double share_below(double limit_s) const;  // of calls that take no longer
    // The time that a share of calls stays below. share in [0, 1).
    double quantile_s(double share) const;
    ServiceTime ordinary_part() const;  // without the stragglers
};

// The lognormal whose median and 99th percentile these are, seconds; p99_s >= p50_s > 0.
ServiceTime lognormal_from(double p50_s, double p99_s);

}  // namespace cascadelab
