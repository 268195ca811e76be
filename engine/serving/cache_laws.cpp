#include "engine/serving/cache_laws.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kSingleRanks = 1000;  // that stand alone
constexpr double kLump = 0.01;         // width of a class of ranks, of the rank

// Sum of r^-exponent over ranks first..last by the midpoint rule, exact to (1 / first)^2 / 24.
double zipf_mass(double first, double last, double exponent) {
    const double low = first - 0.5;
    const double high = last + 0.5;
    const double power = 1 - exponent;
    if (std::abs(power) < 1e-9) return std::log(high / low);
    return (std::pow(high, power) - std::pow(low, power)) / power;
}

double total_keys(const KeyPopularity& popularity) {
    return std::accumulate(popularity.begin(), popularity.end(), 0.0,
                           [](double sum, const KeyClass& some) { return sum + some.keys; });
}

// Slope of kept_share by its argument.
double kept_slope(Renewal renewal, double requests) {
    switch (renewal) {
        case Renewal::on_hit:
            return std::exp(-requests);
        case Renewal::never:
            return 1 / ((1 + requests) * (1 + requests));
    }
    CHECK(false);
}

// Mean and variance of log rank under a Zipf law over ranks 1..keys.
struct LogRank {
    double mean = 0;
    double variance = 0;
};
LogRank log_rank(std::span<const double> logs, double exponent) {
    double mass = 0, sum = 0, squares = 0;
    for (const double log : logs) {
        const double share = std::exp(-exponent * log);
        mass += share;
        sum += share * log;
        squares += share * log * log;
    }
    const double mean = sum / mass;
    return {mean, squares / mass - mean * mean};
}

double odds(double share) {
    constexpr double kSure = 1e-9;
    const double safe = std::clamp(share, kSure, 1 - kSure);
    return safe / (1 - safe);
}

}  // namespace

KeyPopularity zipf_popularity(double keys, double exponent) {
    CHECK(keys >= 1 && exponent >= 0 && std::isfinite(keys) && std::isfinite(exponent));
    keys = std::floor(keys);
    KeyPopularity popularity;
    double total = 0;
    for (double rank = 1; rank <= std::min(keys, kSingleRanks); ++rank) {
        popularity.push_back({1, std::pow(rank, -exponent)});
        total += popularity.back().share;
    }
    for (double first = kSingleRanks + 1; first <= keys;) {
        const double last = std::min(keys, std::floor(first * (1 + kLump)));
        const double mass = zipf_mass(first, last, exponent);
        popularity.push_back({last - first + 1, mass / (last - first + 1)});
        total += mass;
        first = last + 1;
    }
    for (KeyClass& some : popularity) some.share /= total;
    return popularity;
}

KeyPopularity counted_popularity(std::span<const std::uint32_t> counts) {
    std::vector<std::uint32_t> sorted(counts.begin(), counts.end());
    std::ranges::sort(sorted, std::greater());
    const double total = std::accumulate(sorted.begin(), sorted.end(), 0.0);
    KeyPopularity popularity;
    for (std::size_t i = 0; i < sorted.size() && sorted[i] > 0; ++i) {
        const double share = sorted[i] / total;
        if (i > 0 && sorted[i] == sorted[i - 1]) {
            popularity.back().keys += 1;
        } else {
            popularity.push_back({1, share});
        }
    }
    return popularity;
}

double kept_share(Renewal renewal, double requests) {
    CHECK(requests >= 0);
    if (std::isinf(requests)) return 1;
    switch (renewal) {
        case Renewal::on_hit:
            return -std::expm1(-requests);
        case Renewal::never:
            return requests / (1 + requests);
    }
    CHECK(false);
}

double hit_share_within(Renewal renewal, const KeyPopularity& popularity, double requests) {
    double hits = 0;
    for (const auto& [keys, share] : popularity) {
        hits += keys * share * kept_share(renewal, share * requests);
    }
    return hits;
}

double entries_within(Renewal renewal, const KeyPopularity& popularity, double requests) {
    double entries = 0;
    for (const auto& [keys, share] : popularity) {
        entries += keys * kept_share(renewal, share * requests);
    }
    return entries;
}

double characteristic_requests(Renewal renewal, const KeyPopularity& popularity, double capacity) {
    CHECK(capacity >= 0);
    if (capacity >= total_keys(popularity)) return std::numeric_limits<double>::infinity();
    // The entries rise with the lifetime, ever slower and never by more than one a request: Newton
    // from the left climbs to the root and cannot pass it.
    double requests = capacity;
    for (int step = 0; step < 200; ++step) {
        const double missing = capacity - entries_within(renewal, popularity, requests);
        if (missing <= 1e-10 * capacity) break;
        double slope = 0;
        for (const auto& [keys, share] : popularity) {
            slope += keys * share * kept_slope(renewal, share * requests);
        }
        if (slope <= 0) break;
        requests += missing / slope;
    }
    return requests;
}

double hit_share_at_rest(Renewal renewal, const KeyPopularity& popularity, double capacity) {
    return hit_share_within(renewal, popularity,
                            characteristic_requests(renewal, popularity, capacity));
}

double best_static_hit_share(const KeyPopularity& popularity, double capacity) {
    double hits = 0;
    for (const auto& [keys, share] : popularity) {
        const double kept = std::min(keys, capacity);
        hits += kept * share;
        capacity -= kept;
    }
    return hits;
}

double cold_hit_share(const KeyPopularity& popularity, double capacity, double requests) {
    const double full = characteristic_requests(Renewal::on_hit, popularity, capacity);
    return hit_share_within(Renewal::on_hit, popularity, std::min(requests, full));
}

double requests_until_warm(const KeyPopularity& popularity, double capacity, double share) {
    CHECK(share > 0 && share < 1);
    const double wanted = share * hit_share_at_rest(Renewal::on_hit, popularity, capacity);
    const auto hits = [&](double requests) {
        return hit_share_within(Renewal::on_hit, popularity, requests);
    };
    double high = 1;
    while (hits(high) < wanted) high *= 2;
    double low = 0;
    for (int halving = 0; halving < 50; ++halving) {
        const double middle = (low + high) / 2;
        (hits(middle) < wanted ? low : high) = middle;
    }
    return high;
}

double database_load(double hit_share_now, double hit_share_at_rest) {
    CHECK(hit_share_at_rest < 1);
    return (1 - hit_share_now) / (1 - hit_share_at_rest);
}

ZipfFit fit_zipf(std::span<const std::uint32_t> counts, std::uint32_t min_count) {
    std::vector<std::uint32_t> head;
    std::ranges::copy_if(counts, std::back_inserter(head),
                         [&](std::uint32_t count) { return count >= std::max(1u, min_count); });
    if (head.size() < 10) return {0, head.size(), 0};
    std::ranges::sort(head, std::greater());

    std::vector<double> logs(head.size());
    double accesses = 0;
    double counted = 0;  // mean of log rank over the accesses
    for (std::size_t i = 0; i < head.size(); ++i) {
        logs[i] = std::log(static_cast<double>(i + 1));
        accesses += head[i];
        counted += head[i] * logs[i];
    }
    counted /= accesses;

    // The mean of log rank falls as the exponent grows.
    double low = 0;
    double high = 10;
    for (int halving = 0; halving < 50; ++halving) {
        const double exponent = (low + high) / 2;
        (log_rank(logs, exponent).mean > counted ? low : high) = exponent;
    }
    const double exponent = (low + high) / 2;
    return {exponent, head.size(), 1 / std::sqrt(accesses * log_rank(logs, exponent).variance)};
}

double extrapolated_hit_share(double measured, double law_in_run, double law_in_production) {
    const double there = odds(law_in_production) * odds(measured) / odds(law_in_run);
    return there / (1 + there);
}

}  // namespace cascadelab
