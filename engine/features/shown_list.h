// The last impressions of a person, oldest first. Full chunks are immutable and shared between
// copies and an impression takes eight bytes, so that a checkpoint of everybody stays small. A
// value; one thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/world/clock.h"

namespace cascadelab {

struct ShownItem {
    ItemId item;
    Seconds time_s = 0;
};

class ShownList {
  public:
    ShownList() = default;
    ShownList(std::initializer_list<ShownItem> shown) {
        for (const ShownItem& each : shown) push_back(each);
    }

    std::size_t size() const { return m_full.size() * kChunk + m_tail.size() - m_skip; }
    bool empty() const { return size() == 0; }
    ShownItem operator[](std::size_t i) const {
        const std::size_t at = m_skip + i;
        const std::size_t full = m_full.size() * kChunk;
        const Packed packed = at < full ? (*m_full[at / kChunk])[at % kChunk] : m_tail[at - full];
        return {packed.item, packed.time_s};
    }
    ShownItem back() const { return (*this)[size() - 1]; }

    void push_back(ShownItem shown) {
        CHECK(shown.time_s == static_cast<std::int32_t>(shown.time_s));
        if (m_tail.size() == m_tail.capacity()) m_tail.reserve(m_tail.size() + 8);
        m_tail.push_back({shown.item, static_cast<std::int32_t>(shown.time_s)});
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
        using value_type = ShownItem;
        using difference_type = std::ptrdiff_t;
        Iterator() = default;
        Iterator(const ShownList* list, std::size_t at) : m_list(list), m_at(at) {}
        ShownItem operator*() const { return (*m_list)[m_at]; }
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
        const ShownList* m_list = nullptr;
        std::size_t m_at = 0;
    };
    Iterator begin() const { return {this, 0}; }
    Iterator end() const { return {this, size()}; }

  private:
    struct Packed {
        ItemId item;
        std::int32_t time_s = 0;
    };
    static constexpr std::size_t kChunk = 32;
    using Chunk = std::array<Packed, kChunk>;
    std::vector<std::shared_ptr<const Chunk>> m_full;
    std::vector<Packed> m_tail;  // fewer than a chunk
    std::size_t m_skip = 0;      // forgotten at the front of the first chunk
};

}  // namespace cascadelab
