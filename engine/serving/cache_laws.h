// Closed forms of the memory tier: how often a cache answers, as a function of how unevenly its
// keys are asked for. Independent draws from a popularity (the independent reference model): what
// recency adds to that is not in the laws. Pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace cascadelab {

// So many keys that are each asked for by this share of the requests.
struct KeyClass {
    double keys = 0;   // need not be whole where ranks are lumped together
    double share = 0;  // of one key
};
// Most popular first; the shares of all keys sum to 1.
using KeyPopularity = std::vector<KeyClass>;

// Shares ~ rank^-exponent over so many keys (Zipf 1949). The first 1000 ranks stand alone; ranks
// after them are lumped by 1 %, so that 1e9 keys cost no more than 3000 classes. keys >= 1,
// exponent >= 0.
KeyPopularity zipf_popularity(double keys, double exponent);
// What was counted, sorted; keys that were never asked for are no keys.
KeyPopularity counted_popularity(std::span<const std::uint32_t> counts);

// When a kept entry's time runs out.
enum class Renewal {
    on_hit,  // so long after it was last asked for: LRU, or a TTL renewed on a hit
    never,   // so long after it came in: FIFO and RANDOM, or a fixed TTL
};

// Probability that a key is kept that is asked for `requests` times, on average, within the
// lifetime of an entry: 1 - exp(-x) renewed, x / (1 + x) fixed. The same is the share of its
// requests that hit.
double kept_share(Renewal renewal, double requests);

// Hit share of a cache whose entries live for so many requests of the stream.
double hit_share_within(Renewal renewal, const KeyPopularity& popularity, double requests);
// Entries it holds on average.
double entries_within(Renewal renewal, const KeyPopularity& popularity, double requests);
// The lifetime at which it holds `capacity` entries: the sum of kept_share over keys is the
// capacity (Che, Tung, Wang 2002 for LRU; Fricker, Robert, Roberts 2012 for why it is so exact;
// Martina, Garetto, Leonardi 2014 for FIFO = RANDOM). Infinite when every key fits.
double characteristic_requests(Renewal renewal, const KeyPopularity& popularity, double capacity);

// Hit share of a full cache of so many entries: LRU by Che with on_hit, FIFO with never. And that
// of the best cache that never changes: the most popular keys.
double hit_share_at_rest(Renewal renewal, const KeyPopularity& popularity, double capacity);
double best_static_hit_share(const KeyPopularity& popularity, double capacity);

// Hit share of an LRU cache so many requests after it was flushed: sum p (1 - exp(-n p)), until the
// cache is full.
double cold_hit_share(const KeyPopularity& popularity, double capacity, double requests);
// Requests after a flush until it is back at this share of the hit share at rest, share in (0, 1).
double requests_until_warm(const KeyPopularity& popularity, double capacity, double share);
// Load of the database behind a cache, as a multiple of the load at rest: (1 - h_now) / (1 - h).
double database_load(double hit_share_now, double hit_share_at_rest);

// --- from the run to production ---
// What a Zipf law says of the accesses counted per key.
struct ZipfFit {
    double exponent = 0;
    std::size_t keys = 0;  // keys with at least min_count accesses: the ranks that were fitted
    double error = 0;      // standard error of the exponent, 1 / sqrt(n Var(log rank))
};
// The exponent of greatest likelihood over the head of the ranking, sum n_r log r = n E[log r]
// (maximum likelihood with a lower cut-off as Clauset, Shalizi, Newman 2009 have it, on ranks).
// Keys with few accesses are left out because there noise, not popularity, decides the rank. The
// exponent is 0 when fewer than ten keys are left.
ZipfFit fit_zipf(std::span<const std::uint32_t> counts, std::uint32_t min_count = 10);

// What a cache measured in the run would answer in production, where keys and capacity are others:
// the law there, with the distance (in log odds) that the run keeps from its own law. All in [0,
// 1].
double extrapolated_hit_share(double measured, double law_in_run, double law_in_production);

}  // namespace cascadelab
