#include "engine/serving/queueing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {

double erlang_c(int servers, double offered_load) {
    CHECK(servers >= 1 && offered_load >= 0 && offered_load < servers);
    // Erlang B by its recursion, which neither overflows nor cancels; C follows from it.
    double blocked = 1;
    for (int n = 1; n <= servers; ++n) {
        blocked = offered_load * blocked / (n + offered_load * blocked);
    }
    const double utilisation = offered_load / servers;
    return blocked / (1 - utilisation * (1 - blocked));
}

double mean_wait_mmc(double arrival_rate, double mean_service_s, int servers) {
    const double waits = erlang_c(servers, arrival_rate * mean_service_s);
    return waits / (servers / mean_service_s - arrival_rate);
}

double mean_wait_mg1(double arrival_rate, double mean_service_s, double scv) {
    const double utilisation = arrival_rate * mean_service_s;
    CHECK(utilisation < 1);
    return utilisation * mean_service_s * (1 + scv) / (2 * (1 - utilisation));
}

double wait_quantile_mmc(double arrival_rate, double mean_service_s, int servers, double share) {
    CHECK(share >= 0 && share < 1);
    const double waits = erlang_c(servers, arrival_rate * mean_service_s);
    if (waits <= 1 - share) return 0;
    return std::log(waits / (1 - share)) / (servers / mean_service_s - arrival_rate);
}

int square_root_staffing(double offered_load, double beta) {
    CHECK(offered_load >= 0);
    const double servers = std::ceil(offered_load + beta * std::sqrt(offered_load));
    CHECK(servers <= std::numeric_limits<int>::max());
    return std::max(1, static_cast<int>(servers));
}

double waits_halfin_whitt(double beta) {
    CHECK(beta > 0);
    const double below = 0.5 * std::erfc(-beta / std::numbers::sqrt2);
    const double density = std::exp(-beta * beta / 2) / std::sqrt(2 * std::numbers::pi);
    return density / (density + beta * below);  // no quotient that overflows
}

double mean_time_of_choices(double load, int choices) {
    CHECK(load >= 0 && load < 1 && choices >= 1);
    if (choices == 1) return 1 / (1 - load);
    // The exponents are d + d^2 + ... + d^(i-1): 0, d, d + d^2, ...
    double exponent = 0;
    double step = 1;
    double sum = 0;
    for (double term = 1; term > 1e-17 * sum; term = std::pow(load, exponent)) {
        sum += term;
        step *= choices;
        exponent += step;
    }
    return sum;
}

double overload_backlog_s(double load, double lasting_s) {
    CHECK(load >= 0 && lasting_s >= 0);
    return std::max(0.0, load - 1) * lasting_s;
}

double overload_drain_s(double load, double lasting_s, double load_after) {
    CHECK(load_after > 0);
    const double backlog_s = overload_backlog_s(load, lasting_s);
    if (backlog_s == 0) return 0;
    if (load_after >= 1) return std::numeric_limits<double>::infinity();
    const double capacity_after = load / load_after;  // in units of the capacity before
    return backlog_s / (capacity_after - load);
}

double retry_amplification(double failure_share, int retries) {
    CHECK(failure_share >= 0 && failure_share <= 1 && retries >= 0);
    if (failure_share == 1) return 1.0 + retries;
    return (1 - std::pow(failure_share, retries + 1.0)) / (1 - failure_share);
}

double retry_amplification(double failure_share, int retries, double retry_budget) {
    CHECK(retry_budget >= 0);
    return std::min(retry_amplification(failure_share, retries), 1 + retry_budget);
}

double layered_retry_amplification(int retries, int layers) {
    CHECK(retries >= 0 && layers >= 0);
    return std::pow(1.0 + retries, layers);
}

bool retries_can_sustain_overload(double load, int retries) {
    return (1 + retries) * load > 1;
}

double any_slow(double slow_share, int branches) {
    return 1 - std::pow(1 - slow_share, branches);
}

double any_slow_hedged(double slow_share, int branches) {
    return any_slow(slow_share * slow_share, branches);
}

}  // namespace cascadelab
