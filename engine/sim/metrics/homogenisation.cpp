#include <algorithm>
#include <limits>

#include "engine/base/error.h"
#include "engine/sim/metrics/metrics.h"
#include "engine/sim/metrics/reference_page.h"

namespace cascadelab {
namespace {

struct Pair {
    PersonId first, second;
};

// Who was there on the first day; the others come after them.
std::size_t founder_count(const Population& population) {
    const auto joined = std::ranges::partition_point(
        population.people, [](const Person& person) { return person.joined_s == kFounder; });
    return static_cast<std::size_t>(joined - population.people.begin());
}

// The nearest of the founders.
PersonId nearest_neighbour(const Population& population, std::size_t founders, PersonId person) {
    const auto rows = static_cast<Eigen::Index>(founders);
    const Vector closeness =
        population.innate.matrix().topRows(rows) * as_vector(population.innate[person.index()]);
    PersonId nearest;
    for (std::size_t other = 0; other < founders; ++other) {
        if (other == person.index()) continue;
        const auto at = [&](std::size_t row) { return closeness[static_cast<Eigen::Index>(row)]; };
        if (!nearest.valid() || at(other) > at(nearest.index())) nearest = PersonId(other);
    }
    return nearest;
}

// Distinct founders, drawn in a fixed order, each with the nearest other one: whoever joins, the
// same people are compared.
std::vector<Pair> sample_pairs(const Population& population, std::uint64_t seed,
                               std::size_t count) {
    std::vector<Pair> pairs;
    const std::size_t founders = founder_count(population);
    if (founders < 2) return pairs;
    std::vector<PersonId> people;
    for (std::size_t i = 0; i < founders; ++i) people.push_back(PersonId(i));
    Stream stream(seed, Purpose::neighbours);
    for (std::size_t i = 0; i < std::min(count, people.size()); ++i) {
        const std::uint64_t other = stream.below(people.size() - i);
        std::swap(people[i], people[i + other]);
        pairs.push_back({people[i], nearest_neighbour(population, founders, people[i])});
    }
    return pairs;
}

// What each person of the list was shown in the day: sorted, without repeats.
std::vector<std::vector<ItemId>> shown_sets(const DayInputs& view,
                                            std::span<const PersonId> people) {
    constexpr std::size_t kNoPlace = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> place(view.world.population.size(), kNoPlace);
    for (std::size_t i = 0; i < people.size(); ++i) place[people[i].index()] = i;
    std::vector<std::vector<ItemId>> shown(people.size());
    view.log.visit([&](const Event& event) {
        const bool today = event.time_s >= view.now_s - kDay && event.time_s < view.now_s;
        if (!today || event.kind != EventKind::impression) return;
        const std::size_t i = place[event.person.index()];
        if (i != kNoPlace) shown[i].push_back(event.item);
    });
    for (std::vector<ItemId>& items : shown) {
        std::ranges::sort(items);
        const auto repeats = std::ranges::unique(items);
        items.erase(repeats.begin(), repeats.end());
    }
    return shown;
}

std::vector<ItemId> best_as_many(const DayInputs& view, PersonId person, std::size_t count) {
    std::vector<ItemId> items;
    for (const OracleItem& best : oracle_best(view.world, view.params, person, view.now_s, count)) {
        items.push_back(best.item);
    }
    std::ranges::sort(items);
    return items;
}

std::vector<ItemId> drawn_as_many(const DayInputs& view, PersonId person, std::size_t count) {
    Stream stream(view.seed, Purpose::browsing, person.value,
                  mix_bits(static_cast<std::uint64_t>(view.now_s)));
    std::vector<ItemId> items = browsed_page(view.world, person, count, stream);
    std::ranges::sort(items);
    return items;
}

// A mean overall and per segment; NaN of nothing.
struct GroupMean {
    std::array<double, kGroupCount> sum{}, count{};

    void add(Segment segment, double value) {
        for (std::size_t group : {std::size_t{0}, 1 + index_of(segment)}) {
            sum[group] += value;
            ++count[group];
        }
    }
    std::array<double, kGroupCount> value() const {
        std::array<double, kGroupCount> mean;
        for (std::size_t group = 0; group < kGroupCount; ++group) {
            mean[group] = count[group] > 0 ? sum[group] / count[group]
                                           : std::numeric_limits<double>::quiet_NaN();
        }
        return mean;
    }
};

}  // namespace

Homogenisation homogenisation(const DayInputs& view) {
    const std::vector<Pair> pairs =
        sample_pairs(view.world.population, view.seed,
                     static_cast<std::size_t>(view.params.metrics.neighbour_pairs));
    std::vector<PersonId> people;
    for (const auto& [first, second] : pairs) {
        people.push_back(first);
        people.push_back(second);
    }
    std::ranges::sort(people);
    const auto repeats = std::ranges::unique(people);
    people.erase(repeats.begin(), repeats.end());
    const std::vector<std::vector<ItemId>> shown = shown_sets(view, people);
    std::vector<std::vector<ItemId>> ideal, browsed;
    for (std::size_t i = 0; i < people.size(); ++i) {
        ideal.push_back(best_as_many(view, people[i], shown[i].size()));
        browsed.push_back(drawn_as_many(view, people[i], shown[i].size()));
    }

    GroupMean of_shown, of_browsed;
    for (const auto& [first, second] : pairs) {
        const auto place = [&](PersonId person) {
            return static_cast<std::size_t>(std::ranges::lower_bound(people, person) -
                                            people.begin());
        };
        const std::size_t a = place(first);
        const std::size_t b = place(second);
        if (shown[a].empty() || shown[b].empty()) continue;
        const double due = jaccard(ideal[a], ideal[b]);
        const Segment segment = view.world.population.people[first.index()].segment;
        of_shown.add(segment, jaccard(shown[a], shown[b]) - due);
        of_browsed.add(segment, jaccard(browsed[a], browsed[b]) - due);
    }
    return {of_shown.value(), of_browsed.value()};
}

}  // namespace cascadelab
