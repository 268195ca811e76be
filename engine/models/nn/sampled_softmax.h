// Softmax cross-entropy of each row's positive against a handful of drawn negatives: what remains
// of the full softmax when a catalogue is too large for it (Jean et al. 2015; with both sides
// normalised, as Zhai et al. 2024 train HSTU). One thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/models/nn/parameter.h"
#include "engine/models/nn/softmax_loss.h"

namespace cascadelab::nn {

// People (n) and the items (m) that any of them is held against.
template <class Scalar>
struct PeopleAndItems {
    MatrixOf<Scalar> people;  // n x d
    MatrixOf<Scalar> items;   // m x d
};

// Which items: rows of the item matrix.
struct SampledTargets {
    std::vector<std::uint32_t> positive;  // n; kNoTarget: the row does not count
    std::vector<std::uint32_t> negative;  // n x R; one equal to its positive is masked
};

// s = <u, v> / temperature. Replaces d.people and adds to d.items. Returns the mean of
// -log softmax(positive, negatives)[positive] over the rows that count, in nats.
template <class Scalar>
Scalar sampled_softmax(const PeopleAndItems<Scalar>& units, const SampledTargets& targets,
                       double temperature, PeopleAndItems<Scalar>& d) {
    const std::size_t n = targets.positive.size();
    CHECK(units.people.rows() == static_cast<Eigen::Index>(n));
    const std::size_t drawn = n == 0 ? 0 : targets.negative.size() / n;
    const auto skipped = std::ranges::count(targets.positive, kNoTarget);
    const auto counted = std::max<std::ptrdiff_t>(1, static_cast<std::ptrdiff_t>(n) - skipped);
    const auto share = Scalar(1) / static_cast<Scalar>(counted);
    const auto sharpness = static_cast<Scalar>(1 / temperature);

    d.people.setZero(units.people.rows(), units.people.cols());
    // The positive first, then its negatives: side by side they stay in the nearest cache.
    MatrixOf<Scalar> near(static_cast<Eigen::Index>(drawn) + 1, units.items.cols());
    VectorOf<Scalar> scores(near.rows());
    Scalar loss = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t positive = targets.positive[i];
        if (positive == kNoTarget) continue;
        const std::uint32_t* negative = targets.negative.data() + i * drawn;
        const auto person = units.people.row(static_cast<Eigen::Index>(i));
        near.row(0) = units.items.row(positive);
        for (std::size_t r = 0; r < drawn; ++r) {
            near.row(static_cast<Eigen::Index>(r) + 1) = units.items.row(negative[r]);
        }
        scores.noalias() = sharpness * near * person.transpose();
        const Scalar first = scores[0];
        for (std::size_t r = 0; r < drawn; ++r) {
            if (negative[r] == positive) {
                scores[static_cast<Eigen::Index>(r) + 1] = std::numeric_limits<Scalar>::lowest();
            }
        }
        const Scalar largest = scores.maxCoeff();
        scores = (scores.array() - largest).exp().matrix();
        const Scalar sum = scores.sum();
        loss += std::log(sum) + largest - first;
        // d loss / d <u, v> = (softmax - one hot) / (temperature counted)
        scores *= sharpness * share / sum;
        scores[0] -= sharpness * share;
        d.people.row(static_cast<Eigen::Index>(i)).noalias() = scores.transpose() * near;
        d.items.row(positive) += scores[0] * person;
        for (std::size_t r = 0; r < drawn; ++r) {
            if (negative[r] == positive) continue;
            d.items.row(negative[r]) += scores[static_cast<Eigen::Index>(r) + 1] * person;
        }
    }
    return loss * share;
}

}  // namespace cascadelab::nn
