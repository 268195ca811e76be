#include "engine/models/semantic_ids/semantic_ids.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/models/numeric/kmeans.h"

namespace cascadelab {
double mean_square(const Matrix& rows) {
    double sum = 0;
    for (Eigen::Index r = 0; r < rows.rows(); ++r)
        sum += static_cast<double>(rows.row(r).squaredNorm());
    return rows.rows() > 0 ? sum / static_cast<double>(rows.rows()) : 0;
}

Quantised quantise(const Codebook& codebook, const Matrix& rows, Workers* workers) {
    Quantised result;
    result.residual = rows;
    result.error.push_back(mean_square(rows));
    result.codes.resize(static_cast<std::size_t>(rows.rows()) * codebook.depth());
    for (std::size_t level = 0; level < codebook.depth(); ++level) {
        const Matrix& codes = codebook.levels[level];
        CHECK(codes.rows() <= kMostCodes);
        const Assignment nearest = assign_to_nearest(result.residual, codes, workers);
        for (std::size_t r = 0; r < nearest.cluster.size(); ++r) {
            result.codes[r * codebook.depth() + level] = static_cast<Code>(nearest.cluster[r]);
            result.residual.row(static_cast<Eigen::Index>(r)) -= codes.row(nearest.cluster[r]);
        }
        result.error.push_back(nearest.mean_error);
    }
    return result;
}

SemanticIds make_ids(std::span<const Code> codes, std::vector<int> alphabet, bool extra_digit,
                     std::uint64_t version) {
    const std::size_t levels = alphabet.size();
    CHECK(levels > 0 && codes.size() % levels == 0);
    for (std::size_t i = 0; i < codes.size(); ++i) CHECK(codes[i] < alphabet[i % levels]);
    SemanticIds plain;
    plain.alphabet = std::move(alphabet);
    plain.path_of.assign(codes.begin(), codes.end());
    plain.version = version;
    if (!extra_digit) return plain;

    SemanticIds ids;
    ids.alphabet = plain.alphabet;
    ids.alphabet.push_back(1);
    ids.extra_digit = true;
    ids.version = version;
    ids.path_of.resize(plain.items() * ids.alphabet.size());
    int number = 0;
    ItemId before;
    for (const ItemId item : items_by_path(plain)) {
        const std::span<const Code> path = plain.path(item);
        const bool same = before.valid() && std::ranges::equal(path, plain.path(before));
        number = same ? number + 1 : 0;
        CHECK(number < kMostCodes);
        const auto out =
            ids.path_of.begin() + static_cast<std::ptrdiff_t>(item.index() * ids.alphabet.size());
        *std::ranges::copy(path, out).out = static_cast<Code>(number);
        ids.alphabet.back() = std::max(ids.alphabet.back(), number + 1);
        before = item;
    }
    return ids;
}

void append_id(SemanticIds& ids, std::span<const Code> codes) {
    CHECK(codes.size() == static_cast<std::size_t>(ids.levels()));
    for (std::size_t l = 0; l < codes.size(); ++l) CHECK(codes[l] < ids.alphabet[l]);
    int number = 0;
    if (ids.extra_digit) {
        std::vector<bool> taken(static_cast<std::size_t>(ids.alphabet.back()) + 1, false);
        for (std::size_t i = 0; i < ids.items(); ++i) {
            if (std::ranges::equal(ids.codes(ItemId(i)), codes))
                taken[ids.path(ItemId(i)).back()] = true;
        }
        number = static_cast<int>(std::ranges::find(taken, false) - taken.begin());
        CHECK(number < kMostCodes);
        ids.alphabet.back() = std::max(ids.alphabet.back(), number + 1);
    }
    ids.path_of.insert(ids.path_of.end(), codes.begin(), codes.end());
    if (ids.extra_digit) ids.path_of.push_back(static_cast<Code>(number));
}

std::uint64_t hash_of(const SemanticIds& ids) {
    Hasher hasher;
    hasher.add_all(std::span(ids.alphabet)).add_all(std::span(ids.path_of));
    return hasher.add(ids.extra_digit).add(ids.version).value();
}

std::vector<ItemId> items_by_path(const SemanticIds& ids) {
    std::vector<ItemId> order;
    for (std::size_t i = 0; i < ids.items(); ++i) order.emplace_back(i);
    std::ranges::sort(order, [&](ItemId a, ItemId b) {
        const auto way = std::lexicographical_compare_three_way(
            ids.path(a).begin(), ids.path(a).end(), ids.path(b).begin(), ids.path(b).end());
        return way != 0 ? way < 0 : a < b;
    });
    return order;
}

}  // namespace cascadelab
