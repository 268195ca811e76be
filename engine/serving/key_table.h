// From a 64-bit key to a 32-bit slot: open addressing with linear probing, at most half full. What
// std::unordered_map would do in five times the time of a look-up; a plain value, copied by two
// vectors. Never walked: its order is that of hashes. One thread an object.
#pragma once

#include <cstdint>
#include <vector>

namespace cascadelab {

class KeyTable {
  public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;

    // The slot of a key, kNone when it has none.
    std::uint32_t find(std::uint64_t key) const;
    // slot < kNone; the key must have none yet.
    void insert(std::uint64_t key, std::uint32_t slot);
    // The key must have a slot.
    void erase(std::uint64_t key);
    void clear();
    std::size_t size() const { return m_size; }

  private:
    std::size_t home(std::uint64_t key) const;
    // Where the key stands, or the free place where it would.
    std::size_t place_of(std::uint64_t key) const;
    void grow();

    std::vector<std::uint64_t> m_keys;   // a power of two places, or none
    std::vector<std::uint32_t> m_slots;  // kNone: a free place
    std::size_t m_size = 0;
};

}  // namespace cascadelab
