#include "engine/cascade/language/item_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string_view>
#include <vector>

#include "engine/world/domain/domain_pack.h"

namespace cascadelab {
namespace {

constexpr std::size_t kMoods = 4;
constexpr int kGrades = 5;

// A word for either end of a direction of taste space.
struct Ends {
    std::string_view plus, minus;
};
constexpr std::array<Ends, 64> kWords = {{
    {"slow", "brisk"},         {"tender", "harsh"},      {"vast", "intimate"},
    {"plain", "ornate"},       {"dark", "bright"},       {"wry", "earnest"},
    {"rural", "urban"},        {"quiet", "loud"},        {"old", "modern"},
    {"crowded", "lonely"},     {"dreamy", "factual"},    {"tense", "easy"},
    {"sweet", "bitter"},       {"rough", "polished"},    {"northern", "southern"},
    {"playful", "solemn"},     {"winding", "direct"},    {"wild", "tame"},
    {"rich", "poor"},          {"young", "aged"},        {"warm", "cool"},
    {"strange", "familiar"},   {"hopeful", "bleak"},     {"tidy", "messy"},
    {"gentle", "fierce"},      {"musical", "spoken"},    {"secret", "open"},
    {"coastal", "inland"},     {"noble", "humble"},      {"clever", "simple"},
    {"nocturnal", "daylit"},   {"handmade", "machined"}, {"stern", "lenient"},
    {"sparse", "lush"},        {"sly", "frank"},         {"heavy", "light"},
    {"ancient", "futuristic"}, {"sunny", "stormy"},      {"patient", "hasty"},
    {"bold", "shy"},           {"ordered", "chaotic"},   {"silent", "talkative"},
    {"deep", "shallow"},       {"local", "worldly"},     {"ironic", "sincere"},
    {"smooth", "jagged"},      {"festive", "mournful"},  {"learned", "naive"},
    {"thrifty", "lavish"},     {"round", "angular"},     {"mild", "spicy"},
    {"steady", "restless"},    {"faithful", "fickle"},   {"hidden", "famous"},
    {"soft", "hard"},          {"proud", "modest"},      {"wintry", "summery"},
    {"distant", "close"},      {"mythic", "everyday"},   {"crisp", "hazy"},
    {"lyrical", "blunt"},      {"muted", "vivid"},       {"grand", "small"},
    {"curious", "settled"},
}};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

std::string item_text(const ItemCard& card, std::span<const float> content, DomainPackName pack) {
    const PackTopic& topic = domain_pack(pack).topics[card.topic.index()];
    std::string text = card.title + " | " + lower(topic.name) + ", " +
                       lower(topic.subtopics[card.subtopic]) + " | ";
    const auto taste = content.subspan(std::min(content.size(), kTopicCount));
    std::vector<std::size_t> dims(std::min(taste.size(), kWords.size()));
    std::iota(dims.begin(), dims.end(), std::size_t{0});
    std::ranges::stable_sort(dims, std::ranges::greater{},
                             [&](std::size_t d) { return std::abs(taste[d]); });
    for (std::size_t k = 0; k < std::min(kMoods, dims.size()); ++k) {
        const Ends& ends = kWords[dims[k]];
        if (k > 0) text += ", ";
        text += taste[dims[k]] >= 0 ? ends.plus : ends.minus;
    }
    return text;
}

std::string fame_text(double views, std::size_t people) {
    const double a_hundred = 100 * views / static_cast<double>(std::max<std::size_t>(1, people));
    const int grade = a_hundred < 2 ? 0 : static_cast<int>(std::log2(a_hundred));
    return "known " + std::to_string(std::min(grade, kGrades)) + "/" + std::to_string(kGrades);
}

}  // namespace cascadelab
