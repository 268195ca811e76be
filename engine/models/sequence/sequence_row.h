// One event at a time through a trained block: the incremental twin of hstu_block.h and
// sasrec_block.h for serving. A row needs only the keys and values of the rows before it, which the
// caller keeps. Immutable; any thread may run a block, each with its own RowWork.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/models/sequence/sequence_net.h"

namespace cascadelab {

using Row = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;

// What a row looks back on.
struct RowPast {
    using Rows = Eigen::Map<const Matrix, Eigen::Unaligned, Eigen::OuterStride<>>;
    Rows keys;                           // earlier rows x d
    Rows values;                         // earlier rows x d
    std::span<const std::uint8_t> lags;  // time buckets: of every earlier row, then of the row
};

// Room for one row, and what passes from block to block. Made once a call: a row allocates nothing.
struct RowWork {
    RowWork(Eigen::Index dims, Eigen::Index heads, Eigen::Index length);

    Row x;           // d: the row, before a block and after it
    Matrix weights;  // heads x length: A, the row's own last; left columns in use
    Row normal;      // d
    Row projected;   // 4d
    Row seen;        // d
    Row hidden;      // d
};

class RowBlock {
  public:
    virtual ~RowBlock() = default;
    // Turns work.x into the block's output; writes the row's key and value (d each).
    virtual void run(const RowPast& past, RowWork& work, float* key, float* value) const = 0;
};

std::unique_ptr<const RowBlock> served_block(const SequenceNet<float>::Block& block);

}  // namespace cascadelab
