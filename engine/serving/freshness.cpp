#include "engine/serving/freshness.h"

#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {

double age_of_information_mm1(double arrival_rate, double mean_service_s) {
    const double load = arrival_rate * mean_service_s;
    CHECK(load > 0 && load < 1);
    return mean_service_s * (1 + 1 / load + load * load / (1 - load));
}

double freshest_load_mm1() {
    // The derivative of the age, times rho^2 (1 - rho)^2, is a polynomial that rises through its
    // only root between 0 and 1.
    double low = 0;
    double high = 1;
    for (int halving = 0; halving < 60; ++halving) {
        const double load = (low + high) / 2;
        const double idle = 1 - load;
        const double slope = -idle * idle + load * load * load * (2 - load);
        (slope < 0 ? low : high) = load;
    }
    return (low + high) / 2;
}

double batch_age_quantile_s(double delay_s, double period_s, double share) {
    CHECK(delay_s >= 0 && period_s >= 0 && share >= 0 && share <= 1);
    return delay_s + share * period_s;
}

double edge_miss_share(double event_rate, double lag_s) {
    CHECK(event_rate >= 0 && lag_s >= 0);
    return -std::expm1(-event_rate * lag_s);
}

}  // namespace cascadelab
