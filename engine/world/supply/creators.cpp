#include "engine/world/supply/creators.h"

#include <algorithm>
#include <cmath>

#include "engine/base/random.h"
#include "engine/world/domain/titles.h"

namespace cascadelab {
namespace {

constexpr double kMainFocus = 0.75;      // share of a creator's work in its main topic
constexpr double kSkillDeviation = 0.5;  // of the mean quality of a creator's work
constexpr double kRewardMemory = 0.7;    // reward left after a day
constexpr double kLeastFocus = 0.01;     // nobody forgets a topic wholly
constexpr double kOverlooked = 0.05;     // of the mean reward: below it a creator may give up
constexpr double kGivesUp = 0.02;        // probability a day, times creator_response
constexpr double kBaitVentures = 0.3;    // deviation of a day's own step, in supply.clickbait

double total_reward(const Creator& creator) {
    double total = 0;
    for (float reward : creator.reward) total += reward;
    return total;
}

void shift_focus(Creator& creator, double total, double response) {
    double sum = 0;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        const double wanted = creator.reward[topic] / total;
        const double focus = creator.focus[topic] + response * (wanted - creator.focus[topic]);
        creator.focus[topic] = static_cast<float>(std::max(focus, kLeastFocus));
        sum += creator.focus[topic];
    }
    for (float& focus : creator.focus) focus = static_cast<float>(focus / sum);
}

using TopicWeights = std::array<double, kTopicCount>;

// topic_weights: how likely each topic is to be the main one, relative.
Creator make_creator(const Params& params, std::uint64_t seed, std::size_t id,
                     const TopicWeights& topic_weights) {
    Stream stream(seed, Purpose::creators, id);
    Creator creator;
    const std::size_t main = stream.choice(topic_weights);
    TopicWeights aside;
    stream.dirichlet(0.5, aside);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        creator.focus[topic] =
            static_cast<float>((1 - kMainFocus) * aside[topic] + (topic == main ? kMainFocus : 0));
    }
    creator.skill = static_cast<float>(stream.normal(0, kSkillDeviation));
    creator.name = creator_name(params.world.pack, TopicId(main), stream);
    if (params.supply.clickbait > 0) {
        Stream bait(seed, Purpose::clickbait, id);
        creator.bait = static_cast<float>(bait.exponential(params.supply.clickbait));
    }
    return creator;
}

double mean_reward(std::span<const Creator> creators) {
    double sum = 0;
    std::size_t active = 0;
    for (const Creator& creator : creators) {
        if (!creator.active) continue;
        sum += total_reward(creator);
        ++active;
    }
    return sum / static_cast<double>(std::max<std::size_t>(active, 1));
}

// Loudness of an average unit of reward: creators imitate each other in proportion to success, so
// that the mean moves by the covariance of loudness and reward (Price 1970).
double rewarded_bait(std::span<const Creator> creators) {
    double sum = 0, weight = 0;
    for (const Creator& creator : creators) {
        const double reward = total_reward(creator);
        sum += reward * creator.bait;
        weight += reward;
    }
    return weight > 0 ? sum / weight : 0;
}

// Toward what pays, and a step of one's own.
void shift_bait(Creator& creator, double rewarded, const Params& params, Stream stream) {
    const double response = params.world.creator_response;
    const double own = kBaitVentures * params.supply.clickbait * stream.normal();
    const double bait = creator.bait + response * (rewarded - creator.bait + own);
    creator.bait = static_cast<float>(std::max(bait, 0.0));
}

// Who enters goes where the reward is, beside what the domain is made of anyway.
void admit_creators(Supply& supply, const Params& params) {
    supply.creator_debt += params.supply.new_creators_per_day;
    if (supply.creator_debt < 1) return;
    const DomainPack& pack = domain_pack(params.world.pack);
    TopicWeights weights{};
    double reward = 0, usual = 0;
    for (const Creator& creator : supply.creators) reward += total_reward(creator);
    for (const PackTopic& topic : pack.topics) usual += topic.weight;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        weights[topic] = pack.topics[topic].weight / usual;
        if (reward <= 0) continue;
        for (const Creator& creator : supply.creators)
            weights[topic] += creator.reward[topic] / reward;
    }
    for (; supply.creator_debt >= 1; supply.creator_debt -= 1)
        supply.creators.push_back(
            make_creator(params, supply.seed, supply.creators.size(), weights));
}

}  // namespace

std::vector<Creator> make_creators(const Params& params, std::uint64_t seed) {
    const DomainPack& pack = domain_pack(params.world.pack);
    TopicWeights weights;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic)
        weights[topic] = pack.topics[topic].weight;
    std::vector<Creator> creators;
    for (std::int64_t i = 0; i < params.world.creators; ++i)
        creators.push_back(make_creator(params, seed, creators.size(), weights));
    return creators;
}

void reward_creators(Supply& supply, CreatorReward paid_by, std::span<const Event> events) {
    for (const Event& event : events) {
        const bool watched = event.kind == EventKind::watch;
        if (!watched && event.kind != EventKind::click) continue;
        const std::size_t item = event.item.index();
        const ItemCard& card = supply.catalogue.cards[item];
        const std::size_t topic = supply.catalogue.true_topic[item].index();
        float& reward = supply.creators[card.creator.index()].reward[topic];
        if (paid_by == CreatorReward::watch_time && watched)
            reward += event.value * card.duration_s;
        if (paid_by == CreatorReward::clicks && !watched) reward += 1;
        if (watched && card.franchise.valid()) supply.franchises[card.franchise.index()].views += 1;
    }
}

void review_creators(Supply& supply, const Params& params, std::uint64_t tick) {
    std::vector<Creator>& creators = supply.creators;
    const double response = params.world.creator_response;
    const double mean = mean_reward(creators);
    const double rewarded = rewarded_bait(creators);
    auto active = static_cast<std::size_t>(std::ranges::count_if(creators, &Creator::active));
    for (std::size_t i = 0; i < creators.size(); ++i) {
        Creator& creator = creators[i];
        const double total = total_reward(creator);
        if (total > 0) shift_focus(creator, total, response);
        if (params.supply.clickbait > 0)
            shift_bait(creator, rewarded, params, Stream(supply.seed, Purpose::clickbait, i, tick));
        Stream stream(supply.seed, Purpose::creators, i, tick);
        const bool gives_up = stream.chance(kGivesUp * response);
        if (creator.active && total < kOverlooked * mean && gives_up && active > 1) {
            creator.active = false;
            --active;
        }
    }
    admit_creators(supply, params);
    for (Creator& creator : creators) {
        for (float& reward : creator.reward) reward *= static_cast<float>(kRewardMemory);
    }
    for (Franchise& franchise : supply.franchises)
        franchise.views *= static_cast<float>(kRewardMemory);
}

}  // namespace cascadelab
