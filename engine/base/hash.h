// A 64-bit running hash over fields, never over raw bytes of a struct, so padding cannot enter. Not
// cryptographic: it tells whether two runs are the same and which ingredient moved. One thread a
// Hasher.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/random.h"

namespace cascadelab {

class Hasher {
  public:
    template <class T>
    requires std::integral<T> || std::floating_point<T> || std::is_enum_v<T> Hasher& add(T field) {
        if constexpr (std::same_as<T, float>) {
            return add_bits(std::bit_cast<std::uint32_t>(field));
        } else if constexpr (std::same_as<T, double>) {
            return add_bits(std::bit_cast<std::uint64_t>(field));
        } else {
            return add_bits(static_cast<std::uint64_t>(field));
        }
    }
    Hasher& add(std::string_view text) {
        add_bits(text.size());
        for (char c : text) add_bits(static_cast<unsigned char>(c));
        return *this;
    }
    template <class T>
    Hasher& add_all(std::span<const T> fields) {
        add_bits(fields.size());
        for (const T& field : fields) add(field);
        return *this;
    }
    std::uint64_t value() const { return mix_bits(m_state); }

  private:
    Hasher& add_bits(std::uint64_t bits) {
        m_state = (std::rotl(m_state, 23) ^ bits) * 0x9FB21C651E98DF25ull + 0x2545F4914F6CDD1Dull;
        return *this;
    }
    std::uint64_t m_state = 0x6A09E667F3BCC908ull;
};

std::string hash_text(std::uint64_t hash);  // 16 lower-case hexadecimal digits

}  // namespace cascadelab
