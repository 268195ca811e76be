#include "engine/store/ratings/ratings.h"

#include <algorithm>
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

struct Layout {
    std::string_view ratings, titles, tags;
};
constexpr Layout kLayouts[] = {{"ratings.csv", "movies.csv", "tags.csv"},
                               {"u.data", "u.item", ""},
                               {"ratings.dat", "movies.dat", "tags.dat"}};

// Reads files of ratings one after another into one table. The first Problem ends it.
class Reader {
  public:
    Reader(const RatingsHints& hints, Duplicates duplicates)
        : m_hints(hints), m_duplicates(duplicates) {}
    Status read(const std::string& path, bool is_test_file);
    Status finish();  // duplicates, order, numbers of the names
    Status add_titles(const std::string& path);
    Status add_tags(const std::string& path);
    Ratings take();

  private:
    Result<Rating> read_values(const Lines& lines, RatingsFormat& format) const;
    Status read_row(const Lines& lines, RatingsFormat& format, bool is_test_file);
    Status find_duplicates();
    void settle_duplicates();

    RatingsHints m_hints;
    Duplicates m_duplicates;
    std::vector<std::string> m_files;  // at most the base and the test file
    NameTable m_people, m_items;
    std::vector<std::size_t> m_count;  // ratings of each person
    std::vector<std::string> m_fields;
    Ratings m_ratings;
};

Result<Rating> Reader::read_values(const Lines& lines, RatingsFormat& format) const {
    Rating row;
    row.value = 1;
    row.line = static_cast<std::uint32_t>(lines.number());
    if (const int place = format.column[RatingsColumn::rating]; place >= 0) {
        const std::string& field = m_fields[static_cast<std::size_t>(place)];
        const auto value = parse_number(field);
        if (!value || !(std::abs(*value) <= kLargestRating)) {
            return lines.problem("rating " + cascadelab::quoted(field),
                                 "a number, at most " + number_text(kLargestRating));
        }
        row.value = static_cast<float>(*value);
    }
    if (const int place = format.column[RatingsColumn::timestamp]; place >= 0) {
        const std::string& field = m_fields[static_cast<std::size_t>(place)];
        const auto time_s = read_moment(field, format);
        if (!time_s) {
            return lines.problem("timestamp " + cascadelab::quoted(field),
                                 "whole seconds since 1970, not negative, or what --time-unit says "
                                 "of all of them");
        }
        row.time_s = *time_s;
    }
    return row;
}

Status Reader::read_row(const Lines& lines, RatingsFormat& format, bool is_test_file) {
    if (!split_fields(lines.line(), format.separator, m_fields) ||
        m_fields.size() != format.fields) {
        return lines.problem(cascadelab::quoted(lines.line()),
                             std::to_string(format.fields) + " fields, as in the first line");
    }
    const auto name = [&](RatingsColumn column) -> const std::string& {
        return m_fields[static_cast<std::size_t>(format.column[column])];
    };
    for (const RatingsColumn column : {RatingsColumn::user, RatingsColumn::item}) {
        if (!name(column).empty() && name(column).size() <= kLongestName) continue;
        const std::string word = column == RatingsColumn::user ? "user " : "item ";
        return lines.problem(word + cascadelab::quoted(name(column)),
                             "an id of 1 to " + std::to_string(kLongestName) + " bytes");
    }
    auto row = read_values(lines, format);
    if (!row) return row.problem();
    row.value().in_test_file = is_test_file;
    row.value().person = PersonId(m_people.number_of(name(RatingsColumn::user)));
    const PersonId person = row.value().person;
    if (person.index() == m_count.size()) m_count.push_back(0);
    if (++m_count[person.index()] > kMostRatingsOfOnePerson) {
        return lines.problem("more than " + grouped_text(kMostRatingsOfOnePerson) +
                                 " ratings of user " +
                                 cascadelab::quoted(name(RatingsColumn::user)),
                             "at most so many of one user");
    }
    if (m_ratings.rows.size() == kMostRatings) {
        return lines.problem("more than " + grouped_text(kMostRatings) + " ratings",
                             "at most so many");
    }
    row.value().item = ItemId(m_items.number_of(name(RatingsColumn::item)));
    m_ratings.rows.push_back(row.value());
    return Done{};
}

Status Reader::read(const std::string& path, bool is_test_file) {
    auto opened = Lines::open(path);
    if (!opened) return opened.problem();
    m_files.push_back(path);
    Lines& lines = opened.value();
    const std::size_t before = m_ratings.rows.size();
    std::optional<RatingsFormat> format;
    while (true) {
        const auto more = lines.next();
        if (!more) return more.problem();
        if (!more.value()) break;
        if (!is_utf8(lines.line())) return lines.problem("bytes that are no text", "text in UTF-8");
        if (lines.line().empty()) continue;
        if (!format) {
            const auto recognised = recognise_format(lines, m_hints);
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
    std::string& words = m_ratings.taken_for;
    words += (words.empty() ? "" : "; ") + fs::path(path).filename().string() + ": " +
             format->sentence();
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
        "each pair of user and item once, or --duplicates first, last or count"};
}

// One row of each pair, the last of them in the order that was asked for.
void Reader::settle_duplicates() {
    std::vector<Rating>& rows = m_ratings.rows;
    std::ranges::sort(rows, {}, [](const Rating& r) {
        return std::tuple(r.person, r.item, r.in_test_file, r.time_s, r.line);
    });
    std::size_t kept = 0;
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin;
        while (end < rows.size() && rows[end].person == rows[begin].person &&
               rows[end].item == rows[begin].item &&
               rows[end].in_test_file == rows[begin].in_test_file)
            ++end;
        Rating row = rows[m_duplicates == Duplicates::first ? begin : end - 1];
        if (m_duplicates == Duplicates::count) row.value = static_cast<float>(end - begin);
        rows[kept++] = row;
        begin = end;
    }
    const std::size_t repeated = rows.size() - kept;
    rows.resize(kept);
    if (repeated > 0) {
        m_ratings.taken_for +=
            "; " + grouped_text(static_cast<std::int64_t>(repeated)) + " repeated pairs settled";
    }
}

Status Reader::finish() {
    const std::vector<std::uint32_t> people = m_people.put_in_order();
    const std::vector<std::uint32_t> items = m_items.put_in_order();
    for (Rating& row : m_ratings.rows) {
        row.person = PersonId(people[row.person.index()]);
        row.item = ItemId(items[row.item.index()]);
    }
    if (m_duplicates != Duplicates::refuse) settle_duplicates();
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

Result<Ratings> read_ratings(const std::string& path, RatingsPart part, const RatingsHints& hints,
                             Duplicates duplicates) {
    const auto sources = find_sources(path, part);
    if (!sources) return sources.problem();
    Reader reader(hints, duplicates);
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
