#include "engine/world/people/utility.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// The outside option is worth as much as an item of this closeness and quality.
constexpr double kOutsideAffinity = 0.85;
constexpr double kOutsideQuality = 1;

constexpr double kSeenThrough = 0.7;     // share of an item from which it counts as watched
constexpr double kBegun = 0.1;           // and from which it counts as begun
constexpr Seconds kPauseOfPull = kHour;  // what has just been left does not pull yet

// Small screens and mornings want short things, a television in the evening long ones.
double suiting_duration_s(const DomainPack& pack, Device device, Seconds now_s) {
    constexpr std::array<double, kDeviceCount> kDeviceFactor = {0.6, 0.85, 1.0, 1.3};
    constexpr double kLongestHour = 21;
    constexpr double kHourSwing = 0.25;
    const double angle = 2 * std::numbers::pi * (hour_of(now_s) - kLongestHour) / 24;
    const double hour_factor = (1 + kHourSwing * std::cos(angle)) / (1 + kHourSwing);
    return pack.typical_duration_s * kDeviceFactor[index_of(device)] * hour_factor;
}

// Share of what watching left behind that is still there at now_s.
double left_after(double half_life_h, const Person& person, Seconds now_s) {
    const auto age_s = static_cast<double>(std::max<Seconds>(0, now_s - person.satiation_at_s));
    return std::exp2(-age_s / (half_life_h * kHour));
}

}  // namespace

Appraisal::Appraisal(const Surroundings& around, const Population& population, PersonId id,
                     Seconds now_s)
    : m_catalogue(around.catalogue),
      m_person(population.people[id.index()]),
      m_taste(population.taste[id.index()]),
      m_taste_weight(around.params.taste_weight),
      m_quality_weight(around.params.quality_weight),
      m_context_weight(around.params.context_weight),
      m_repeat_penalty(around.params.repeat_penalty),
      m_unfinished_pull(around.params.unfinished_pull),
      m_unfinished_half_life_s(around.params.unfinished_half_life_h * kHour),
      m_ageing(around.supply.ageing),
      m_ageing_half_life_s(around.pack.ageing_half_life_days * kDay),
      m_now_s(now_s) {
    const Person& person = m_person;
    m_per_suiting_duration = 1 / suiting_duration_s(around.pack, person.device, now_s);
    const double left = left_after(around.params.satiation_half_life_h, person, now_s);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        m_topic_term[topic] =
            around.trend[topic] - around.params.satiation * left * person.satiation[topic];
    }
    const BehaviourParams& behaviour = around.behaviour;
    if (has_trait(behaviour.sensitises, person.segment)) {
        const double excited = behaviour.sensitisation *
                               left_after(behaviour.sensitisation_half_life_h, person, now_s);
        for (std::size_t topic = 0; topic < kTopicCount; ++topic)
            m_topic_term[topic] += excited * person.sensitisation[topic];
    }
    const bool wishes = person.wish_topic < kTopicCount && now_s < person.wish_until_s;
    if (wishes) m_topic_term[person.wish_topic] += around.params.search_wish;
}

double Appraisal::worth(ItemId item) const {
    const double bare = value(item, has_watched(m_person, item));
    if (m_unfinished_pull <= 0) return bare;
    const auto left = std::ranges::find(m_person.unfinished, item, &UnfinishedItem::item);
    return left == m_person.unfinished.end() ? bare : bare + pull(*left);
}

double Appraisal::ageing(ItemId item) const {
    const Seconds age_s =
        std::max<Seconds>(0, m_now_s - m_catalogue.cards[item.index()].released_s);
    return m_ageing * (1 - std::exp2(-static_cast<double>(age_s) / m_ageing_half_life_s));
}

double Appraisal::pull(const UnfinishedItem& left) const {
    const Seconds age_s = m_now_s - left.left_s;
    if (m_unfinished_pull <= 0 || age_s < kPauseOfPull) return 0;
    return m_unfinished_pull * left.share *
           std::exp2(-static_cast<double>(age_s) / m_unfinished_half_life_s);
}

double utility(const Surroundings& around, const Population& population, PersonId person,
               ItemId item, Seconds now_s) {
    return Appraisal(around, population, person, now_s).worth(item);
}

void utilities(const Surroundings& around, const Population& population, PersonId person,
               Seconds now_s, std::span<double> out) {
    CHECK(out.size() == around.catalogue.size());
    const Appraisal appraisal(around, population, person, now_s);
    // Both lists are in id order, so one walk finds what was watched.
    const std::vector<ItemId>& watched = population.people[person.index()].watched;
    auto next = watched.begin();
    for (std::size_t i = 0; i < out.size(); ++i) {
        const bool seen = next != watched.end() && next->index() == i;
        if (seen) ++next;
        out[i] = appraisal.value(ItemId(i), seen);
    }
    for (const UnfinishedItem& left : population.people[person.index()].unfinished)
        out[left.item.index()] += appraisal.pull(left);
}

double outside_utility(const WorldParams& params) {
    return kOutsideAffinity * params.taste_weight + kOutsideQuality * params.quality_weight;
}

double satiation_at(const WorldParams& params, const Person& person, std::size_t topic,
                    Seconds now_s) {
    return person.satiation[topic] * left_after(params.satiation_half_life_h, person, now_s);
}

void add_watch(const Surroundings& around, Person& person, TopicId topic, double share,
               Seconds now_s) {
    for (std::size_t t = 0; t < kTopicCount; ++t)
        person.satiation[t] = static_cast<float>(satiation_at(around.params, person, t, now_s));
    person.satiation[topic.index()] += static_cast<float>(share);
    if (has_trait(around.behaviour.sensitises, person.segment)) {
        const double left = left_after(around.behaviour.sensitisation_half_life_h, person, now_s);
        for (float& excited : person.sensitisation) excited *= static_cast<float>(left);
        person.sensitisation[topic.index()] += static_cast<float>(share);
    }
    person.satiation_at_s = now_s;
}

bool has_watched(const Person& person, ItemId item) {
    return std::ranges::binary_search(person.watched, item);
}

void mark_watched(Person& person, ItemId item) {
    const auto place = std::ranges::lower_bound(person.watched, item);
    if (place == person.watched.end() || *place != item) person.watched.insert(place, item);
}

float share_seen(const Person& person, ItemId item) {
    const auto left = std::ranges::find(person.unfinished, item, &UnfinishedItem::item);
    return left == person.unfinished.end() ? 0 : left->share;
}

void leave_item(Person& person, ItemId item, double share, Seconds now_s) {
    if (share < kBegun) return;
    std::vector<UnfinishedItem>& list = person.unfinished;
    std::erase_if(list, [&](const UnfinishedItem& left) { return left.item == item; });
    if (share >= kSeenThrough) return mark_watched(person, item);
    if (has_watched(person, item)) return;
    if (list.size() == kUnfinishedKept) list.erase(list.begin());
    list.push_back({item, static_cast<float>(share), now_s});
}

}  // namespace cascadelab
