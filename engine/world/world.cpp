#include "engine/world/world.h"

#include <cmath>

#include "engine/world/domain/taste_space.h"
#include "engine/world/supply/creators.h"
#include "engine/world/supply/releases.h"
#include "engine/world/supply/trends.h"

namespace cascadelab {
namespace {

constexpr double kCatalogueYears = 2;
constexpr double kReleaseGrowth = 1.5;  // above 1: more of the catalogue is recent
constexpr double kDebtRounding = 1e-9;  // a debt this close to a whole item is one

// Release time of item i of n, in id order: the catalogue grew faster and faster.
Seconds initial_release(std::size_t i, std::size_t n) {
    const double left = 1 - (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    const double days_ago = kCatalogueYears * 365 * std::pow(left, kReleaseGrowth);
    return -static_cast<Seconds>(days_ago * kDay) - 1;
}

void hash_person(const Person& person, Hasher& hasher) {
    const Session& session = person.session;
    hasher.add(std::string_view(person.name)).add(person.age).add(person.device).add(person.region);
    for (TopicId topic : person.survey) hasher.add(topic.value);
    hasher.add(person.segment).add(person.activity).add(person.peak_hour);
    hasher.add(person.patience).add(person.openness);
    hasher.add(session.active).add(session.started_s).add(session.now_s).add(session.budget_s);
    hasher.add(session.boredom).add(session.pages).add(session.pleasure);
    hasher.add(session.topic).add(session.repetitions);
    hasher.add(person.wish_topic).add(person.wish_until_s);
    hasher.add(person.intention.lever).add(person.intention.topic.value);
    hasher.add(person.next_session_s).add(person.churned).add(person.mood).add(person.requests);
    hasher.add(person.satiation_at_s);
    for (float satiation : person.satiation) hasher.add(satiation);
    for (float excited : person.sensitisation) hasher.add(excited);
    hasher.add(person.trust).add(person.promise_kept);
    hasher.add(person.watched.size());
    for (ItemId item : person.watched) hasher.add(item.value);
    hasher.add(person.joined_s);
    hasher.add(person.unfinished.size());
    for (const UnfinishedItem& left : person.unfinished)
        hasher.add(left.item.value).add(left.share).add(left.left_s);
}

}  // namespace

World make_world(const Params& params, std::uint64_t seed, const RatedCatalogue* rated) {
    World world;
    world.seed = seed;
    const auto dims = static_cast<std::size_t>(params.world.taste_dims);
    world.topic_centres = rated ? rated->topic_centres : make_topic_centres(dims, seed);
    world.creators = make_creators(params, seed);
    world.catalogue.taste.dims = world.topic_centres.dims;
    world.catalogue.content.dims = kTopicCount + world.topic_centres.dims;
    const auto items = static_cast<std::size_t>(params.world.items);
    for (std::size_t i = 0; i < items; ++i) {
        Stream stream(seed, Purpose::catalogue, i);
        Commission commission = draw_commission(world, initial_release(i, items), stream);
        if (rated != nullptr && i < rated->titles.size()) {
            commission.rated = rated;
            commission.topic = rated->topic[i];
            commission.quality = rated->quality[i];
        }
        make_item(world, params, commission, stream);
    }
    world.population = make_population(params, world.topic_centres, seed, rated);
    world.trend = trends_at(params.world, seed, 0);
    return world;
}

std::vector<ItemId> advance_world(World& world, const Params& params, std::uint64_t seed,
                                  std::uint64_t tick, Seconds now_s) {
    world.trend = trends_at(params.world, seed, now_s);
    for (const BreakingNews& news : world.news) {
        world.trend[news.topic.index()] += static_cast<float>(interest_left(news, now_s));
    }
    if (second_of_day(now_s) < params.clock.tick_s) {
        review_creators(world, params, tick);
        for (std::size_t p = 0; p < world.population.size(); ++p) {
            Stream stream(seed, Purpose::taste_shift, p, tick);
            maybe_shift_taste(world.population, params, world.topic_centres, PersonId(p), 1,
                              stream);
        }
    }
    std::vector<ItemId> released;
    world.release_debt +=
        params.world.new_items_per_day * static_cast<double>(params.clock.tick_s) / kDay;
    while (world.release_debt >= 1 - kDebtRounding) {
        world.release_debt -= 1;
        Stream stream(seed, Purpose::arrivals, world.catalogue.size(), tick);
        const Commission commission = draw_commission(world, now_s, stream);
        released.push_back(make_item(world, params, commission, stream));
    }
    for (BreakingNews& news : world.news) {
        for (; news.released < items_due(news, now_s); ++news.released) {
            Stream stream(seed, Purpose::arrivals, world.catalogue.size(), tick);
            Commission commission = draw_commission(world, now_s, stream);
            commission.topic = news.topic;
            released.push_back(make_item(world, params, commission, stream));
        }
    }
    std::erase_if(world.news,
                  [&](const BreakingNews& n) { return now_s >= n.begin_s + n.length_s; });
    return released;
}

Surroundings surroundings(const World& world, const Params& params) {
    return {params.world,    params.behaviour, params.supply,       domain_pack(params.world.pack),
            world.catalogue, world.trend,      world.topic_centres, world.seed};
}

void hash_world(const World& world, Hasher& hasher) {
    for (const Person& person : world.population.people) hash_person(person, hasher);
    hasher.add_all(std::span<const float>(world.population.taste.data));
    hasher.add_all(std::span<const float>(world.population.innate.data));
    hasher.add(world.catalogue.size()).add(world.catalogue_hash);
    for (const Creator& creator : world.creators) {
        hasher.add(std::string_view(creator.name)).add(creator.skill).add(creator.bait);
        hasher.add(creator.active);
        for (float focus : creator.focus) hasher.add(focus);
        for (float reward : creator.reward) hasher.add(reward);
    }
    for (const Franchise& franchise : world.franchises) {
        hasher.add(std::string_view(franchise.name)).add(franchise.topic.value);
        hasher.add(franchise.creator.value).add(franchise.parts).add(franchise.latest.value);
        hasher.add(franchise.views);
    }
    for (float trend : world.trend) hasher.add(trend);
    for (const BreakingNews& news : world.news) {
        hasher.add(news.topic.value).add(news.strength).add(news.begin_s).add(news.length_s);
        hasher.add(news.releases).add(news.released);
    }
    hasher.add(world.release_debt).add(world.population.joining_debt).add(world.creator_debt);
    hasher.add_all(std::span<const float>(world.topic_centres.data));
}

}  // namespace cascadelab
