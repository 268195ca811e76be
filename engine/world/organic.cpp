#include "engine/world/organic.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/world/people/utility.h"

namespace cascadelab {
namespace {

constexpr Seconds kHistoryLength = 14 * kDay;
constexpr std::size_t kConsidered = 60;   // items a person hears of before choosing one
constexpr std::size_t kSlotsPerItem = 8;  // resolution of the popularity sample
constexpr double kQualityHeard = 0.7;     // how much better items are talked about more
constexpr double kBuzz = 0.8;             // deviation of what luck adds to it

// Every item as often as it is talked about: a uniform draw from the list is a draw by popularity
// (systematic resampling).
std::vector<ItemId> popularity_slots(const Catalogue& catalogue, std::uint64_t seed) {
    std::vector<double> weight(catalogue.size());
    double total = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        Stream stream(seed, Purpose::history, i, 1);
        weight[i] = std::exp(kQualityHeard * catalogue.quality[i] + kBuzz * stream.normal());
        total += weight[i];
    }
    std::vector<ItemId> slots;
    slots.reserve(kSlotsPerItem * weight.size() + 1);
    double reached = 0;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        reached += weight[i] / total * static_cast<double>(kSlotsPerItem * weight.size());
        while (static_cast<double>(slots.size()) + 0.5 < reached) slots.push_back(ItemId(i));
    }
    return slots;
}

// Times of day follow the person's rhythm; in order.
std::vector<Seconds> draw_times(const Person& person, double mean_count, Stream& stream) {
    const double expected = mean_count * person.activity;
    const auto count = static_cast<std::size_t>(expected + stream.uniform());
    std::vector<Seconds> times(count);
    for (Seconds& time : times) {
        const auto day = static_cast<Seconds>(stream.below(kHistoryLength / kDay));
        const double hour = std::fmod(stream.normal(person.peak_hour, 4) + 48, 24);
        time = (day + 1) * -kDay + static_cast<Seconds>(hour * kHour);
    }
    std::ranges::sort(times);
    return times;
}

// Conditional logit over a sample of the catalogue; invalid when nothing of it was to be had.
ItemId choose(const Surroundings& around, const Population& population, PersonId id, Seconds time,
              std::span<const ItemId> slots, Stream& stream) {
    const Person& person = population.people[id.index()];
    const Appraisal appraisal(around, population, id, time);
    std::array<ItemId, kConsidered> items;
    std::array<double, kConsidered> weights{};
    double best = -1e300;
    for (std::size_t k = 0; k < kConsidered; ++k) {
        items[k] = slots[stream.below(slots.size())];
        const ItemCard& card = around.catalogue.cards[items[k].index()];
        const bool to_be_had = card.released_s <= time && (card.regions >> person.region & 1) != 0;
        weights[k] =
            to_be_had && !has_watched(person, items[k]) ? appraisal.value(items[k], false) : -1e300;
        best = std::max(best, weights[k]);
    }
    if (best == -1e300) return {};
    const double noise = std::max(around.params.choice_noise, 1e-6);
    for (double& weight : weights) weight = std::exp((weight - best) / noise);
    return items[stream.choice(weights)];
}

// What somebody finds at this time is watched nearly through; nothing when nothing was to be had.
std::optional<Event> find_and_watch(const Surroundings& around, Population& population, PersonId id,
                                    Seconds time, std::span<const ItemId> slots, Stream& stream) {
    const ItemId item = choose(around, population, id, time, slots, stream);
    if (!item.valid()) return std::nullopt;
    mark_watched(population.people[id.index()], item);
    Event event;
    event.time_s = time;
    event.person = id;
    event.item = item;
    event.kind = EventKind::watch;
    event.value = static_cast<float>(stream.uniform(0.7, 1));
    return event;
}

}  // namespace

std::vector<Event> organic_history(World& world, const Params& params, std::uint64_t seed) {
    const std::vector<ItemId> slots = popularity_slots(world.catalogue, seed);
    const Surroundings around = surroundings(world, params);
    const auto mean_count = static_cast<double>(params.world.history_events);
    std::vector<Event> events;
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        const Person& person = world.population.people[i];
        Stream stream(seed, Purpose::history, i);
        Seconds before = -kHistoryLength;
        for (const Seconds time : draw_times(person, mean_count, stream)) {
            const double days = static_cast<double>(time - before) / kDay;
            maybe_shift_taste(world.population, params, world.topic_centres, PersonId(i), days,
                              stream);
            before = time;
            const auto event =
                find_and_watch(around, world.population, PersonId(i), time, slots, stream);
            if (event) events.push_back(*event);
        }
    }
    std::ranges::stable_sort(events, {},
                             [](const Event& e) { return std::pair(e.time_s, e.person); });
    return events;
}

std::vector<Event> organic_views(World& world, const Params& params, std::uint64_t seed,
                                 std::uint64_t tick, Seconds now_s) {
    const double a_tick = params.world.organic_views_per_day *
                          static_cast<double>(params.clock.tick_s) / static_cast<double>(kDay);
    if (a_tick <= 0) return {};
    const std::vector<ItemId> slots = popularity_slots(world.catalogue, seed);
    const Surroundings around = surroundings(world, params);
    std::vector<Event> events;
    for (std::size_t i = 0; i < world.population.size(); ++i) {
        const Person& person = world.population.people[i];
        // Who is looking at a page at this time finds nothing else.
        if (person.churned || person.session.active || person.session.now_s > now_s) continue;
        Stream stream(seed, Purpose::organic, i, tick);
        const double expected =
            a_tick * person.activity * daily_rhythm(person, static_cast<double>(now_s));
        const auto count = static_cast<int>(expected + stream.uniform());
        for (int k = 0; k < count; ++k) {
            auto event =
                find_and_watch(around, world.population, PersonId(i), now_s, slots, stream);
            if (!event) continue;
            event->request = kNoRequest;
            events.push_back(*event);
        }
    }
    return events;
}

}  // namespace cascadelab
