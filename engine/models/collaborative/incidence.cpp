#include "engine/models/collaborative/incidence.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// Turns counts, shifted by one, into offsets.
void accumulate_offsets(std::vector<std::size_t>& counts) {
    for (std::size_t r = 1; r < counts.size(); ++r) counts[r] += counts[r - 1];
}

// The items of every person in the order of the rows, repeats included.
Incidence grouped_by_person(const Interactions& interactions) {
    Incidence grouped;
    grouped.row_start.assign(interactions.people + 1, 0);
    for (const Interaction& row : interactions.rows) {
        CHECK(row.person.index() < interactions.people && row.item.index() < interactions.items);
        ++grouped.row_start[row.person.index() + 1];
    }
    accumulate_offsets(grouped.row_start);

    grouped.columns.resize(interactions.rows.size());
    std::vector<std::size_t> next(grouped.row_start.begin(), grouped.row_start.end() - 1);
    for (const Interaction& row : interactions.rows) {
        grouped.columns[next[row.person.index()]++] = row.item.value;
    }
    return grouped;
}

}  // namespace

Incidence items_of_people(const Interactions& interactions, std::size_t newest) {
    const Incidence grouped = grouped_by_person(interactions);
    Incidence result;
    result.row_start.push_back(0);
    std::vector<std::uint32_t> last_reader(interactions.items, 0xFFFFFFFFu);
    for (std::size_t person = 0; person < grouped.rows(); ++person) {
        const std::span<const std::uint32_t> items = grouped.row(person);
        const std::size_t begin = result.columns.size();
        // From the newest back, so that the limit keeps the latest.
        for (std::size_t i = items.size(); i-- > 0;) {
            if (newest > 0 && result.columns.size() - begin == newest) break;
            if (last_reader[items[i]] == person) continue;
            last_reader[items[i]] = static_cast<std::uint32_t>(person);
            result.columns.push_back(items[i]);
        }
        std::sort(result.columns.begin() + static_cast<std::ptrdiff_t>(begin),
                  result.columns.end());
        result.row_start.push_back(result.columns.size());
    }
    return result;
}

Incidence transposed(const Incidence& matrix, std::size_t column_count) {
    Incidence result;
    result.row_start.assign(column_count + 1, 0);
    for (const std::uint32_t column : matrix.columns) ++result.row_start[column + 1];
    accumulate_offsets(result.row_start);

    // Rows are visited in order, so each column's list ascends without sorting.
    result.columns.resize(matrix.columns.size());
    std::vector<std::size_t> next(result.row_start.begin(), result.row_start.end() - 1);
    for (std::size_t r = 0; r < matrix.rows(); ++r) {
        for (const std::uint32_t column : matrix.row(r)) {
            result.columns[next[column]++] = static_cast<std::uint32_t>(r);
        }
    }
    return result;
}

}  // namespace cascadelab
