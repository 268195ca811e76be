#include "engine/serving/queueing.h"

#include <cmath>

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

double any_slow(double slow_share, int branches) {
    return 1 - std::pow(1 - slow_share, branches);
}

}  // namespace cascadelab
