// What a text says, to one who only counts words. Pure; any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascadelab {

// Words of a text with their weights: at first how often each occurs, to the power of a half, so
// that the tenth mention tells less than the first.
class WordBag {
  public:
    struct Entry {
        std::uint64_t word = 0;  // hash of its lower-case letters and digits
        double weight = 0;
    };
    WordBag() = default;
    explicit WordBag(std::string_view text);

    bool empty() const { return m_entries.empty(); }
    const std::vector<Entry>& entries() const { return m_entries; }  // ascending by word
    void add(const WordBag& other, double scale = 1);
    // Each weight times what factor(word) says.
    template <class Factor>
    void scale(const Factor& factor) {
        for (Entry& entry : m_entries) entry.weight *= factor(entry.word);
    }

  private:
    std::vector<Entry> m_entries;
};

// Cosine of the angle between two bags, -1..1; 0 when either says nothing.
double cosine(const WordBag& a, const WordBag& b);

// Tokens of a text, by the rule of thumb for English subwords: one for four letters begun.
std::int64_t token_count(std::string_view text);

}  // namespace cascadelab
