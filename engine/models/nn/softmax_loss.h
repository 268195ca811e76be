// Softmax cross-entropy over all classes, the same with a weight a row, and the one where the other
// rows' positives serve as negatives, with the correction for how often each is in a batch (Yi et
// al. 2019, section 3).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/base/error.h"
#include "engine/base/matrix.h"

namespace cascadelab::nn {

inline constexpr std::uint32_t kNoTarget = 0xFFFFFFFFu;

// logits: n x K; on return d loss / d logits. targets: n, the class of each row; a row with
// kNoTarget does not count and gets no gradient. Returns the mean of -log softmax(row)[target] over
// the rows that count, in nats; 0 when none does.
template <class Scalar>
Scalar softmax_cross_entropy(MatrixOf<Scalar>& logits, std::span<const std::uint32_t> targets) {
    CHECK(logits.rows() == static_cast<Eigen::Index>(targets.size()));
    const auto skipped = std::ranges::count(targets, kNoTarget);
    const auto counted = std::max<std::ptrdiff_t>(1, std::ssize(targets) - skipped);
    const auto share = Scalar(1) / static_cast<Scalar>(counted);
    Scalar loss = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto row = logits.row(static_cast<Eigen::Index>(i));
        if (targets[i] == kNoTarget) {
            row.setZero();
            continue;
        }
        const Scalar largest = row.maxCoeff();
        const Scalar positive = row[targets[i]] - largest;
        row = (row.array() - largest).exp().matrix();
        const Scalar sum = row.cwiseAbs().sum();
        loss += std::log(sum) - positive;
        // d loss / d logits = (softmax - one hot) / counted
        row *= share / sum;
        row[targets[i]] -= share;
    }
    return loss * share;
}

// logits: n x K; on return d loss / d logits. weights: n, 0 or more. Returns the sum of weight *
// -log softmax(row)[target], in nats; a row of weight 0 does not count and gets no gradient.
template <class Scalar>
Scalar weighted_cross_entropy(MatrixOf<Scalar>& logits, std::span<const std::uint32_t> targets,
                              std::span<const double> weights) {
    CHECK(logits.rows() == static_cast<Eigen::Index>(targets.size()));
    CHECK(targets.size() == weights.size());
    Scalar loss = 0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto row = logits.row(static_cast<Eigen::Index>(i));
        const auto weight = static_cast<Scalar>(weights[i]);
        if (weight == 0) {
            row.setZero();
            continue;
        }
        const Scalar largest = row.maxCoeff();
        const Scalar positive = row[targets[i]] - largest;
        row = (row.array() - largest).exp().matrix();
        const Scalar sum = row.cwiseAbs().sum();
        loss += weight * (std::log(sum) - positive);
        row *= weight / sum;
        row[targets[i]] -= weight;
    }
    return loss;
}

// logits: n x n, row i against every column, the positive on the diagonal; on return d loss / d
// logits. items: n, the item behind each column. A column j != i with the item of row i is the
// positive once more and is masked. log_probability: n, log of the chance that the column's item is
// in a batch, subtracted from its logits; may be empty. Returns the mean of -log softmax(row i)[i],
// in nats.
template <class Scalar>
Scalar in_batch_softmax(MatrixOf<Scalar>& logits, std::span<const std::uint32_t> items,
                        const VectorOf<Scalar>& log_probability) {
    const Eigen::Index n = logits.rows();
    CHECK(logits.cols() == n && static_cast<Eigen::Index>(items.size()) == n);
    if (log_probability.size() > 0) logits.rowwise() -= log_probability.transpose();

    Scalar loss = 0;
    const auto share = Scalar(1) / static_cast<Scalar>(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        auto row = logits.row(i);
        for (Eigen::Index j = 0; j < n; ++j) {
            const bool again =
                j != i && items[static_cast<std::size_t>(j)] == items[static_cast<std::size_t>(i)];
            if (again) row[j] = std::numeric_limits<Scalar>::lowest();
        }
        const Scalar largest = row.maxCoeff();
        const Scalar positive = row[i] - largest;
        row = (row.array() - largest).exp().matrix();
        const Scalar sum = row.sum();
        loss += std::log(sum) - positive;
        // d loss / d logits = (softmax - one hot) / n
        row *= share / sum;
        row[i] -= share;
    }
    return loss * share;
}

}  // namespace cascadelab::nn
