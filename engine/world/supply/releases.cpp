#include "engine/world/supply/releases.h"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/world/domain/taste_space.h"
#include "engine/world/domain/titles.h"

namespace cascadelab {
namespace {

constexpr double kItemNoise = 0.3;           // length of what is an item's own in taste space
constexpr double kLargestSecondTopic = 0.5;  // weight of the second topic beside the first's 1
constexpr double kSequelNoise = 0.15;        // how far a sequel lies from the part before
constexpr double kSequelShare = 0.7;         // of franchise items; the others found a franchise
constexpr int kSequelTries = 16;             // franchises looked at for one of the right topic
constexpr double kRegionMissing = 0.03;  // probability that an item lacks the licence of a region
constexpr double kOwnQuality = 0.866;    // deviation of quality beside skill: together 1

// Content is a unit vector: truth and noise, both of length 1, mixed by richness.
std::vector<float> draw_content(const Supply& supply, TopicId topic, TopicId second,
                                double second_weight, ItemId item, double richness,
                                Stream& stream) {
    std::vector<float> truth(kTopicCount, 0.0f);
    truth[topic.index()] = 1;
    truth[second.index()] += static_cast<float>(second_weight);
    make_unit(truth);
    const auto taste = supply.catalogue.taste[item.index()];
    truth.insert(truth.end(), taste.begin(), taste.end());
    make_unit(truth);
    std::vector<float> content(truth.size(), 0.0f);
    add_noise(content, 1, stream);
    make_unit(content);
    for (float& x : content) x *= static_cast<float>(1 - richness);
    add_scaled(content, truth, richness);
    make_unit(content);
    return content;
}

bool can_go_on(const Supply& supply, const Franchise& franchise, TopicId topic) {
    return franchise.topic == topic && supply.creators[franchise.creator.index()].active;
}

// The franchise of the topic that is watched most; invalid when none of it is watched.
FranchiseId hit_of(const Supply& supply, TopicId topic) {
    FranchiseId hit;
    float most = 0;
    for (std::size_t f = 0; f < supply.franchises.size(); ++f) {
        const Franchise& franchise = supply.franchises[f];
        if (franchise.views <= most || !can_go_on(supply, franchise, topic)) continue;
        hit = FranchiseId(f);
        most = franchise.views;
    }
    return hit;
}

// A franchise of the topic to be continued: a hit, or any that a short search finds.
FranchiseId find_franchise(const Supply& supply, const SupplyParams& params, TopicId topic,
                           Stream& stream) {
    if (params.sequels_to_hits > 0 && stream.chance(params.sequels_to_hits)) {
        const FranchiseId hit = hit_of(supply, topic);
        if (hit.valid()) return hit;
    }
    for (int attempt = 0; attempt < kSequelTries && !supply.franchises.empty(); ++attempt) {
        const FranchiseId found(stream.below(supply.franchises.size()));
        if (can_go_on(supply, supply.franchises[found.index()], topic)) return found;
    }
    return {};
}

// Click appeal beyond what the item is worth, by how loud its creator is.
double draw_appeal(const Creator& creator, Stream& stream) {
    return creator.bait <= 0 ? 0 : creator.bait * stream.uniform(0.5, 1.5);
}

// The true topic, taken for another with probability (1 - richness) / 4.
TopicId editorial_topic(TopicId topic, double richness, Stream& stream) {
    const bool wrong = stream.chance((1 - richness) / 4);
    const std::size_t other = 1 + stream.below(kTopicCount - 1);
    return wrong ? TopicId((topic.index() + other) % kTopicCount) : topic;
}

std::uint8_t draw_regions(Stream& stream) {
    std::uint8_t regions = 0;
    for (std::size_t region = 0; region < kRegionCount; ++region) {
        if (!stream.chance(kRegionMissing)) regions |= static_cast<std::uint8_t>(1u << region);
    }
    return regions == 0 ? 1 : regions;
}

std::uint64_t hash_item(const Supply& supply, std::size_t item) {
    const ItemCard& card = supply.catalogue.cards[item];
    return Hasher()
        .add(supply.catalogue_hash)
        .add(std::string_view(card.title))
        .add(card.topic.value)
        .add(card.subtopic)
        .add(card.regions)
        .add(card.creator.value)
        .add(card.franchise.value)
        .add(card.released_s)
        .add(card.duration_s)
        .add(supply.catalogue.quality[item])
        .add(supply.catalogue.appeal[item])
        .add(supply.catalogue.true_topic[item].value)
        .add_all(supply.catalogue.content[item])
        .add_all(supply.catalogue.taste[item])
        .value();
}

}  // namespace

Commission draw_commission(const Supply& supply, Seconds released_s, Stream& stream) {
    CreatorId creator(stream.below(supply.creators.size()));
    while (!supply.creators[creator.index()].active) {
        creator = CreatorId(stream.below(supply.creators.size()));
    }
    const Creator& maker = supply.creators[creator.index()];
    std::array<double, kTopicCount> focus;
    std::ranges::copy(maker.focus, focus.begin());
    const TopicId topic(stream.choice(focus));
    const double quality = maker.skill + kOwnQuality * stream.normal();
    return {creator, topic, quality, released_s, nullptr};
}

ItemId make_item(Supply& supply, const Params& params, const Commission& commission,
                 Stream& stream) {
    const DomainPack& pack = domain_pack(params.world.pack);
    const TopicId topic = commission.topic;
    const PackTopic& kind = pack.topics[topic.index()];
    Catalogue& catalogue = supply.catalogue;
    const ItemId id(catalogue.size());

    ItemCard card;
    card.creator = commission.creator;
    card.released_s = commission.released_s;
    card.topic = editorial_topic(topic, params.metadata.richness, stream);
    card.subtopic = static_cast<std::uint8_t>(stream.below(kSubtopicCount));
    card.regions = draw_regions(stream);
    card.duration_s = static_cast<float>(
        std::max(1.0, stream.lognormal(kind.duration_median_s, kind.duration_sigma)));

    // A rated item lies where its ratings put it, a sequel close to the part before it, anything
    // else around its sub-topic with a touch of a second topic.
    std::vector<float> taste(supply.topic_centres.dims, 0.0f);
    const TopicId second(stream.below(kTopicCount));
    const RatedCatalogue* rated = commission.rated;
    const double second_weight = rated != nullptr ? 0 : kLargestSecondTopic * stream.beta(1, 3);
    const bool in_franchise = rated == nullptr && stream.chance(pack.franchise_share);
    const bool continues = in_franchise && stream.chance(kSequelShare);
    if (continues) card.franchise = find_franchise(supply, params.supply, topic, stream);
    if (rated != nullptr) {
        card.title = rated->titles[id.index()];
        card.subtopic = rated->subtopic[id.index()];
        add_scaled(taste, rated->item_taste[id.index()], 1);
    } else if (card.franchise.valid()) {
        Franchise& franchise = supply.franchises[card.franchise.index()];
        card.creator = franchise.creator;
        card.subtopic = catalogue.cards[franchise.latest.index()].subtopic;
        card.title = franchise.name + " " + std::to_string(++franchise.parts);
        add_scaled(taste, catalogue.taste[franchise.latest.index()], 1);
        add_noise(taste, kSequelNoise, stream);
        franchise.latest = id;
    } else {
        card.title = make_title(params.world.pack, topic, card.subtopic, stream);
        add_scaled(taste, supply.topic_centres[subtopic_row(topic, card.subtopic)], 1);
        add_scaled(taste, supply.topic_centres[second.index()], second_weight);
        add_noise(taste, kItemNoise, stream);
    }
    make_unit(taste);
    if (in_franchise && !card.franchise.valid()) {
        card.franchise = FranchiseId(supply.franchises.size());
        supply.franchises.push_back({card.title, topic, card.creator, 1, id});
    }

    catalogue.cards.push_back(std::move(card));
    catalogue.taste.push(taste);
    catalogue.true_topic.push_back(topic);
    catalogue.content.push(
        draw_content(supply, topic, second, second_weight, id, params.metadata.richness, stream));
    const Creator& maker = supply.creators[catalogue.cards.back().creator.index()];
    const double appeal = rated != nullptr ? 0 : draw_appeal(maker, stream);
    catalogue.appeal.push_back(static_cast<float>(appeal));
    catalogue.quality.push_back(
        static_cast<float>(commission.quality - params.supply.clickbait_cost * appeal));
    supply.catalogue_hash = hash_item(supply, id.index());
    return id;
}

ItemId release_item(Supply& supply, const Params& params, TopicId topic, double quality,
                    Seconds now_s, Stream stream) {
    Commission commission = draw_commission(supply, now_s, stream);
    commission.topic = topic;
    commission.quality = quality;
    return make_item(supply, params, commission, stream);
}

}  // namespace cascadelab
