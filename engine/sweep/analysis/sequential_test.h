// Is A better than B, asked after every further pair, as often as one likes: looking early and
// often does not raise the error rate. And how many pairs it will take. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace cascadelab {

// Evidence against "no difference" from paired differences: the Bayes factor of the t-test with a
// normal prior of variance 1 on the standardised difference (Gonen et al. 2005), 1 for fewer than
// two values. While the truth is 0 and the differences are normal, of whatever variance, it ever
// reaches 1/a with a probability of at most a (it is an e-process: Wang and Ramdas 2024,
// "Anytime-valid t-tests"; Ville 1939).
double difference_evidence(std::span<const double> differences);

// All differences that are not refuted at this error rate after so many pairs; together they hold
// the truth at every moment with a probability of at least 1 - error_rate. Unbounded: infinite.
struct ConfidenceBounds {
    double low = 0, high = 0;
};
ConfidenceBounds confidence_bounds(std::span<const double> differences, double error_rate);

enum class Verdict { open, better, worse, alike };
struct SequentialAnswer {
    Verdict answer = Verdict::open;
    std::size_t pairs = 0;  // after which it was clear; all of them while it is open
    double mean = 0;        // of the differences until then
    ConfidenceBounds bounds;
};
struct SequentialOptions {
    double error_rate = 0.05;
    std::optional<double>
        matters;  // differences below it are alike; unsaid: any difference matters
};

// differences: A less B, pair by pair, finite. better: the bounds lie above 0; worse: below; alike:
// within the smallest difference that matters. The first that is clear is the answer.
SequentialAnswer sequential_test(std::span<const double> differences,
                                 const SequentialOptions& options);

// The fewest pairs whose 95 % interval leaves out 0 with a chance of power when the truth is
// `difference`: (t(.975, n - 1) + z(power)) deviation / sqrt(n) <= |difference| (Chow et al. 2008,
// section 3.1). 0 when a million do not suffice.
std::size_t pairs_needed(double deviation, double difference, double power = 0.8);

}  // namespace cascadelab
