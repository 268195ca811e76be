// What of a set of ratings a model may learn from, and what it is asked afterwards. Plain values;
// any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/models/collaborative/incidence.h"
#include "engine/store/ratings/ratings.h"

namespace cascadelab {

// leave_last_out: the last event of everybody who has two. ratio: the last fifth of everybody's
// events, rounded down. u1: the MovieLens 100K folder's own u1.base and u1.test.
enum class Split { leave_last_out, ratio, u1 };
template <>
inline constexpr std::size_t enum_count<Split> = 3;
std::string_view split_name(Split split);
Result<Split> parse_split(std::string_view name);

struct HeldOut {
    Interactions train;
    Incidence items_of;                     // people x items of train, what a person has seen
    std::vector<std::vector<ItemId>> test;  // by person, ascending; empty: not asked
    std::vector<std::int64_t> asked_s;      // by person: when the first held-out event happened
    Matrix item_features;                   // items x genres; no columns when unknown
    std::size_t tags = 0;                   // different ones
    // By (item, tag, person); not what people wrote on what is held out from them: it would tell of
    // that event.
    std::vector<Tagging> taggings;

    std::vector<ItemId> seen_by(PersonId person) const;
    std::size_t people_asked() const;
    std::size_t test_rows() const;
};

// Ratings below min_rating are no events at all; without it every rating is one. Nobody is asked
// who has nothing to learn from.
HeldOut hold_out(const Ratings& ratings, Split split, std::optional<double> min_rating);

}  // namespace cascadelab
