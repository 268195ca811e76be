#include "engine/language/word_bag.h"

#include <algorithm>
#include <cmath>

#include "engine/base/hash.h"

namespace cascadelab {
namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::uint64_t hash_of(std::string_view word) {
    Hasher hasher;
    for (const char c : word) {
        const bool upper = c >= 'A' && c <= 'Z';
        hasher.add(static_cast<unsigned char>(upper ? c - 'A' + 'a' : c));
    }
    return hasher.value();
}

}  // namespace

WordBag::WordBag(std::string_view text) {
    std::vector<std::uint64_t> words;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_letter(text[end])) ++end;
        if (end > i) words.push_back(hash_of(text.substr(i, end - i)));
        i = std::max(end, i + 1);
    }
    std::ranges::sort(words);
    for (std::size_t i = 0; i < words.size();) {
        std::size_t end = i;
        while (end < words.size() && words[end] == words[i]) ++end;
        m_entries.push_back({words[i], std::sqrt(static_cast<double>(end - i))});
        i = end;
    }
}

void WordBag::add(const WordBag& other, double scale) {
    std::vector<Entry> sum;
    sum.reserve(m_entries.size() + other.m_entries.size());
    auto a = m_entries.begin();
    for (const Entry& entry : other.m_entries) {
        while (a != m_entries.end() && a->word < entry.word) sum.push_back(*a++);
        const bool both = a != m_entries.end() && a->word == entry.word;
        sum.push_back({entry.word, scale * entry.weight + (both ? a->weight : 0)});
        if (both) ++a;
    }
    sum.insert(sum.end(), a, m_entries.end());
    m_entries = std::move(sum);
}

double cosine(const WordBag& a, const WordBag& b) {
    double dot = 0, length_a = 0, length_b = 0;
    auto other = b.entries().begin();
    for (const WordBag::Entry& entry : a.entries()) {
        length_a += entry.weight * entry.weight;
        while (other != b.entries().end() && other->word < entry.word) ++other;
        if (other != b.entries().end() && other->word == entry.word)
            dot += entry.weight * other->weight;
    }
    for (const WordBag::Entry& entry : b.entries()) length_b += entry.weight * entry.weight;
    const double lengths = std::sqrt(length_a) * std::sqrt(length_b);
    return lengths > 0 ? dot / lengths : 0;
}

std::int64_t token_count(std::string_view text) {
    return static_cast<std::int64_t>((text.size() + 3) / 4);
}

}  // namespace cascadelab
