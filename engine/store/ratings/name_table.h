// The names that a file uses for people and items, numbered 0..n-1: as they appear at first, then
// once and for all in order, so that the numbers do not depend on the order of the lines. A value;
// one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cascadelab {

class NameTable {
  public:
    std::uint32_t number_of(std::string_view name);  // a new name gets the next number
    std::optional<std::uint32_t> find(std::string_view name) const;
    const std::vector<std::string>& names() const { return m_names; }  // by number

    // Numbers the names anew: by their value when all are whole numbers, else by their bytes.
    // Gives the new number of every old one.
    std::vector<std::uint32_t> put_in_order();

  private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::vector<std::string> m_names;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> m_numbers;
};

}  // namespace cascadelab
