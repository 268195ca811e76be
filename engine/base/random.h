// Keyed random numbers: a draw is a pure function of (seed, purpose, entity, tick, counter), so the
// order in which threads run never changes a result. Distributions are our own, because the
// standard's are not specified to the bit. One draw per statement. A Stream belongs to one thread.
#pragma once

#include <cstdint>
#include <span>

namespace cascadelab {

// What a stream is for; two purposes never share a draw. Append only: the order is part of every
// golden hash.
enum class Purpose : std::uint32_t {
    topics,
    population,
    catalogue,
    creators,
    titles,
    metadata,
    arrivals,
    trends,
    session,
    response,
    drift,
    churn,
    exploration,
    policy,
    feature_log,
    oracle_sample,
    neighbours,
    train_ials,
    train_two_tower,
    train_ranker,
    vector_index,
    window,
    bench,
    test,
    history,
    search,
    kmeans,
    study,
    taste_change,
    train_sequence,
    train_tokenizer,
    train_decoder,
    corrupt_codes,
    taste_shift,
    beam,
    organic,
    foreknowledge,
    clickbait,
    browsing,
    lever,
    command,
    fleet,
    language,
};

class Stream {
  public:
    Stream(std::uint64_t seed, Purpose purpose, std::uint64_t entity = 0, std::uint64_t tick = 0);

    std::uint64_t bits();  // 64 uniform bits (SplitMix64 finaliser over key + counter)
    double uniform();      // [0, 1), 53 bits
    double uniform(double low, double high);  // [low, high)
    std::uint64_t below(std::uint64_t n);     // 0..n-1 without bias (Lemire 2019)
    bool chance(double probability);
    double normal();  // mean 0, variance 1 (Box-Muller)
    double normal(double mean, double deviation);
    double lognormal(double median, double sigma);
    double exponential(double mean);
    double gamma(double shape);  // scale 1 (Marsaglia and Tsang 2000)
    double beta(double a, double b);
    double gumbel();  // location 0, scale 1
    std::size_t zipf(std::size_t n,
                     double exponent);  // 0..n-1, p(k) ~ (k+1)^-exponent, by inversion, O(n)
    std::size_t choice(
        std::span<const double> weights);  // index with probability ~ weight; the sum must be > 0
    void dirichlet(double concentration, std::span<double> out);  // symmetric; sums to 1
    void dirichlet(std::span<const double> concentration, std::span<double> out);

  private:
    std::uint64_t m_key;
    std::uint64_t m_counter = 0;
};

std::uint64_t mix_bits(std::uint64_t x);  // SplitMix64 finaliser (Steele et al. 2014)

}  // namespace cascadelab
