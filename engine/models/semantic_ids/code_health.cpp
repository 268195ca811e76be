#include "engine/models/semantic_ids/code_health.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

LevelHealth level_health(const SemanticIds& ids, int level) {
    std::vector<std::size_t> count(static_cast<std::size_t>(ids.codes_at(level)), 0);
    for (std::size_t i = 0; i < ids.items(); ++i)
        ++count[ids.path(ItemId(i))[static_cast<std::size_t>(level)]];
    LevelHealth health;
    for (const std::size_t items : count) {
        if (items == 0) {
            ++health.dead_codes;
            continue;
        }
        const double share = static_cast<double>(items) / static_cast<double>(ids.items());
        health.entropy_bits -= share * std::log2(share);
    }
    health.perplexity = ids.items() > 0 ? std::exp2(health.entropy_bits) : 0;
    return health;
}

}  // namespace

CodeHealth code_health(const SemanticIds& ids) {
    CodeHealth health;
    for (int level = 0; level < ids.levels(); ++level)
        health.levels.push_back(level_health(ids, level));
    const std::vector<ItemId> order = items_by_path(ids);
    std::size_t groups = 0;
    std::size_t alone = 0;
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() &&
               std::ranges::equal(ids.codes(order[begin]), ids.codes(order[end])))
            ++end;
        ++groups;
        alone += end - begin == 1 ? 1 : 0;
        health.biggest_group = std::max(health.biggest_group, end - begin);
    }
    if (groups == 0) return health;
    const auto items = static_cast<double>(ids.items());
    health.unique_share = static_cast<double>(alone) / items;
    health.collision_rate = 1 - static_cast<double>(groups) / items;
    return health;
}

double perplexity_share(const CodeHealth& health, const SemanticIds& ids) {
    CHECK(std::ssize(health.levels) == ids.levels());
    double sum = 0;
    for (int level = 0; level < ids.levels(); ++level)
        sum += health.levels[static_cast<std::size_t>(level)].perplexity / ids.codes_at(level);
    return ids.levels() > 0 ? sum / ids.levels() : 0;
}

std::uint64_t items_beyond_paths(std::uint64_t items, std::uint64_t codes, int levels) {
    std::uint64_t paths = 1;
    for (int l = 0; l < levels && paths < items; ++l) {
        if (codes > items / paths) return 0;
        paths *= codes;
    }
    return items > paths ? items - paths : 0;
}

}  // namespace cascadelab
