// Columns of numbers as vectors: a column has a few knots with a vector each, and a value between
// two knots is the mixture of theirs (Gorishniy et al. 2022, "On embeddings for numerical features
// in tabular deep learning", piecewise linear). A column of few different values has a knot at each
// of them, and so is a plain embedding of a category. A missing value has a vector of its own.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

inline constexpr std::size_t kMostKnots = 16;

// The knots of one column: all its values when they are few, else its quantiles with both ends.
struct Knots {
    std::array<float, kMostKnots> at;  // ascending; infinity after the last
    std::size_t count = 0;             // at least one
};
inline Knots knots_of(std::vector<float> values) {
    std::erase_if(values, [](float v) { return std::isnan(v); });
    if (values.empty()) values.push_back(0);
    std::ranges::sort(values);
    std::vector<float> distinct = values;
    distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    if (distinct.size() > kMostKnots) {
        distinct.clear();
        for (std::size_t k = 0; k < kMostKnots; ++k)
            distinct.push_back(values[k * (values.size() - 1) / (kMostKnots - 1)]);
        distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
    }
    Knots knots;
    knots.at.fill(std::numeric_limits<float>::infinity());
    knots.count = distinct.size();
    std::ranges::copy(distinct, knots.at.begin());
    return knots;
}

// Where a value lies: (1 - share) of row `row` of the table and share of the row after it.
struct KnotPlace {
    Eigen::Index row = 0;
    float share = 0;
};

template <class Scalar>
struct KnotEmbedding {
    std::vector<Knots> knots;  // by column
    std::vector<Eigen::Index>
        first;                // row of each column's first knot; its missing row is the last
    Parameter<Scalar> table;  // (knots and missing rows of all columns) x dims

    KnotEmbedding() = default;
    // rows: the training rows. The first dimension begins as the standardised value itself, the
    // others small and random; a missing value begins as the mean.
    KnotEmbedding(const Matrix& rows, Eigen::Index dims, double deviation, Stream& stream) {
        Eigen::Index height = 0;
        for (Eigen::Index c = 0; c < rows.cols(); ++c) {
            knots.push_back(knots_of({rows.col(c).begin(), rows.col(c).end()}));
            first.push_back(height);
            height += static_cast<Eigen::Index>(knots.back().count) + 1;
        }
        table = Parameter<Scalar>(height, dims);
        table.randomize(deviation, stream);
        for (Eigen::Index c = 0; c < rows.cols(); ++c) start_column(rows, c);
    }

    Eigen::Index width() const {
        return static_cast<Eigen::Index>(knots.size()) * table.value.cols();
    }

    // rows: count x columns, row-major; places: count x columns.
    void place(const float* rows, std::size_t count, std::vector<KnotPlace>& places) const {
        places.resize(count * knots.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::size_t c = i % knots.size();
            places[i] = place_of(knots[c], first[c], rows[i]);
        }
    }

    // y: count x width()
    void forward(const std::vector<KnotPlace>& places, MatrixOf<Scalar>& y) const {
        const Eigen::Index dims = table.value.cols();
        y.resize(static_cast<Eigen::Index>(places.size() / knots.size()), width());
        Scalar* out = y.data();
        for (const KnotPlace& place : places) {
            const Scalar* low = table.value.row(place.row).data();
            const Scalar* high = place.share > 0 ? low + dims : low;
            const auto share = static_cast<Scalar>(place.share);
            for (Eigen::Index d = 0; d < dims; ++d) *out++ = low[d] + share * (high[d] - low[d]);
        }
    }

    // dy: count x width(). Adds to the gradient of the table.
    void backward(const std::vector<KnotPlace>& places, const MatrixOf<Scalar>& dy) {
        const Eigen::Index dims = table.value.cols();
        const Scalar* in = dy.data();
        for (const KnotPlace& place : places) {
            Scalar* low = table.gradient.row(place.row).data();
            Scalar* high = place.share > 0 ? low + dims : low;
            const auto share = static_cast<Scalar>(place.share);
            for (Eigen::Index d = 0; d < dims; ++d, ++in) {
                low[d] += (1 - share) * *in;
                high[d] += share * *in;
            }
        }
    }

  private:
    // Values beyond the outer knots count as these.
    static KnotPlace place_of(const Knots& knots, Eigen::Index first, float value) {
        if (std::isnan(value)) return {first + static_cast<Eigen::Index>(knots.count), 0};
        std::size_t below = 0;
        for (const float knot : knots.at) below += knot <= value;
        if (below == 0) return {first, 0};
        const Eigen::Index row = first + static_cast<Eigen::Index>(below) - 1;
        if (below >= knots.count) return {row, 0};
        const float low = knots.at[below - 1], high = knots.at[below];
        return {row, (value - low) / (high - low)};
    }

    void start_column(const Matrix& rows, Eigen::Index column) {
        double sum = 0, squares = 0, known = 0;
        for (const float value : rows.col(column)) {
            if (std::isnan(value)) continue;
            sum += value;
            squares += static_cast<double>(value) * value;
            ++known;
        }
        const double mean = known > 0 ? sum / known : 0;
        const double variance = known > 0 ? squares / known - mean * mean : 0;
        const double scale = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
        const Knots& own = knots[static_cast<std::size_t>(column)];
        const Eigen::Index begin = first[static_cast<std::size_t>(column)];
        for (std::size_t k = 0; k < own.count; ++k) {
            table.value(begin + static_cast<Eigen::Index>(k), 0) =
                static_cast<Scalar>((own.at[k] - mean) * scale);
        }
        table.value.row(begin + static_cast<Eigen::Index>(own.count)).setZero();
    }
};

}  // namespace cascadelab::nn
