#include "engine/store/ratings/tags_file.h"

#include <algorithm>
#include <tuple>

#include "engine/base/text.h"
#include "engine/store/ratings/lines.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFields = 4;  // user, item, tag, timestamp

// Without blanks at its ends, A-Z as small letters: "Funny " and "funny" are one word.
std::string plain(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    text = text.substr(begin, text.find_last_not_of(' ') - begin + 1);
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

auto order_of(const Tagging& tagging) {
    return std::tuple(tagging.item, tagging.tag, tagging.person);
}

// Numbers the words in their order.
void put_in_order(std::vector<std::string> words, ItemTags& out) {
    out.tags = words;
    std::ranges::sort(out.tags);
    out.tags.erase(std::ranges::unique(out.tags).begin(), out.tags.end());
    for (std::size_t t = 0; t < words.size(); ++t) {
        const auto place = std::ranges::lower_bound(out.tags, words[t]) - out.tags.begin();
        out.taggings[t].tag = static_cast<std::uint32_t>(place);
    }
    std::ranges::sort(out.taggings, {}, order_of);
    const auto repeated = std::ranges::unique(out.taggings, {}, order_of);
    out.taggings.erase(repeated.begin(), repeated.end());
}

}  // namespace

Result<ItemTags> read_tags(const std::string& path, const NameTable& people,
                           const NameTable& items) {
    auto opened = Lines::open(path);
    if (!opened) return opened.problem();
    Lines& lines = opened.value();
    const std::string_view separator = path.ends_with(".dat") ? "::" : ",";
    ItemTags out;
    std::vector<std::string> fields, words;  // words: of every tagging
    while (true) {
        const auto more = lines.next();
        if (!more) return more.problem();
        if (!more.value()) break;
        if (lines.line().empty()) continue;
        const bool is_text = is_utf8(lines.line());
        const std::string line = is_text ? std::string(lines.line()) : utf8_of_latin1(lines.line());
        if (!split_fields(line, separator, fields) || fields.size() != kFields)
            return lines.problem(cascadelab::quoted(line), "user, item, tag, timestamp");
        // A header names no item, nor does what nobody has rated.
        const auto item = items.find(fields[1]);
        std::string word = plain(fields[2]);
        if (!item || word.empty()) continue;
        const auto person = people.find(fields[0]);
        out.taggings.push_back({person ? PersonId(*person) : PersonId(), ItemId(*item), 0});
        words.push_back(std::move(word));
    }
    put_in_order(std::move(words), out);
    return out;
}

}  // namespace cascadelab
