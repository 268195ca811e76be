#include "tests/worlds/ui/demo_generative.h"

#include <algorithm>
#include <cmath>

#include "engine/models/semantic_ids/code_tree.h"

namespace cascadelab {
namespace {

constexpr std::size_t kLevels = 3, kCodes = 32;
constexpr std::size_t kWidth = 20, kPrunedListed = 24;

// Spread over 0..1, the same for the same numbers.
double noise(std::size_t a, std::size_t b) {
    std::uint64_t x = 0x9E3779B97F4A7C15u * (a + 1) + 0xC2B2AE3D27D4EB4Fu * (b + 1);
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return static_cast<double>(x >> 11) / 9007199254740992.0;
}

SemanticIds idsOf(const ItemCodes& codes) {
    return {codes.alphabet, codes.extra_digit, codes.digits, codes.version};
}

struct DemoPrefix {
    CodeTree::Node node = CodeTree::kRoot;
    BeamPrefix prefix;
};

std::vector<DemoPrefix> prefixesAfter(const CodeTree& tree, const std::vector<DemoPrefix>& kept) {
    std::vector<DemoPrefix> all;
    for (std::size_t parent = 0; parent < kept.size(); ++parent) {
        const auto children = tree.children(kept[parent].node);
        for (std::size_t k = 0; k < children.size(); ++k) {
            DemoPrefix next{children.node(k), kept[parent].prefix};
            next.prefix.codes.push_back(children.codes[k]);
            next.prefix.parent = static_cast<std::uint32_t>(parent);
            next.prefix.items = static_cast<std::uint32_t>(tree.item_count(next.node));
            next.prefix.log_probability -= static_cast<float>(0.3 + 3.2 * noise(next.node, 7));
            next.prefix.score = next.prefix.log_probability;
            next.prefix.kept = false;
            all.push_back(next);
        }
    }
    std::ranges::sort(all, [](const DemoPrefix& a, const DemoPrefix& b) {
        return a.prefix.score != b.prefix.score ? a.prefix.score > b.prefix.score : a.node < b.node;
    });
    return all;
}

}  // namespace

// Codes follow an item's topic, so that prefixes mean something; a power makes some popular, and
// codes from 29 on die.
std::shared_ptr<const ItemCodes> demoCodes(std::size_t items) {
    std::vector<Code> codes;
    for (std::size_t i = 0; i < items; ++i) {
        codes.push_back(static_cast<Code>(4 * (i % 8) + std::size_t(3.6 * noise(i, 1))));
        codes.push_back(static_cast<Code>(29 * std::pow(noise(i, 2), 1.6)));
        codes.push_back(static_cast<Code>(31 * std::pow(noise(i, 3), 2.2)));
        if (codes[3 * i] == 7) codes[3 * i] = 6;
    }
    const SemanticIds ids = make_ids(codes, std::vector<int>(kLevels, int(kCodes)), true, 2);
    auto view = std::make_shared<ItemCodes>();
    view->version = ids.version;
    view->alphabet = ids.alphabet;
    view->extra_digit = ids.extra_digit;
    view->digits = ids.path_of;
    return view;
}

std::shared_ptr<const std::vector<CodeHealthPoint>> demoCodeHealth(Seconds now_s) {
    auto points = std::make_shared<std::vector<CodeHealthPoint>>();
    for (std::size_t k = 0; k < 36; ++k) {
        CodeHealthPoint point;
        point.time_s = 2 * kDay + static_cast<Seconds>(k) * (now_s - 2 * kDay) / 35;
        const auto age = static_cast<float>(k % 18) / 18;  // since the last rebuild
        for (std::size_t level = 0; level < kLevels; ++level) {
            const float perplexity = 28 - 5 * static_cast<float>(level) - 3 * age;
            point.levels.push_back({std::log2(perplexity), perplexity,
                                    static_cast<int>(level) + (k % 18 > 11 ? 1 : 0)});
        }
        point.unique_share = 0.82f - 0.1f * age;
        point.collision_rate = 0.11f + 0.06f * age;
        point.biggest_group = static_cast<std::uint32_t>(5 + 4 * age);
        point.changed_share = k > 28 ? 0.2f : 0;
        points->push_back(point);
    }
    return points;
}

// Every day shows more of less.
std::shared_ptr<const std::vector<ExposurePoint>> demoExposure(std::size_t items, Seconds now_s) {
    auto points = std::make_shared<std::vector<ExposurePoint>>();
    const auto days = static_cast<std::size_t>(now_s / kDay);
    for (std::size_t day = 1; day <= days + 1; ++day) {
        auto impressions = std::make_shared<std::vector<std::uint32_t>>(items);
        const double steep = 0.6 + 0.9 * static_cast<double>(day);
        for (std::size_t i = 0; i < items; ++i)
            (*impressions)[i] =
                static_cast<std::uint32_t>(14 * steep * std::pow(noise(i, 11), 2 * steep));
        points->push_back({std::min(now_s, static_cast<Seconds>(day) * kDay), impressions});
    }
    return points;
}

BeamPicture demoBeam(const ItemCodes& codes) {
    const CodeTree tree(idsOf(codes));
    BeamPicture beam;
    for (std::size_t i = 0; i < 12; ++i) beam.past.push_back(ItemId(7 * i));
    std::vector<DemoPrefix> kept(1);
    for (int digit = 0; digit < tree.depth(); ++digit) {
        std::vector<DemoPrefix> all = prefixesAfter(tree, kept);
        beam.looked_at.push_back(static_cast<std::uint32_t>(all.size()));
        const std::size_t width = std::min(kWidth, all.size());
        beam.steps.emplace_back();
        for (std::size_t k = 0; k < std::min(width + kPrunedListed, all.size()); ++k) {
            all[k].prefix.kept = k < width;
            beam.steps.back().push_back(all[k].prefix);
        }
        all.resize(width);
        kept = std::move(all);
    }
    for (const DemoPrefix& leaf : kept)
        for (const ItemId item : tree.items(leaf.node)) beam.found.push_back(item);
    return beam;
}

}  // namespace cascadelab
