// Ratings from outside: a MovieLens folder (latest-small, 100K, 1M) or one file of users, items and
// what else it says (ratings_format.h), packed by gzip or not. Only reads and checks; what is a
// positive, and what is held out, is decided by who asks. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/store/ratings/ratings_format.h"
#include "engine/store/ratings/tags_file.h"

namespace cascadelab {

struct Rating {
    PersonId person;
    ItemId item;
    float value = 0;            // as it stands in the file, e.g. 0.5 to 5 stars
    std::uint32_t line = 0;     // its line in its file, from 1
    std::int64_t time_s = 0;    // seconds since 1970, not negative
    bool in_test_file = false;  // stands in u1.test
};

struct Ratings {
    std::vector<Rating> rows;  // by (time, file, line), so ties in time keep the file's order
    std::vector<std::string> people;  // the file's own names, in PersonId order
    std::vector<std::string> items;   // and in ItemId order; only what somebody rated
    std::vector<std::string> titles;  // of every item; empty when the folder tells none
    std::vector<std::string> genres;  // names in alphabetical order; empty when unknown
    Matrix item_genres;               // items x genres, 0 or 1
    std::vector<std::string> tags;    // words of their own that people wrote on items; may be empty
    std::vector<Tagging> taggings;    // who wrote which on what, by (item, tag, person)
    std::uint64_t content_hash = 0;   // over everything above
    std::string taken_for;            // in one line, how the files were understood
};

// What becomes of a pair of user and item that is rated again: a mistake, the earliest or the
// latest by time and line, or their number in place of the rating.
enum class Duplicates { refuse, first, last, count };

enum class RatingsPart { whole, u1 };  // u1: the files u1.base and u1.test of the 100K folder

// More is refused, so that no file fills the memory.
inline constexpr std::size_t kMostRatings = 50'000'000;
inline constexpr double kLargestRating = 1e9;  // either side of 0
inline constexpr std::size_t kMostRatingsOfOnePerson = 100'000;
inline constexpr std::size_t kLongestName = 64;  // bytes of a person's or an item's id

// Ids are numbered in the order of their names (numbers by value). Mistakes name file and line:
// exit code 3; what cannot be read: 4; hints that make no sense: 2.
Result<Ratings> read_ratings(const std::string& path, RatingsPart part = RatingsPart::whole,
                             const RatingsHints& hints = {},
                             Duplicates duplicates = Duplicates::refuse);

}  // namespace cascadelab
