// The last values of a person's list, oldest first. Full chunks are immutable and shared between
// copies and a value is kept packed, so that a checkpoint of everybody stays small. A value; one
// thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

namespace cascadelab {

// Packed is made from a Value and turns back into one.
template <class Value, class Packed>
class KeptList {
  public:
    KeptList() = default;
    KeptList(std::initializer_list<Value> values) {
        for (const Value& each : values) push_back(each);
    }

    std::size_t size() const { return m_full.size() * kChunk + m_tail.size() - m_skip; }
    bool empty() const { return size() == 0; }
    Value operator[](std::size_t i) const {
        const std::size_t at = m_skip + i;
        const std::size_t full = m_full.size() * kChunk;
        return at < full ? (*m_full[at / kChunk])[at % kChunk] : m_tail[at - full];
    }
    Value back() const { return (*this)[size() - 1]; }

    void push_back(const Value& value) {
        if (m_tail.size() == m_tail.capacity()) m_tail.reserve(m_tail.size() + 8);
        m_tail.push_back(Packed(value));
        if (m_tail.size() < kChunk) return;
        Chunk chunk;
        std::copy(m_tail.begin(), m_tail.end(), chunk.begin());
        m_full.reserve(m_full.size() + 1);
        m_full.push_back(std::make_shared<const Chunk>(chunk));
        m_tail = {};
    }
    // Forgets the oldest until at most count are left.
    void keep_last(std::size_t count) {
        if (size() > count) m_skip += size() - count;
        while (m_skip >= kChunk && !m_full.empty()) {
            m_full.erase(m_full.begin());
            m_skip -= kChunk;
        }
    }

    class Iterator {
      public:
        using value_type = Value;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const KeptList* list, std::size_t at) : m_list(list), m_at(at) {}
        Value operator*() const { return (*m_list)[m_at]; }
        Iterator& operator++() {
            ++m_at;
            return *this;
        }
        Iterator operator++(int) {
            const Iterator before = *this;
            ++m_at;
            return before;
        }
        bool operator==(const Iterator&) const = default;

      private:
        const KeptList* m_list = nullptr;
        std::size_t m_at = 0;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

  private:
    static constexpr std::size_t kChunk = 32;
    using Chunk = std::array<Packed, kChunk>;
    std::vector<std::shared_ptr<const Chunk>> m_full;
    std::vector<Packed> m_tail;  // fewer than a chunk
    std::size_t m_skip = 0;      // forgotten at the front of the first chunk
};

}  // namespace cascadelab
