// A table of vectors, one a row, of which a batch touches a few: gathered on the way in, scattered
// on the way back into a gradient that holds the touched rows only. An id may stand for "none",
// which reads as zeros and learns nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

inline constexpr std::uint32_t kNoRow = 0xFFFFFFFFu;

template <class Scalar>
struct Embedding {
    MatrixOf<Scalar> value;              // rows x dims
    MatrixOf<Scalar> first_moment;       // rows x dims
    MatrixOf<Scalar> second_moment;      // rows x dims
    std::vector<std::uint32_t> touched;  // the rows of the last scatter, ascending
    MatrixOf<Scalar> gradient;           // touched x dims

    Embedding() = default;
    Embedding(Eigen::Index rows, Eigen::Index dims, double deviation, Stream& stream) {
        Parameter<Scalar> table(rows, dims);
        table.randomize(deviation, stream);
        value = std::move(table.value);
        first_moment = std::move(table.first_moment);
        second_moment = std::move(table.second_moment);
    }

    // y: ids x dims
    void gather(std::span<const std::uint32_t> ids, Block<Scalar> y) const {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            if (ids[i] == kNoRow) {
                y.row(row).setZero();
            } else {
                y.row(row) = value.row(ids[i]);
            }
        }
    }

    // dy: ids x dims. Replaces the gradient; an id that occurs twice collects both rows.
    void scatter(std::span<const std::uint32_t> ids, const ConstBlock<Scalar>& dy) {
        touched.assign(ids.begin(), ids.end());
        std::ranges::sort(touched);
        touched.erase(std::ranges::unique(touched).begin(), touched.end());
        if (!touched.empty() && touched.back() == kNoRow) touched.pop_back();

        gradient.setZero(static_cast<Eigen::Index>(touched.size()), value.cols());
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] == kNoRow) continue;
            const auto place = std::ranges::lower_bound(touched, ids[i]);
            gradient.row(place - touched.begin()) += dy.row(static_cast<Eigen::Index>(i));
        }
    }
};

}  // namespace cascadelab::nn
