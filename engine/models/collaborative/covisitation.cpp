#include "engine/models/collaborative/covisitation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/models/collaborative/incidence.h"

namespace cascadelab {

CoVisitation::CoVisitation(std::vector<std::size_t> row_start, std::vector<ScoredItem> neighbours)
    : m_row_start(std::move(row_start)), m_neighbours(std::move(neighbours)) {
    CHECK(!m_row_start.empty() && m_row_start.back() == m_neighbours.size());
}

std::span<const ScoredItem> CoVisitation::neighbours(ItemId item) const {
    if (item.index() + 1 >= m_row_start.size()) return {};
    const std::size_t begin = m_row_start[item.index()];
    return {m_neighbours.data() + begin, m_row_start[item.index() + 1] - begin};
}

std::uint64_t CoVisitation::hash() const {
    Hasher hasher;
    for (const std::size_t start : m_row_start) hasher.add(start);
    for (const auto& [item, score] : m_neighbours) hasher.add(item.value).add(score);
    return hasher.value();
}

std::shared_ptr<const CoVisitation> build_covisitation(const Interactions& interactions,
                                                       const CoVisitationSettings& settings) {
    CHECK(settings.neighbours > 0 && settings.history > 0 && settings.shrinkage >= 0);
    const Incidence items_of =
        items_of_people(interactions, static_cast<std::size_t>(settings.history));
    const Incidence people_of = transposed(items_of, interactions.items);
    const auto keep = static_cast<std::size_t>(settings.neighbours);

    std::vector<std::size_t> row_start = {0};
    std::vector<ScoredItem> neighbours;
    std::vector<std::uint32_t> shared(interactions.items, 0);  // people in common with the item
    std::vector<std::uint32_t> touched;
    std::vector<ScoredItem> row;
    for (std::size_t item = 0; item < interactions.items; ++item) {
        // Count, over the people of this item, everything else they consumed.
        touched.clear();
        for (const std::uint32_t person : people_of.row(item)) {
            for (const std::uint32_t other : items_of.row(person)) {
                if (other != item && shared[other]++ == 0) touched.push_back(other);
            }
        }
        // Cosine, shrunk towards zero where the evidence is thin.
        row.clear();
        const auto people_here = static_cast<double>(people_of.row(item).size());
        for (const std::uint32_t other : touched) {
            const auto people_there = static_cast<double>(people_of.row(other).size());
            const double cosine =
                shared[other] / (std::sqrt(people_here * people_there) + settings.shrinkage);
            row.push_back({ItemId(other), static_cast<float>(cosine)});
            shared[other] = 0;
        }
        const std::size_t count = std::min(keep, row.size());
        std::partial_sort(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(count), row.end(),
                          ranks_before);
        neighbours.insert(neighbours.end(), row.begin(),
                          row.begin() + static_cast<std::ptrdiff_t>(count));
        row_start.push_back(neighbours.size());
    }
    return std::make_shared<const CoVisitation>(std::move(row_start), std::move(neighbours));
}

}  // namespace cascadelab
