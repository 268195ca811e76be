#include "engine/serving/key_table.h"

#include <algorithm>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/random.h"

namespace cascadelab {

std::size_t KeyTable::home(std::uint64_t key) const {
    return mix_bits(key) & (m_keys.size() - 1);
}

std::size_t KeyTable::place_of(std::uint64_t key) const {
    std::size_t place = home(key);
    while (m_slots[place] != kNone && m_keys[place] != key) {
        place = (place + 1) & (m_keys.size() - 1);
    }
    return place;
}

std::uint32_t KeyTable::find(std::uint64_t key) const {
    return m_keys.empty() ? kNone : m_slots[place_of(key)];
}

void KeyTable::insert(std::uint64_t key, std::uint32_t slot) {
    CHECK(slot != kNone);
    if (2 * (m_size + 1) > m_keys.size()) grow();
    const std::size_t place = place_of(key);
    CHECK(m_slots[place] == kNone);
    m_keys[place] = key;
    m_slots[place] = slot;
    ++m_size;
}

void KeyTable::erase(std::uint64_t key) {
    CHECK(!m_keys.empty());
    std::size_t hole = place_of(key);
    CHECK(m_slots[hole] != kNone);
    const std::size_t last = m_keys.size() - 1;
    // Close the gap: a key behind it moves up unless its home lies between the gap and itself
    // (Knuth, volume 3, algorithm 6.4 R).
    for (std::size_t place = (hole + 1) & last; m_slots[place] != kNone;
         place = (place + 1) & last) {
        const std::size_t from_home = (place - home(m_keys[place])) & last;
        const std::size_t from_hole = (place - hole) & last;
        if (from_home < from_hole) continue;
        m_keys[hole] = m_keys[place];
        m_slots[hole] = m_slots[place];
        hole = place;
    }
    m_slots[hole] = kNone;
    --m_size;
}

void KeyTable::clear() {
    std::ranges::fill(m_slots, kNone);
    m_size = 0;
}

void KeyTable::grow() {
    const std::size_t places = std::max<std::size_t>(16, 2 * m_keys.size());
    const auto keys = std::exchange(m_keys, std::vector<std::uint64_t>(places));
    const auto slots = std::exchange(m_slots, std::vector<std::uint32_t>(places, kNone));
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (slots[i] == kNone) continue;
        const std::size_t place = place_of(keys[i]);
        m_keys[place] = keys[i];
        m_slots[place] = slots[i];
    }
}

}  // namespace cascadelab
