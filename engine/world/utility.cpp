#include "engine/world/utility.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// The outside option is worth as much as an item of this closeness and quality.
constexpr double kOutsideAffinity = 0.85;
constexpr double kOutsideQuality = 1;

// Small screens and mornings want short things, a television in the evening long ones.
double suiting_duration_s(const DomainPack& pack, Device device, Seconds now_s) {
    constexpr std::array<double, kDeviceCount> kDeviceFactor = {0.6, 0.85, 1.0, 1.3};
    constexpr double kLongestHour = 21;
    constexpr double kHourSwing = 0.25;
    const double angle = 2 * std::numbers::pi * (hour_of(now_s) - kLongestHour) / 24;
    const double hour_factor = (1 + kHourSwing * std::cos(angle)) / (1 + kHourSwing);
    return pack.typical_duration_s * kDeviceFactor[static_cast<std::size_t>(device)] * hour_factor;
}

double satiation_left(const WorldParams& params, const Person& person, Seconds now_s) {
    const auto age_s = static_cast<double>(std::max<Seconds>(0, now_s - person.satiation_at_s));
    return std::exp2(-age_s / (params.satiation_half_life_h * kHour));
}

}  // namespace

Appraisal::Appraisal(const Surroundings& around, const Population& population, PersonId id,
                     Seconds now_s)
    : m_catalogue(around.catalogue),
      m_taste(population.taste[id.index()]),
      m_taste_weight(around.params.taste_weight),
      m_quality_weight(around.params.quality_weight),
      m_context_weight(around.params.context_weight) {
    const Person& person = population.people[id.index()];
    m_per_suiting_duration = 1 / suiting_duration_s(around.pack, person.device, now_s);
    const double left = satiation_left(around.params, person, now_s);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        m_topic_term[topic] =
            around.trend[topic] - around.params.satiation * left * person.satiation[topic];
    }
    const bool wishes = person.wish_topic < kTopicCount && now_s < person.wish_until_s;
    if (wishes) m_topic_term[person.wish_topic] += around.params.search_wish;
}

double utility(const Surroundings& around, const Population& population, PersonId person,
               ItemId item, Seconds now_s) {
    const bool watched = has_watched(population.people[person.index()], item);
    return Appraisal(around, population, person, now_s).value(item, watched);
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
}

double outside_utility(const WorldParams& params) {
    return kOutsideAffinity * params.taste_weight + kOutsideQuality * params.quality_weight;
}

double satiation_at(const WorldParams& params, const Person& person, std::size_t topic,
                    Seconds now_s) {
    return person.satiation[topic] * satiation_left(params, person, now_s);
}

bool has_watched(const Person& person, ItemId item) {
    return std::ranges::binary_search(person.watched, item);
}

void mark_watched(Person& person, ItemId item) {
    const auto place = std::ranges::lower_bound(person.watched, item);
    if (place == person.watched.end() || *place != item) person.watched.insert(place, item);
}

}  // namespace cascadelab
