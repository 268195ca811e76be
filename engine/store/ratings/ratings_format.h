// How the lines of a file of ratings are to be read: guessed from its first line and its first row,
// or told. MovieLens, RecBole (.inter), Amazon reviews, Book-Crossing, play counts: any text with a
// user and an item in every line. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/enum_array.h"
#include "engine/store/ratings/lines.h"

namespace cascadelab {

enum class RatingsColumn { user, item, rating, timestamp };
template <>
inline constexpr std::size_t enum_count<RatingsColumn> = count_to(RatingsColumn::timestamp);

enum class TimeUnit { seconds, milliseconds, microseconds, nanoseconds, date };
template <>
inline constexpr std::size_t enum_count<TimeUnit> = count_to(TimeUnit::date);

// What somebody says of the file, in the words of the command line; empty: guess.
struct RatingsHints {
    std::string columns;    // "user,item,rating,timestamp", in the file's order; "-" is passed over
    std::string separator;  // ",", ";", "|", "::", "tab" or "space"
    std::string time_unit;  // "s", "ms", "us", "ns" or "date"
};

struct RatingsFormat {
    std::string separator = ",";
    EnumArray<RatingsColumn, int> column = {-1, -1, -1, -1};  // places from 0; -1: not there
    EnumArray<RatingsColumn, std::string> name;               // in the header, as it stands there
    std::size_t fields = 0;
    bool header = false;
    TimeUnit unit = TimeUnit::seconds;
    bool unit_is_known = false;  // told, or seen in a row

    // "separated by tabs, header; user is user_id, item is item_id, every rating 1, ..."
    std::string sentence() const;
};

// From the first line that is not empty; hints that make no sense have code usage.
Result<RatingsFormat> recognise_format(const Lines& first, const RatingsHints& hints);

// The moment that a field tells, in whole seconds since 1970; the first that is not 0 settles the
// unit of all. Nothing when it is none, is negative, or is in another unit than those before.
std::optional<std::int64_t> read_moment(std::string_view field, RatingsFormat& format);

}  // namespace cascadelab
