#include "engine/sim/fleet/fleet_run.h"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.h"

namespace cascadelab {
namespace {

constexpr double kLeastLatency = 0.001;  // seconds: the middle of the first bin
constexpr double kBinsPerE = 8.655;      // bins for a factor of e: 96 bins reach 65 s

}  // namespace

std::size_t latency_bin(double latency_s) {
    if (!(latency_s > kLeastLatency)) return 0;
    const double bin = std::round(kBinsPerE * std::log(latency_s / kLeastLatency));
    return std::min(kLatencyBins - 1, static_cast<std::size_t>(bin));
}

double latency_of_bin(std::size_t bin) {
    return kLeastLatency * std::exp(static_cast<double>(bin) / kBinsPerE);
}

std::uint64_t FleetRun::hash() const {
    Hasher hasher;
    if (state) hasher.add(state->hash());
    hasher.add(work.requests).add(work.scored).add(work.merged);
    hasher.add(incidents.size()).add(crowds.size());
    if (stream) hasher.add(stream->hash());
    hasher.add(memory.hash()).add(miss_share);
    for (const ServedPerson& person : people) {
        hasher.add(person.page_s).add(person.news_s).add(person.patience.habit);
        hasher.add(person.felt_ms).add(person.pages);
    }
    return hasher.value();
}

}  // namespace cascadelab
