#include "engine/evaluation/held_out.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;
constexpr EnumArray<Split, std::string_view> kSplitNames = {"leave-last-out"sv, "ratio"sv, "u1"sv};
constexpr std::size_t kRatioDenominator = 5;  // one event in five is held out

// How many of a person's last events are held out.
std::size_t held_count(Split split, std::size_t events) {
    switch (split) {
        case Split::leave_last_out:
            return events >= 2 ? 1 : 0;
        case Split::ratio:
            return events / kRatioDenominator;
        case Split::u1:
            return 0;
    }
    CHECK(false);
}

// Which rows are positive events, in the order of the rows.
std::vector<Rating> events_of(const Ratings& ratings, std::optional<double> min_rating) {
    std::vector<Rating> events;
    for (const Rating& row : ratings.rows) {
        if (!min_rating || row.value >= *min_rating) events.push_back(row);
    }
    return events;
}

}  // namespace

std::string_view split_name(Split split) {
    return kSplitNames[split];
}

Result<Split> parse_split(std::string_view name) {
    const auto found = std::ranges::find(kSplitNames, name);
    if (found != kSplitNames.end()) return static_cast<Split>(found - kSplitNames.begin());
    const std::string near = nearest_word(name, kSplitNames);
    const std::vector<std::string> names(kSplitNames.begin(), kSplitNames.end());
    return Problem{"--split", "", cascadelab::quoted(name),
                   near.empty() ? "one of " + join(names, ", ") : "perhaps " + near,
                   ExitCode::usage};
}

std::vector<ItemId> HeldOut::seen_by(PersonId person) const {
    std::vector<ItemId> seen;
    for (const std::uint32_t item : items_of.row(person.index())) seen.push_back(ItemId(item));
    return seen;
}

std::size_t HeldOut::people_asked() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(test, [](const auto& items) { return !items.empty(); }));
}

std::size_t HeldOut::test_rows() const {
    std::size_t rows = 0;
    for (const auto& items : test) rows += items.size();
    return rows;
}

HeldOut hold_out(const Ratings& ratings, Split split, std::optional<double> min_rating) {
    const std::vector<Rating> events = events_of(ratings, min_rating);
    std::vector<std::size_t> left(ratings.people.size(), 0);  // events of a person still to come
    for (const Rating& event : events) ++left[event.person.index()];
    std::vector<std::size_t> held;
    held.reserve(left.size());
    for (const std::size_t count : left) held.push_back(held_count(split, count));

    HeldOut out;
    out.train = {ratings.people.size(), ratings.items.size(), {}};
    out.test.resize(ratings.people.size());
    out.asked_s.assign(ratings.people.size(), 0);
    out.item_features = ratings.item_genres;
    if (ratings.genres.empty()) {
        out.item_features.resize(static_cast<Eigen::Index>(ratings.items.size()), 0);
    }
    for (const Rating& event : events) {
        const std::size_t person = event.person.index();
        const bool is_test = event.in_test_file || left[person] <= held[person];
        --left[person];
        if (!is_test) {
            out.train.rows.push_back({event.person, event.item, 1, event.time_s});
            continue;
        }
        if (out.test[person].empty()) out.asked_s[person] = event.time_s;
        out.test[person].push_back(event.item);
    }
    out.items_of = items_of_people(out.train);
    for (std::size_t person = 0; person < out.test.size(); ++person) {
        if (out.items_of.row(person).empty()) out.test[person].clear();
        std::ranges::sort(out.test[person]);
    }
    out.tags = ratings.tags.size();
    for (const Tagging& tagging : ratings.taggings) {
        const bool told =
            tagging.person.valid() &&
            std::ranges::binary_search(out.test[tagging.person.index()], tagging.item);
        if (!told) out.taggings.push_back(tagging);
    }
    return out;
}

}  // namespace cascadelab
