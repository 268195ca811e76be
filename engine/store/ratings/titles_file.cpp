#include "engine/store/ratings/titles_file.h"

#include <algorithm>
#include <array>

#include "engine/base/text.h"
#include "engine/store/ratings/lines.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

// The flags of u.item, in the order of its columns.
constexpr std::array kFlagGenres = {"unknown"sv,    "Action"sv,  "Adventure"sv, "Animation"sv,
                                    "Children's"sv, "Comedy"sv,  "Crime"sv,     "Documentary"sv,
                                    "Drama"sv,      "Fantasy"sv, "Film-Noir"sv, "Horror"sv,
                                    "Musical"sv,    "Mystery"sv, "Romance"sv,   "Sci-Fi"sv,
                                    "Thriller"sv,   "War"sv,     "Western"sv};
constexpr std::size_t kFirstFlag = 5;  // id, title, two dates and an address stand before
constexpr auto kNoGenre = "(no genres listed)"sv;

struct Form {
    std::string_view separator;
    std::size_t fields;
    std::string_view expected;
};
constexpr Form kCommas = {",", 3, "movie,title,genres"};
constexpr Form kColons = {"::", 3, "movie::title::genres"};
constexpr Form kFlags = {"|", kFirstFlag + kFlagGenres.size(),
                         "movie|title|date|date|address and 19 genre flags"};

const Form& form_of(const std::string& path) {
    if (path.ends_with(".csv")) return kCommas;
    return path.ends_with(".dat") ? kColons : kFlags;
}

std::vector<std::string> genres_of(const Form& form, std::vector<std::string>& fields) {
    std::vector<std::string> genres;
    if (&form == &kFlags) {
        for (std::size_t g = 0; g < kFlagGenres.size(); ++g) {
            if (fields[kFirstFlag + g] == "1") genres.emplace_back(kFlagGenres[g]);
        }
    } else if (fields[2] != kNoGenre && !fields[2].empty()) {
        split_fields(fields[2], "|", genres);
    }
    return genres;
}

// Names of all genres in order, and which item has which.
void tabulate(const std::vector<std::vector<std::string>>& of_item, ItemTitles& out) {
    for (const auto& genres : of_item) {
        out.genres.insert(out.genres.end(), genres.begin(), genres.end());
    }
    std::ranges::sort(out.genres);
    out.genres.erase(std::ranges::unique(out.genres).begin(), out.genres.end());
    out.item_genres = Matrix::Zero(static_cast<Eigen::Index>(of_item.size()),
                                   static_cast<Eigen::Index>(out.genres.size()));
    for (std::size_t item = 0; item < of_item.size(); ++item) {
        for (const std::string& genre : of_item[item]) {
            const auto place = std::ranges::lower_bound(out.genres, genre) - out.genres.begin();
            out.item_genres(static_cast<Eigen::Index>(item), place) = 1;
        }
    }
}

}  // namespace

Result<ItemTitles> read_titles(const std::string& path, const NameTable& items) {
    auto opened = Lines::open(path);
    if (!opened) return opened.problem();
    Lines& lines = opened.value();
    const Form& form = form_of(path);
    ItemTitles out{items.names(), {}, {}};
    std::vector<std::vector<std::string>> genres(items.names().size());
    std::vector<std::string> fields;
    while (true) {
        const auto more = lines.next();
        if (!more) return more.problem();
        if (!more.value()) break;
        if (lines.line().empty()) continue;
        const bool is_text = is_utf8(lines.line());
        const std::string line = is_text ? std::string(lines.line()) : utf8_of_latin1(lines.line());
        if (!split_fields(line, form.separator, fields) || fields.size() != form.fields) {
            return lines.problem(cascadelab::quoted(line), std::string(form.expected));
        }
        // A header names no item, nor does what nobody has rated.
        const auto item = items.find(fields[0]);
        if (!item) continue;
        out.titles[*item] = fields[1];
        genres[*item] = genres_of(form, fields);
    }
    tabulate(genres, out);
    return out;
}

}  // namespace cascadelab
