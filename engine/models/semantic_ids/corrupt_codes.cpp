#include "engine/models/semantic_ids/corrupt_codes.h"

#include <cmath>
#include <set>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

using Path = std::vector<Code>;

// Every set of `wanted` items equally likely (Knuth, volume 2, algorithm S); in id order.
std::vector<ItemId> sample_items(std::size_t items, std::size_t wanted, Stream& stream) {
    std::vector<ItemId> chosen;
    for (std::size_t i = 0; i < items && chosen.size() < wanted; ++i) {
        if (stream.below(items - i) < wanted - chosen.size()) chosen.emplace_back(i);
    }
    return chosen;
}

// The path after this one as an odometer counts; after the last comes the first.
void advance(Path& path, const std::vector<int>& alphabet) {
    for (std::size_t d = path.size(); d-- > 0;) {
        if (path[d] + 1 < alphabet[d]) {
            ++path[d];
            return;
        }
        path[d] = 0;
    }
}

}  // namespace

SemanticIds corrupt_codes(const SemanticIds& ids, double share, Stream stream) {
    CHECK(share >= 0 && share <= 1);
    const auto wanted =
        static_cast<std::size_t>(std::llround(share * static_cast<double>(ids.items())));
    const std::vector<ItemId> chosen = sample_items(ids.items(), wanted, stream);
    std::set<Path> taken;
    if (ids.extra_digit) {
        std::size_t next = 0;
        for (std::size_t i = 0; i < ids.items(); ++i) {
            const bool leaves = next < chosen.size() && chosen[next] == ItemId(i);
            if (leaves) {
                ++next;
                continue;
            }
            taken.emplace(ids.path(ItemId(i)).begin(), ids.path(ItemId(i)).end());
        }
    }
    SemanticIds corrupted = ids;
    const auto digits = static_cast<std::size_t>(ids.digits());
    Path path(digits);
    for (const ItemId item : chosen) {
        for (std::size_t d = 0; d < digits; ++d)
            path[d] = static_cast<Code>(stream.below(static_cast<std::uint64_t>(ids.alphabet[d])));
        // There is a free one: before, all items had one each.
        if (ids.extra_digit) {
            while (!taken.insert(path).second) advance(path, ids.alphabet);
        }
        std::ranges::copy(
            path, corrupted.path_of.begin() + static_cast<std::ptrdiff_t>(item.index() * digits));
    }
    return corrupted;
}

}  // namespace cascadelab
