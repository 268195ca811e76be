#include "engine/store/ratings/ratings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <tuple>

#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/store/ratings/lines.h"
#include "engine/store/ratings/name_table.h"
#include "engine/store/ratings/titles_file.h"

namespace cascadelab {
namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::size_t kColumns = 4;  // user, item, rating, timestamp
constexpr std::array<std::array<std::string_view, 4>, kColumns> kColumnNames = {{
    {"user", "userid", "user_id", "person"},
    {"item", "itemid", "item_id", "movieid"},
    {"rating", "value", "score", "stars"},
    {"timestamp", "time", "time_s", "date"},
}};
constexpr auto kExpectedColumns = "the columns user, item, rating, timestamp";

struct Layout {
    std::string_view ratings, titles, tags;
};
constexpr Layout kLayouts[] = {{"ratings.csv", "movies.csv", "tags.csv"},
                               {"u.data", "u.item", ""},
                               {"ratings.dat", "movies.dat", "tags.dat"}};

// How the lines of a file are to be read, as its first line tells.
struct Format {
    std::string_view separator = ",";
    std::array<std::size_t, kColumns> column = {0, 1, 2, 3};
    std::size_t fields = kColumns;
    bool header = false;
};

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

// Reads files of ratings one after another into one table. The first Problem ends it.
class Reader {
  public:
    Status read(const std::string& path, bool is_test_file);
    Status finish();  // duplicates, order, numbers of the names
    Status add_titles(const std::string& path);
    Status add_tags(const std::string& path);
    Ratings take();

  private:
    Result<Format> recognise(const Lines& lines);
    Status read_row(const Lines& lines, const Format& format, bool is_test_file);
    Status find_duplicates();

    std::vector<std::string> m_files;  // at most the base and the test file
    NameTable m_people, m_items;
    std::vector<std::size_t> m_count;  // ratings of each person
    std::vector<std::string> m_fields;
    Ratings m_ratings;
};

Result<Format> Reader::recognise(const Lines& lines) {
    Format format;
    for (const std::string_view separator : {"::"sv, "\t"sv}) {
        if (lines.line().find(separator) != std::string_view::npos) format.separator = separator;
    }
    const bool whole = split_fields(lines.line(), format.separator, m_fields);
    const bool all_numbers = std::ranges::all_of(
        m_fields, [](const std::string& field) { return parse_number(field).has_value(); });
    if (whole && all_numbers && m_fields.size() == kColumns) return format;

    format.header = true;
    format.fields = m_fields.size();
    for (std::size_t c = 0; c < kColumns; ++c) {
        const auto named = [&](const std::string& field) {
            return std::ranges::find(kColumnNames[c], lower(field)) != kColumnNames[c].end();
        };
        const auto found = std::ranges::find_if(m_fields, named);
        if (found == m_fields.end()) {
            const std::string name(kColumnNames[c][0]);
            return lines.problem(cascadelab::quoted(lines.line()),
                                 all_numbers
                                     ? "four numbers: user, item, rating, timestamp"
                                     : std::string(kExpectedColumns) + "; " + name + " is missing");
        }
        format.column[c] = static_cast<std::size_t>(found - m_fields.begin());
    }
    return format;
}

Status Reader::read_row(const Lines& lines, const Format& format, bool is_test_file) {
    if (!split_fields(lines.line(), format.separator, m_fields) ||
        m_fields.size() != format.fields) {
        return lines.problem(cascadelab::quoted(lines.line()),
                             std::to_string(format.fields) + " fields, as in the first line");
    }
    const auto field = [&](std::size_t column) -> const std::string& {
        return m_fields[format.column[column]];
    };
    for (std::size_t c = 0; c < 2; ++c) {
        if (field(c).empty() || field(c).size() > kLongestName) {
            return lines.problem(
                std::string(kColumnNames[c][0]) + " " + cascadelab::quoted(field(c)),
                "an id of 1 to " + std::to_string(kLongestName) + " bytes");
        }
    }
    const auto value = parse_number(field(2));
    if (!value || !std::isfinite(*value)) {
        return lines.problem("rating " + cascadelab::quoted(field(2)), "a number");
    }
    const auto time_s = parse_integer(field(3));
    if (!time_s || *time_s < 0) {
        return lines.problem("timestamp " + cascadelab::quoted(field(3)),
                             "whole seconds since 1970, not negative");
    }
    const PersonId person(m_people.number_of(field(0)));
    if (person.index() == m_count.size()) m_count.push_back(0);
    if (++m_count[person.index()] > kMostRatingsOfOnePerson) {
        return lines.problem("more than " + grouped_text(kMostRatingsOfOnePerson) +
                                 " ratings of user " + cascadelab::quoted(field(0)),
                             "at most so many of one user");
    }
    if (m_ratings.rows.size() == kMostRatings) {
        return lines.problem("more than " + grouped_text(kMostRatings) + " ratings",
                             "at most so many");
    }
    m_ratings.rows.push_back({person, ItemId(m_items.number_of(field(1))),
                              static_cast<float>(*value),
                              static_cast<std::uint32_t>(lines.number()), *time_s, is_test_file});
    return Done{};
}

Status Reader::read(const std::string& path, bool is_test_file) {
    auto opened = Lines::open(path);
    if (!opened) return opened.problem();
    m_files.push_back(path);
    Lines& lines = opened.value();
    const std::size_t before = m_ratings.rows.size();
    std::optional<Format> format;
    while (true) {
        const auto more = lines.next();
        if (!more) return more.problem();
        if (!more.value()) break;
        if (!is_utf8(lines.line())) return lines.problem("bytes that are no text", "text in UTF-8");
        if (lines.line().empty()) continue;
        if (!format) {
            const auto recognised = recognise(lines);
            if (!recognised) return recognised.problem();
            format = recognised.value();
            if (format->header) continue;
        }
        const Status row = read_row(lines, *format, is_test_file);
        if (!row) return row;
    }
    if (m_ratings.rows.size() == before) {
        return Problem{path, "", format ? "a header without ratings" : "an empty file", "ratings"};
    }
    return Done{};
}

Status Reader::find_duplicates() {
    const auto key = [](const Rating& r) {
        return std::tuple(r.person, r.item, r.in_test_file, r.line);
    };
    std::vector<Rating>& rows = m_ratings.rows;
    std::ranges::sort(rows, {}, key);
    const auto second = std::ranges::adjacent_find(rows, [](const Rating& a, const Rating& b) {
        return a.person == b.person && a.item == b.item;
    });
    if (second == rows.end()) return Done{};
    const Rating& first = *second;
    const Rating& again = *(second + 1);
    std::string where = "line " + std::to_string(first.line);
    if (first.in_test_file != again.in_test_file) where += " of " + m_files.front();
    return Problem{
        m_files[again.in_test_file ? m_files.size() - 1 : 0], "line " + std::to_string(again.line),
        "a second rating of item " + cascadelab::quoted(m_items.names()[again.item.index()]) +
            " by user " + cascadelab::quoted(m_people.names()[again.person.index()]) +
            " after that in " + where,
        "each pair of user and item once"};
}

Status Reader::finish() {
    const std::vector<std::uint32_t> people = m_people.put_in_order();
    const std::vector<std::uint32_t> items = m_items.put_in_order();
    for (Rating& row : m_ratings.rows) {
        row.person = PersonId(people[row.person.index()]);
        row.item = ItemId(items[row.item.index()]);
    }
    const Status distinct = find_duplicates();
    if (!distinct) return distinct;
    std::ranges::sort(m_ratings.rows, {},
                      [](const Rating& r) { return std::tuple(r.time_s, r.in_test_file, r.line); });
    return Done{};
}

Status Reader::add_titles(const std::string& path) {
    auto titles = read_titles(path, m_items);
    if (!titles) return titles.problem();
    m_ratings.titles = std::move(titles.value().titles);
    m_ratings.genres = std::move(titles.value().genres);
    m_ratings.item_genres = std::move(titles.value().item_genres);
    return Done{};
}

Status Reader::add_tags(const std::string& path) {
    auto tags = read_tags(path, m_people, m_items);
    if (!tags) return tags.problem();
    m_ratings.tags = std::move(tags.value().tags);
    m_ratings.taggings = std::move(tags.value().taggings);
    return Done{};
}

Ratings Reader::take() {
    m_ratings.people = m_people.names();
    m_ratings.items = m_items.names();
    Hasher hasher;
    for (const Rating& row : m_ratings.rows) {
        hasher.add(row.person.value).add(row.item.value).add(row.value).add(row.time_s);
    }
    for (const auto* names : {&m_ratings.people, &m_ratings.items, &m_ratings.titles,
                              &m_ratings.genres, &m_ratings.tags}) {
        hasher.add(names->size());
        for (const std::string& name : *names) hasher.add(std::string_view(name));
    }
    const Matrix& genres = m_ratings.item_genres;
    hasher.add_all(std::span(genres.data(), static_cast<std::size_t>(genres.size())));
    for (const Tagging& tagging : m_ratings.taggings)
        hasher.add(tagging.person.value).add(tagging.item.value).add(tagging.tag);
    m_ratings.content_hash = hasher.value();
    return std::move(m_ratings);
}

// The files that a path stands for; titles and tags may be missing.
struct Sources {
    std::vector<std::string> ratings;
    std::string titles, tags;
};

Result<Sources> find_sources(const std::string& path, RatingsPart part) {
    std::error_code error;
    const bool is_folder = fs::is_directory(path, error);
    const auto has = [&](std::string_view name) {
        return fs::exists(fs::path(path) / name, error);
    };
    const auto in_folder = [&](std::string_view name) { return (fs::path(path) / name).string(); };
    if (part == RatingsPart::u1) {
        if (!is_folder || !has("u1.base") || !has("u1.test")) {
            return Problem{path, "", "no u1.base and u1.test", "a MovieLens 100K folder"};
        }
        return Sources{{in_folder("u1.base"), in_folder("u1.test")},
                       has("u.item") ? in_folder("u.item") : "",
                       ""};
    }
    if (!is_folder) return Sources{{path}, "", ""};
    for (const Layout& layout : kLayouts) {
        if (!has(layout.ratings)) continue;
        const auto there = [&](std::string_view name) {
            return !name.empty() && has(name) ? in_folder(name) : std::string();
        };
        return Sources{{in_folder(layout.ratings)}, there(layout.titles), there(layout.tags)};
    }
    return Problem{path, "", "a directory without ratings",
                   "a file ratings.csv, u.data or ratings.dat in it"};
}

}  // namespace

Result<Ratings> read_ratings(const std::string& path, RatingsPart part) {
    const auto sources = find_sources(path, part);
    if (!sources) return sources.problem();
    Reader reader;
    for (const std::string& file : sources.value().ratings) {
        const bool is_test_file = &file != &sources.value().ratings.front();
        if (const Status read = reader.read(file, is_test_file); !read) return read.problem();
    }
    if (const Status finished = reader.finish(); !finished) return finished.problem();
    if (!sources.value().titles.empty()) {
        const Status titles = reader.add_titles(sources.value().titles);
        if (!titles) return titles.problem();
    }
    if (!sources.value().tags.empty()) {
        const Status tags = reader.add_tags(sources.value().tags);
        if (!tags) return tags.problem();
    }
    return reader.take();
}

}  // namespace cascadelab
