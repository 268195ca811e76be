#include "engine/store/ratings/ratings_format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

// Names that people give to a column, the likelier first: a header may have two of them.
constexpr auto kUserNames = std::to_array<std::string_view>(
    {"user", "userid", "user_id", "user-id", "person", "reviewerid", "reviewer_id", "uid", "member",
     "memberid", "customer_id", "customerid", "visitorid", "session_id", "username"});
constexpr auto kItemNames = std::to_array<std::string_view>(
    {"item",      "itemid",     "item_id",  "item-id",   "movieid",     "movie_id",
     "movie",     "bookid",     "book_id",  "isbn",      "parent_asin", "asin",
     "productid", "product_id", "artistid", "artist_id", "trackid",     "track_id",
     "songid",    "song_id",    "anime_id", "game_id",   "business_id", "iid"});
constexpr auto kRatingNames = std::to_array<std::string_view>(
    {"rating", "ratings", "value", "score", "stars", "overall", "book-rating", "rate", "plays",
     "play_count", "playcount", "listen_count", "weight", "count"});
constexpr auto kTimeNames = std::to_array<std::string_view>(
    {"timestamp", "time", "time_s", "unix_timestamp", "unixreviewtime", "unix_time", "datetime",
     "date", "created_at"});
const EnumArray<RatingsColumn, std::span<const std::string_view>> kNames = {
    kUserNames, kItemNames, kRatingNames, kTimeNames};
constexpr EnumArray<RatingsColumn, std::string_view> kWords = {"user", "item", "rating",
                                                               "timestamp"};

struct NamedSeparator {
    std::string_view word, text, phrase;
};
constexpr auto kSeparators = std::to_array<NamedSeparator>({{"::", "::", "::"},
                                                            {"tab", "\t", "tabs"},
                                                            {";", ";", ";"},
                                                            {"|", "|", "|"},
                                                            {",", ",", ","},
                                                            {"space", " ", "blanks"}});
constexpr EnumArray<TimeUnit, std::string_view> kUnitWords = {"s", "ms", "us", "ns", "date"};
constexpr EnumArray<TimeUnit, std::string_view> kUnitPhrases = {
    "seconds", "milliseconds", "microseconds", "nanoseconds", "dates"};
constexpr EnumArray<TimeUnit, double> kUnitsPerSecond = {1, 1e3, 1e6, 1e9, 1};
constexpr double kEarliestMoment = 1e8;  // 1973: smaller numbers are ratings or counts

// "Rating:float" as RecBole types it, " Rating " and "RATING" are one name.
std::string plain(std::string_view name) {
    name = name.substr(0, name.find(':'));
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    std::string out(name);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

Problem misunderstood(std::string option, const std::string& found, std::string expected) {
    return {std::move(option), "", quoted(found), std::move(expected), ExitCode::usage};
}

// --- the separator

Result<std::string> told_separator(const std::string& word) {
    const auto known = std::ranges::find(kSeparators, word, &NamedSeparator::word);
    if (known != kSeparators.end()) return std::string(known->text);
    return misunderstood("--separator", word, "one of , ; | :: tab space");
}

// Outside of quotes, where a title may hold any of them.
std::size_t count_outside_quotes(std::string_view line, std::string_view separator) {
    std::size_t count = 0;
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') inside = !inside;
        if (inside || !line.substr(i).starts_with(separator)) continue;
        ++count;
        i += separator.size() - 1;
    }
    return count;
}

// What most fields are made by; a tab and "::" stand in no field.
std::string guessed_separator(std::string_view line) {
    std::string_view best = ",";
    std::size_t most = 0;
    for (const NamedSeparator& separator : kSeparators) {
        const std::size_t count = count_outside_quotes(line, separator.text);
        const bool certain = separator.text == "::" || separator.text == "\t";
        if (count > 0 && certain) return std::string(separator.text);
        // A date has a blank inside, so that blanks are the last to be thought of.
        if (count <= most || (separator.text == " " && most > 0)) continue;
        best = separator.text;
        most = count;
    }
    return std::string(best);
}

// --- the columns

std::optional<std::size_t> place_of(const std::vector<std::string>& fields,
                                    std::span<const std::string_view> names) {
    for (const std::string_view name : names) {
        for (std::size_t f = 0; f < fields.size(); ++f)
            if (plain(fields[f]) == name) return f;
    }
    return std::nullopt;
}

bool is_number(const std::string& field) {
    return parse_number(field).has_value();
}

bool is_moment(const std::string& field) {
    RatingsFormat any;
    const auto number = parse_number(field);
    return number ? *number >= kEarliestMoment : read_moment(field, any).has_value();
}

Status take_told_columns(const std::string& columns, const std::vector<std::string>& fields,
                         RatingsFormat& format) {
    std::vector<std::string> words;
    split_fields(columns, ",", words);
    for (std::size_t place = 0; place < words.size(); ++place) {
        if (words[place] == "-") continue;
        const auto word = std::ranges::find(kWords, words[place]);
        if (word == kWords.end()) {
            return misunderstood("--columns", words[place],
                                 "user, item, rating, timestamp or - for each column");
        }
        const auto column = every<RatingsColumn>[static_cast<std::size_t>(word - kWords.begin())];
        format.column[column] = static_cast<int>(place);
    }
    for (const RatingsColumn column : {RatingsColumn::user, RatingsColumn::item}) {
        if (format.column[column] < 0)
            return misunderstood("--columns", columns, "a user and an item among them");
    }
    if (words.size() != fields.size()) {
        return Problem{"--columns", "", std::to_string(words.size()) + " columns",
                       std::to_string(fields.size()) + ", as the first line has", ExitCode::usage};
    }
    // The first line is a header when nothing in it can be what is told of it.
    const auto fits = [&](RatingsColumn column, bool (*is_one)(const std::string&)) {
        return format.column[column] < 0 ||
               is_one(fields[static_cast<std::size_t>(format.column[column])]);
    };
    const bool row =
        fits(RatingsColumn::rating, is_number) &&
        (fits(RatingsColumn::timestamp, is_moment) || fits(RatingsColumn::timestamp, is_number));
    format.header = !row || (place_of(fields, kUserNames) && place_of(fields, kItemNames));
    return Done{};
}

// Fields without names: user, item, and what the numbers after them can be.
Status take_bare_columns(const Lines& first, const std::vector<std::string>& fields,
                         RatingsFormat& format) {
    const std::string found = quoted(first.line());
    const std::string told = "; --columns says which is which";
    if (fields.size() < 2 || fields.size() > enum_count<RatingsColumn>) {
        return first.problem(found, "the columns user, item, rating, timestamp" + told);
    }
    format.column[RatingsColumn::user] = 0;
    format.column[RatingsColumn::item] = 1;
    for (std::size_t f = 2; f < fields.size(); ++f) {
        const bool time = is_moment(fields[f]) || f == 3;
        if (!is_number(fields[f]) && !is_moment(fields[f])) {
            return first.problem(found,
                                 "a header that names a user and an item, or numbers after "
                                 "them" +
                                     told);
        }
        int& place = format.column[time ? RatingsColumn::timestamp : RatingsColumn::rating];
        if (place < 0) {
            place = static_cast<int>(f);
        } else {
            format.column[RatingsColumn::rating] = static_cast<int>(f);
        }
    }
    return Done{};
}

Status take_named_columns(const Lines& first, const std::vector<std::string>& fields,
                          RatingsFormat& format) {
    bool any = false;
    for (const RatingsColumn column : every<RatingsColumn>) {
        const auto place = place_of(fields, kNames[column]);
        if (!place) continue;
        any = true;
        format.column[column] = static_cast<int>(*place);
        format.name[column] = fields[*place];
    }
    if (!any) return take_bare_columns(first, fields, format);
    format.header = true;
    for (const RatingsColumn column : {RatingsColumn::user, RatingsColumn::item}) {
        if (format.column[column] >= 0) continue;
        return first.problem(quoted(first.line()),
                             "the columns user, item, rating, timestamp; " +
                                 std::string(kWords[column]) +
                                 " is missing, or --columns says which it is");
    }
    return Done{};
}

// --- moments

// Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's days_from_civil).
std::int64_t days_before(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = year / 400;
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::optional<std::int64_t> digits_at(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count) return std::nullopt;
    const std::string_view digits = text.substr(at, count);
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return parse_integer(digits);
}

// What stands behind the seconds: a fraction, then Z, +hh:mm or nothing. The offset in seconds.
std::optional<std::int64_t> zone_offset(std::string_view rest) {
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        while (!rest.empty() && rest[0] >= '0' && rest[0] <= '9') rest.remove_prefix(1);
    }
    if (rest.empty() || rest == "Z" || rest == " UTC") return 0;
    const auto hours = digits_at(rest, 1, 2);
    const auto minutes = digits_at(rest, rest.size() - 2, 2);
    if ((rest[0] != '+' && rest[0] != '-') || rest.size() < 5 || rest.size() > 6 || !hours ||
        !minutes)
        return std::nullopt;
    return (rest[0] == '-' ? -1 : 1) * (*hours * 3600 + *minutes * 60);
}

// ISO 8601: "2014-01-02", with "T10:20", ":30", ".5" and "Z" or "+01:00" behind it.
std::optional<std::int64_t> date_s(std::string_view text) {
    const auto year = digits_at(text, 0, 4);
    const auto month = digits_at(text, 5, 2);
    const auto day = digits_at(text, 8, 2);
    if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
    if (*month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
    const std::int64_t midnight_s = days_before(*year, *month, *day) * 86400;
    if (text.size() == 10) return midnight_s;
    const auto hour = digits_at(text, 11, 2);
    const auto minute = digits_at(text, 14, 2);
    if ((text[10] != 'T' && text[10] != ' ') || !hour || !minute || text[13] != ':' || *hour > 23 ||
        *minute > 59)
        return std::nullopt;
    const bool has_second = text.size() > 16 && text[16] == ':';
    const auto second = has_second ? digits_at(text, 17, 2) : std::optional<std::int64_t>(0);
    if (!second || *second > 60) return std::nullopt;
    const auto offset = zone_offset(text.substr(has_second ? 19 : 16));
    if (!offset) return std::nullopt;
    return midnight_s + *hour * 3600 + *minute * 60 + *second - *offset;
}

// By size: seconds reach the year 5138 before they could be milliseconds of 1973.
TimeUnit unit_of(double number) {
    if (number >= 1e17) return TimeUnit::nanoseconds;
    if (number >= 1e14) return TimeUnit::microseconds;
    return number >= 1e11 ? TimeUnit::milliseconds : TimeUnit::seconds;
}

}  // namespace

std::optional<std::int64_t> read_moment(std::string_view field, RatingsFormat& format) {
    const auto number = parse_number(field);
    if (!number) {
        if (format.unit_is_known && format.unit != TimeUnit::date) return std::nullopt;
        const auto time_s = date_s(field);
        if (!time_s || *time_s < 0) return std::nullopt;
        format.unit = TimeUnit::date;
        format.unit_is_known = true;
        return time_s;
    }
    if (!(*number >= 0) || *number > 9e18) return std::nullopt;
    if (*number == 0) return 0;
    if (!format.unit_is_known) {
        format.unit = unit_of(*number);
        format.unit_is_known = true;
    }
    if (format.unit == TimeUnit::date || (format.unit == TimeUnit::seconds && *number >= 1e11))
        return std::nullopt;
    // Whole numbers are divided as such: a double has no room for nanoseconds.
    const auto per_second = static_cast<std::int64_t>(kUnitsPerSecond[format.unit]);
    if (const auto whole = parse_integer(field)) return *whole / per_second;
    return static_cast<std::int64_t>(std::floor(*number / kUnitsPerSecond[format.unit]));
}

Result<RatingsFormat> recognise_format(const Lines& first, const RatingsHints& hints) {
    RatingsFormat format;
    format.separator = guessed_separator(first.line());
    if (!hints.separator.empty()) {
        const auto told = told_separator(hints.separator);
        if (!told) return told.problem();
        format.separator = told.value();
    }
    if (!hints.time_unit.empty()) {
        const auto unit = std::ranges::find(kUnitWords, hints.time_unit);
        if (unit == kUnitWords.end())
            return misunderstood("--time-unit", hints.time_unit, "one of s, ms, us, ns, date");
        format.unit = every<TimeUnit>[static_cast<std::size_t>(unit - kUnitWords.begin())];
        format.unit_is_known = true;
    }
    std::vector<std::string> fields;
    if (!split_fields(first.line(), format.separator, fields))
        return first.problem(quoted(first.line()), "a quote that is closed");
    format.fields = fields.size();
    const Status taken = hints.columns.empty() ? take_named_columns(first, fields, format)
                                               : take_told_columns(hints.columns, fields, format);
    if (!taken) return taken.problem();
    return format;
}

std::string RatingsFormat::sentence() const {
    const auto phrase = std::ranges::find(kSeparators, separator, &NamedSeparator::text);
    std::string text = "separated by " + std::string(phrase->phrase) +
                       (header ? ", with a header;" : ", without a header;");
    for (const RatingsColumn which : every<RatingsColumn>) {
        const int place = column[which];
        text += which == RatingsColumn::user ? " " : ", ";
        text += std::string(kWords[which]);
        if (place >= 0) text += " is column " + std::to_string(place + 1);
        if (place >= 0 && !name[which].empty()) text += " (" + shown_text(name[which]) + ")";
        if (place < 0 && which == RatingsColumn::rating) text += " is 1 everywhere";
        if (place < 0 && which == RatingsColumn::timestamp) text += " is the order of the lines";
    }
    if (column[RatingsColumn::timestamp] >= 0) text += " in " + std::string(kUnitPhrases[unit]);
    return text;
}

}  // namespace cascadelab
