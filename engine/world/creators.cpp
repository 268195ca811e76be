// Creators: what they make, and how they learn from what was watched.
#include <algorithm>
#include <cmath>

#include "engine/world/making.h"

namespace cascadelab {
namespace {

constexpr double kMainFocus = 0.75;      // share of a creator's work in its main topic
constexpr double kSkillDeviation = 0.5;  // of the mean quality of a creator's work
constexpr double kRewardMemory = 0.7;    // reward left after a day
constexpr double kLeastFocus = 0.01;     // nobody forgets a topic wholly
constexpr double kOverlooked = 0.05;     // of the mean reward: below it a creator may give up
constexpr double kGivesUp = 0.02;        // probability a day, times creator_response

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

}  // namespace

std::vector<Creator> make_creators(const Params& params, std::uint64_t seed) {
    const DomainPack& pack = domain_pack(params.world.pack);
    std::array<double, kTopicCount> weights;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        weights[topic] = pack.topics[topic].weight;
    }
    std::vector<Creator> creators(static_cast<std::size_t>(params.world.creators));
    for (std::size_t i = 0; i < creators.size(); ++i) {
        Stream stream(seed, Purpose::creators, i);
        Creator& creator = creators[i];
        const std::size_t main = stream.choice(weights);
        std::array<double, kTopicCount> aside;
        stream.dirichlet(0.5, aside);
        for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
            creator.focus[topic] = static_cast<float>((1 - kMainFocus) * aside[topic] +
                                                      (topic == main ? kMainFocus : 0));
        }
        creator.skill = static_cast<float>(stream.normal(0, kSkillDeviation));
        creator.name = creator_name(params.world.pack, TopicId(main), stream);
    }
    return creators;
}

void reward_creators(World& world, std::span<const Event> events) {
    for (const Event& event : events) {
        if (event.kind != EventKind::watch) continue;
        const std::size_t item = event.item.index();
        const ItemCard& card = world.catalogue.cards[item];
        const std::size_t topic = world.catalogue.true_topic[item].index();
        world.creators[card.creator.index()].reward[topic] += event.value * card.duration_s;
    }
}

void review_creators(std::vector<Creator>& creators, double response, std::uint64_t seed,
                     std::uint64_t tick) {
    double mean = 0;
    std::size_t active = 0;
    for (const Creator& creator : creators) {
        if (!creator.active) continue;
        mean += total_reward(creator);
        ++active;
    }
    mean /= static_cast<double>(std::max<std::size_t>(active, 1));
    for (std::size_t i = 0; i < creators.size(); ++i) {
        Creator& creator = creators[i];
        const double total = total_reward(creator);
        if (total > 0) shift_focus(creator, total, response);
        Stream stream(seed, Purpose::creators, i, tick);
        const bool gives_up = stream.chance(kGivesUp * response);
        if (creator.active && total < kOverlooked * mean && gives_up && active > 1) {
            creator.active = false;
            --active;
        }
        for (float& reward : creator.reward) reward *= static_cast<float>(kRewardMemory);
    }
}

}  // namespace cascadelab
