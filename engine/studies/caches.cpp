// The memory tier and the streaming lane against their laws: hit shares at rest and after a flush,
// and the age of what comes through a queue.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/serving/cache.h"
#include "engine/serving/cache_laws.h"
#include "engine/serving/freshness.h"
#include "engine/serving/station.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// Keys drawn by a Zipf law, one by one.
class ZipfKeys {
  public:
    ZipfKeys(std::size_t keys, double exponent) {
        double mass = 0;
        for (std::size_t rank = 1; rank <= keys; ++rank) {
            m_mass.push_back(mass += std::pow(static_cast<double>(rank), -exponent));
        }
    }
    std::uint64_t draw(Stream& stream) const {
        const double at = stream.uniform() * m_mass.back();
        const auto key = std::ranges::upper_bound(m_mass, at) - m_mass.begin();
        return std::min(static_cast<std::uint64_t>(key), std::uint64_t{m_mass.size() - 1});
    }
    // The share of the requests for one key.
    double share(std::uint64_t key) const {
        const double below = key == 0 ? 0 : m_mass[key - 1];
        return (m_mass[key] - below) / m_mass.back();
    }

  private:
    std::vector<double> m_mass;  // of this rank and all before
};

// --- cache -------------------------------------------------------------------------------------

constexpr std::size_t kKeys = 100000;
constexpr std::array kExponents = {0.7, 0.9, 1.0, 1.1};
constexpr std::size_t kCacheRuns = 4;
constexpr int kWarmUp = 200000;
constexpr int kCounted = 200000;

struct Tier {
    const char* name;
    Eviction eviction;
    std::uint32_t capacity;
    std::array<double, 4> computed;  // hit share by exponent
};
constexpr std::array<Tier, 4> kTiers = {{
    {"lru_1000", Eviction::lru, 1000, {0.109, 0.342, 0.506, 0.666}},
    {"lru_10000", Eviction::lru, 10000, {0.347, 0.605, 0.737, 0.845}},
    {"fifo_1000", Eviction::fifo, 1000, {0.095, 0.306, 0.465, 0.627}},
    {"fifo_10000", Eviction::fifo, 10000, {0.314, 0.564, 0.701, 0.818}},
}};

double law_of(const Tier& tier, double exponent) {
    const Renewal renewal = tier.eviction == Eviction::lru ? Renewal::on_hit : Renewal::never;
    return hit_share_at_rest(renewal, zipf_popularity(kKeys, exponent), tier.capacity);
}

// Hit shares of all tiers on one and the same stream of requests, after they have filled.
std::vector<double> simulated_hits(const ZipfKeys& keys, Stream& stream) {
    std::vector<Cache> caches;
    for (const Tier& tier : kTiers) caches.emplace_back(CachePlan{tier.capacity, tier.eviction});
    std::vector<double> hits(kTiers.size(), 0.0);
    for (int request = 0; request < kWarmUp + kCounted; ++request) {
        const std::uint64_t key = keys.draw(stream);
        for (std::size_t t = 0; t < caches.size(); ++t) {
            const bool hit = caches[t].fetch(key, request);
            if (request >= kWarmUp) hits[t] += hit;
        }
    }
    for (double& share : hits) share /= kCounted;
    return hits;
}

// --- cold_cache --------------------------------------------------------------------------------

constexpr std::size_t kColdRuns = 20;
constexpr double kColdKeys = 1e6;
constexpr std::uint32_t kColdCapacity = 100000;
constexpr std::array kAfter = {1000, 10000, 100000};
constexpr std::array kCold = {0.375, 0.535, 0.694};

// The share of the next requests that a cache answers which was empty so many requests ago.
std::vector<double> warming(const ZipfKeys& keys, Stream& stream) {
    Cache cache({kColdCapacity, Eviction::lru});
    std::vector<double> kept;
    double mass = 0;
    for (int request = 1; request <= kAfter.back(); ++request) {
        const std::uint64_t key = keys.draw(stream);
        if (!cache.fetch(key, request)) mass += keys.share(key);
        if (std::ranges::find(kAfter, request) != kAfter.end()) kept.push_back(mass);
    }
    return kept;
}

// --- age_of_information ------------------------------------------------------------------------

constexpr std::size_t kLaneRuns = 40;
constexpr int kUpdates = 100000;
// The middle three lie around the freshest load: where their parabola is lowest.
constexpr std::array kLoads = {0.3, 0.4, 0.451, 0.531, 0.611, 0.7, 0.8};

// Mean age, in mean services, of the newest update that came through, at every load. The same
// draws at all loads, so that they differ by the load alone.
std::vector<double> simulated_ages(Stream& stream) {
    struct Lane {
        Station station{1};
        double made_s = 0, done_s = 0;
        double age_area = 0;  // seconds x seconds
    };
    std::vector<Lane> lanes(kLoads.size());
    for (int update = 0; update < kUpdates; ++update) {
        const double gap = stream.exponential(1);
        const double service_s = stream.exponential(1);
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            Lane& lane = lanes[i];
            const double made_s = lane.made_s + gap / kLoads[i];
            const double done_s = lane.station.arrive(made_s, service_s).end_s;
            // Until then the newest is the one before, older by the second.
            const double mean_age_s = (lane.done_s + done_s) / 2 - lane.made_s;
            lane.age_area += (done_s - lane.done_s) * mean_age_s;
            lane.made_s = made_s;
            lane.done_s = done_s;
        }
    }
    std::vector<double> ages;
    for (const Lane& lane : lanes) ages.push_back(lane.age_area / lane.done_s);
    return ages;
}

// Where the parabola through three points at even distances is lowest.
double lowest(double middle, double step, double before, double at, double after) {
    return middle - step * (after - before) / (2 * (before - 2 * at + after));
}

}  // namespace

StudyResult study_cache(StudyRun& run) {
    StudyResult result;
    std::vector<StudyCurve> own, laws;
    for (const Tier& tier : kTiers) {
        own.push_back({tier.name, {}, {}});
        laws.push_back({tier.name, {}, {}});
    }
    double farthest = 0;  // of a simulated share from the law's
    for (std::size_t e = 0; e < kExponents.size(); ++e) {
        run.part(1.0 / kExponents.size());
        const ZipfKeys keys(kKeys, kExponents[e]);
        std::vector<std::vector<double>> hits(kCacheRuns, std::vector<double>(kTiers.size(), 0.0));
        run.replicates(kCacheRuns, [&](std::size_t replicate) {
            Stream stream = run.stream(e, replicate);
            hits[replicate] = simulated_hits(keys, stream);
        });
        if (run.cancelled()) return result;
        const std::vector<double> mean = mean_path(hits);
        const std::string percent = std::to_string(std::lround(100 * kExponents[e]));
        for (std::size_t t = 0; t < kTiers.size(); ++t) {
            result.checks.push_back({std::string("cache.") + kTiers[t].name + "_zipf" + percent,
                                     "hit share at rest", kTiers[t].computed[e], mean[t], 0.005});
            own[t].x.push_back(kExponents[e]);
            own[t].y.push_back(mean[t]);
            laws[t].x.push_back(kExponents[e]);
            laws[t].y.push_back(law_of(kTiers[t], kExponents[e]));
            farthest = std::max(farthest, std::abs(mean[t] - laws[t].y.back()));
        }
    }
    result.checks.push_back(
        {"cache.law", "farthest that a simulated share lies from the law's", 0, farthest, 0.0025});
    result.plots.push_back({"Hit share of a cache, simulated and by law",
                            "exponent of the Zipf law", "hit share", own, laws});
    return result;
}

StudyResult study_cold_cache(StudyRun& run) {
    const ZipfKeys keys(static_cast<std::size_t>(kColdKeys), 1);
    std::vector<std::vector<double>> kept(kColdRuns, std::vector<double>(kAfter.size(), 0.0));
    run.replicates(kColdRuns, [&](std::size_t replicate) {
        Stream stream = run.stream(0, replicate);
        kept[replicate] = warming(keys, stream);
    });
    StudyResult result;
    if (run.cancelled()) return result;

    const std::vector<double> mean = mean_path(kept);
    const KeyPopularity popularity = zipf_popularity(kColdKeys, 1);
    StudyCurve own{"after a flush", {}, mean};
    StudyCurve law{"after a flush", {}, {}};
    for (std::size_t i = 0; i < kAfter.size(); ++i) {
        const std::string requests = std::to_string(kAfter[i]);
        result.checks.push_back({"cold_cache.after_" + requests,
                                 "hit share after " + requests + " requests", kCold[i], mean[i],
                                 0.01});
        own.x.push_back(kAfter[i]);
        law.x.push_back(kAfter[i]);
        law.y.push_back(cold_hit_share(popularity, kColdCapacity, kAfter[i]));
    }
    const double rest = hit_share_at_rest(Renewal::on_hit, popularity, kColdCapacity);
    result.checks.push_back({"cold_cache.at_rest", "hit share at rest, by law", 0.78, rest, 0.005});
    result.checks.push_back({"cold_cache.warm", "requests until 90 % of it, by law", 1.1e5,
                             requests_until_warm(popularity, kColdCapacity, 0.9), 2e3});
    result.checks.push_back({"cold_cache.database",
                             "load of the database with nothing warm, multiple of that at rest",
                             4.5, database_load(0, rest), 0.1});
    result.checks.push_back({"cold_cache.database_10000", "the same after 10000 requests", 2.1,
                             database_load(mean[1], rest), 0.1});
    result.plots.push_back({"A cache after it was flushed",
                            "requests since then",
                            "hit share",
                            {own},
                            {law},
                            {},
                            true});
    return result;
}

StudyResult study_age_of_information(StudyRun& run) {
    std::vector<std::vector<double>> ages(kLaneRuns, std::vector<double>(kLoads.size(), 0.0));
    run.replicates(kLaneRuns, [&](std::size_t replicate) {
        Stream stream = run.stream(0, replicate);
        ages[replicate] = simulated_ages(stream);
    });
    StudyResult result;
    if (run.cancelled()) return result;

    const std::vector<double> mean = mean_path(ages);
    StudyCurve own{"M/M/1", {}, mean};
    StudyCurve law{"M/M/1", {}, {}};
    for (const double load : kLoads) {
        own.x.push_back(load);
        law.x.push_back(load);
        law.y.push_back(age_of_information_mm1(load, 1));
    }
    const auto check = [&](const char* name, std::size_t load, double published) {
        result.checks.push_back({std::string("age_of_information.load_") + name,
                                 std::string("mean age at load .") + name + ", mean services",
                                 published, mean[load], 0.02 * published});
    };
    check("3", 0, 4.462);
    check("531", 3, 3.484);
    check("8", 6, 5.450);
    result.checks.push_back({"age_of_information.freshest", "load at which the age is least", 0.531,
                             lowest(0.531, 0.08, mean[2], mean[3], mean[4]), 0.03});
    result.plots.push_back({"Age of what a lane delivers, simulated and by law",
                            "load of the lane",
                            "mean age, mean services",
                            {own},
                            {law}});
    return result;
}

}  // namespace cascadelab
