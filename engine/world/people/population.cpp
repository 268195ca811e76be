#include "engine/world/people/population.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"
#include "engine/world/domain/taste_space.h"
#include "engine/world/domain/titles.h"
#include "engine/world/people/behaviour.h"

namespace cascadelab {
namespace {

constexpr double kTasteNoise = 0.2;    // length of what is personal about a taste
constexpr double kSurveyError = 0.15;  // probability that a survey answer is wrong
constexpr double kFirstMood = 0.2;
constexpr double kJoiningHour = 20;      // people join when people are about
constexpr double kJoiningSwing = 0.85;   // depth of that rhythm, as of sessions
constexpr std::size_t kBroadTopics = 4;  // topics of an eclectic person
constexpr std::array<double, kRegionCount> kRegionShare = {0.4, 0.3, 0.2, 0.1};
constexpr std::array<double, kDeviceCount> kDeviceShare = {0.35, 0.15, 0.2, 0.3};

Segment draw_segment(const WorldParams& params, Stream& stream) {
    const double u = stream.uniform();
    if (u < params.niche_share) return Segment::niche;
    return u < params.niche_share + params.eclectic_share ? Segment::eclectic : Segment::mainstream;
}

using TopicWeights = std::array<double, kTopicCount>;

// Adds one random sub-topic of the topic drawn by weight, and takes the topic out of the draw.
void add_interest(std::span<float> taste, const RowTable& centres, TopicWeights& weights,
                  double scale, Stream& stream) {
    const TopicId topic(stream.choice(weights));
    weights[topic.index()] = 0;
    const std::size_t subtopic = stream.below(kSubtopicCount);
    add_scaled(taste, centres[subtopic_row(topic, subtopic)], scale);
}

// How likely the people of a segment are to be interested in each topic, relative.
TopicWeights topic_weights(const DomainPack& pack, Segment segment) {
    TopicWeights weights;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        const double weight = pack.topics[topic].weight;
        weights[topic] = segment == Segment::mainstream ? weight * weight
                         : segment == Segment::niche    ? 1 / (weight * weight)
                                                        : 1;
    }
    return weights;
}

// The interests after the first, and what is personal. Mainstream: one or two popular topics, less
// than the first. Niche: no other topic. Eclectic: several topics alike.
void complete_taste(std::span<float> taste, const RowTable& centres, TopicWeights& weights,
                    Segment segment, Stream& stream) {
    switch (segment) {
        case Segment::mainstream: {
            const double second = stream.uniform(0.2, 0.8);
            add_interest(taste, centres, weights, second, stream);
            const double third = stream.uniform(0, 0.4);
            add_interest(taste, centres, weights, third, stream);
            break;
        }
        case Segment::niche:
            break;
        case Segment::eclectic:
            for (std::size_t more = 1; more < kBroadTopics; ++more) {
                const double scale = stream.uniform(0.6, 1);
                add_interest(taste, centres, weights, scale, stream);
            }
            break;
    }
    add_noise(taste, kTasteNoise, stream);
    make_unit(taste);
}

void draw_taste(std::span<float> taste, const DomainPack& pack, const RowTable& centres,
                Segment segment, Stream& stream) {
    TopicWeights weights = topic_weights(pack, segment);
    add_interest(taste, centres, weights, 1, stream);
    complete_taste(taste, centres, weights, segment, stream);
}

// The taste of a rated person; who comes round again is a little different.
void take_taste(std::span<float> taste, const RatedCatalogue& rated, std::size_t person,
                Stream& stream) {
    const std::size_t people = rated.person_taste.rows();
    std::ranges::copy(rated.person_taste[person % people], taste.begin());
    if (person < people) return;
    add_noise(taste, kTasteNoise, stream);
    make_unit(taste);
}

// The two topics nearest to the taste, now and then another.
std::array<TopicId, 2> draw_survey(std::span<const float> taste, const RowTable& centres,
                                   Stream& stream) {
    std::array<TopicId, kTopicCount> order;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) order[topic] = TopicId(topic);
    std::ranges::sort(order, [&](TopicId a, TopicId b) {
        const float near_a = dot(taste, centres[a.index()]);
        const float near_b = dot(taste, centres[b.index()]);
        return near_a != near_b ? near_a > near_b : a < b;
    });
    for (std::size_t answer = 0; answer < 2; ++answer) {
        if (!stream.chance(kSurveyError)) continue;
        std::swap(order[answer], order[2 + stream.below(kTopicCount - 2)]);
    }
    return {order[0], order[1]};
}

void draw_traits(Person& person, Stream& stream) {
    person.name = first_name(stream);
    person.age = static_cast<std::uint8_t>(std::lround(16 + 60 * stream.beta(1.6, 2.6)));
    person.device = static_cast<Device>(stream.choice(kDeviceShare));
    person.region = static_cast<std::uint8_t>(stream.choice(kRegionShare));
    // Lognormal with mean 1, so that the average person keeps the parameter's meaning.
    constexpr double kActivitySigma = 0.5;
    const double activity = stream.lognormal(1, kActivitySigma);
    person.activity = static_cast<float>(activity * std::exp(-kActivitySigma * kActivitySigma / 2));
    person.peak_hour = static_cast<float>(std::fmod(stream.normal(20, 2.5) + 24, 24));
    person.patience = static_cast<float>(stream.lognormal(1, 0.3));
    person.openness = static_cast<float>(stream.lognormal(1, 0.4));
    person.mood = static_cast<float>(kFirstMood);
}

// One more person with traits, taste and survey, of the rated people when there are any; when the
// first session is stays open.
Person& add_person(Population& population, const Params& params, const RowTable& topic_centres,
                   Stream& stream, const RatedCatalogue* rated = nullptr) {
    const std::size_t id = population.size();
    Person& person = population.people.emplace_back();
    draw_traits(person, stream);
    std::vector<float> taste(topic_centres.dims, 0.0f);
    if (rated == nullptr) {
        person.segment = draw_segment(params.world, stream);
        draw_taste(taste, domain_pack(params.world.pack), topic_centres, person.segment, stream);
    } else {
        take_taste(taste, *rated, id, stream);
        person.segment = rated->segment[id % rated->segment.size()];
    }
    person.survey = draw_survey(taste, topic_centres, stream);
    population.taste.push(taste);
    population.innate.push(taste);
    return person;
}

}  // namespace

Population make_population(const Params& params, const RowTable& topic_centres, std::uint64_t seed,
                           const RatedCatalogue* rated) {
    Population population;
    population.taste.dims = topic_centres.dims;
    population.innate.dims = topic_centres.dims;
    for (std::int64_t i = 0; i < params.world.people; ++i) {
        Stream stream(seed, Purpose::population, population.size());
        Person& person = add_person(population, params, topic_centres, stream, rated);
        person.next_session_s = next_session_after(params.world, person, 0, stream);
    }
    return population;
}

std::size_t admit_people(Population& population, const Params& params,
                         const RowTable& topic_centres, std::uint64_t seed, Seconds now_s) {
    const Seconds tick_s = params.clock.tick_s;
    population.joining_debt +=
        params.world.new_people_per_day * static_cast<double>(tick_s) / kDay *
        (1 + kJoiningSwing * std::cos(2 * std::numbers::pi * (hour_of(now_s) - kJoiningHour) / 24));
    std::size_t joined = 0;
    for (; population.joining_debt >= 1; population.joining_debt -= 1, ++joined) {
        Stream stream(seed, Purpose::population, population.size());
        Person& person = add_person(population, params, topic_centres, stream);
        person.joined_s =
            now_s + static_cast<Seconds>(stream.below(static_cast<std::uint64_t>(tick_s)));
        person.next_session_s = person.joined_s;
    }
    return joined;
}

void change_taste(Population& population, const Params& params, const RowTable& topic_centres,
                  PersonId person, TopicId topic, Stream stream) {
    const Segment segment = population.people[person.index()].segment;
    const auto taste = population.taste[person.index()];
    TopicWeights only{};
    only[topic.index()] = 1;
    std::ranges::fill(taste, 0.0f);
    add_interest(taste, topic_centres, only, 1, stream);
    TopicWeights others = topic_weights(domain_pack(params.world.pack), segment);
    others[topic.index()] = 0;
    complete_taste(taste, topic_centres, others, segment, stream);
    std::ranges::copy(taste, population.innate[person.index()].begin());
}

void maybe_shift_taste(Population& population, const Params& params, const RowTable& topic_centres,
                       PersonId person, double days, Stream& stream) {
    const double mean_days = params.world.taste_shift_days;
    if (mean_days <= 0 || !stream.chance(1 - std::exp(-days / mean_days))) return;
    const TopicId topic(stream.below(kTopicCount));
    change_taste(population, params, topic_centres, person, topic, stream);
}

}  // namespace cascadelab
