// Who touched what as a compressed 0/1 matrix: the start of matrix factorization and of
// co-visitation. It knows no weights and no times. Plain value; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/models/collaborative/interactions.h"

namespace cascadelab {

struct Incidence {
    std::vector<std::size_t> row_start;  // rows + 1 offsets into columns
    std::vector<std::uint32_t> columns;  // ascending within a row

    std::size_t rows() const { return row_start.size() - 1; }
    std::span<const std::uint32_t> row(std::size_t r) const {
        return {columns.data() + row_start[r], row_start[r + 1] - row_start[r]};
    }
};

// People x items: the distinct items of every person, at most the `newest` latest ones (0: all).
Incidence items_of_people(const Interactions& interactions, std::size_t newest = 0);
// The same matrix by columns; column_count counts the empty ones too.
Incidence transposed(const Incidence& matrix, std::size_t column_count);

}  // namespace cascadelab
