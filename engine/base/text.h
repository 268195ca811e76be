// Numbers and words without a locale. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cascadelab {

std::string number_text(double value);  // shortest form that reads back to the same double
std::string fixed_text(double value, int decimals);  // fixed decimals, e.g. "0.41"
std::string grouped_text(std::int64_t value);        // "12,345"
std::string quoted(std::string_view text);  // "text" in double quotes, long or odd text cut short
std::optional<double> parse_number(std::string_view text);  // the whole text, or nothing
std::optional<std::int64_t> parse_integer(std::string_view text);
std::string join(std::span<const std::string> parts, std::string_view separator);
// The candidate with the smallest edit distance, for "did you mean"; empty when none is near.
std::string nearest_word(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cascadelab
