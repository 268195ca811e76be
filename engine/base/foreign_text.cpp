#include "engine/base/foreign_text.h"

#include <array>
#include <cstdint>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

std::string digits(char32_t code, std::size_t count) {
    std::string text(count, '0');
    for (std::size_t i = count; i-- > 0; code >>= 4) text[i] = "0123456789abcdef"[code & 15];
    return text;
}

std::string shown(std::string_view text, bool lines) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        const auto byte = static_cast<unsigned char>(text[0]);
        if (letter.code == '\n' && !lines) {
            out += "\\n";
        } else if (letter.code == '\n') {
            out += '\n';
        } else if (letter.code == Letter{}.code) {
            out += "\\x" + digits(byte, 2);
        } else if (is_hidden(letter.code)) {
            out += letter.code < 0x100     ? "\\x" + digits(letter.code, 2)
                   : letter.code < 0x10000 ? "\\u" + digits(letter.code, 4)
                                           : "\\U" + digits(letter.code, 6);
        } else {
            out += text.substr(0, letter.bytes);
        }
        text.remove_prefix(letter.bytes);
    }
    return out;
}

}  // namespace

Letter first_letter(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char head = byte(0);
    if (head < 0x80) return {head, 1};
    const std::size_t length = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;
    if (head < 0xC2 || head > 0xF4 || text.size() < length) return {};
    char32_t code = head & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {};
        code = code << 6 | (byte(i) & 0x3Fu);
    }
    // Longer than need be, half of a pair, or beyond the last character.
    constexpr std::array<char32_t, 5> kFirst = {0, 0, 0x80, 0x800, 0x10000};
    if (code < kFirst[length] || (code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF) return {};
    return {code, length};
}

bool is_hidden(char32_t code) {
    if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return true;
    const bool turns = code == 0x061C || code == 0x200E || code == 0x200F ||
                       (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    const bool breaks = code == 0x2028 || code == 0x2029;
    const bool hides = code == 0x00AD || code == 0x200B || (code >= 0x2060 && code <= 0x2064) ||
                       (code >= 0x206A && code <= 0x206F) || code == 0xFEFF ||
                       (code >= 0xE0000 && code <= 0xE0FFF);
    return turns || breaks || hides;
}

std::string shown_text(std::string_view text) {
    return shown(text, false);
}

std::string shown_lines(std::string_view text) {
    return shown(text, true);
}

std::string cut_text(std::string_view text, std::size_t most) {
    std::size_t bytes = 0;
    for (std::size_t letters = 0; letters < most && bytes < text.size(); ++letters)
        bytes += first_letter(text.substr(bytes)).bytes;
    std::string out(text.substr(0, bytes));
    if (bytes < text.size()) out += "...";
    return out;
}

std::size_t letter_count(std::string_view text) {
    std::size_t letters = 0;
    for (; !text.empty(); ++letters) text.remove_prefix(first_letter(text).bytes);
    return letters;
}

std::string csv_field(std::string_view text) {
    constexpr std::string_view kFormula = "=+-@\t\r";
    const bool formula = !text.empty() && kFormula.find(text[0]) != std::string_view::npos &&
                         !parse_number(text).has_value();
    const bool quotes = text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (!formula && !quotes) return std::string(text);
    std::string out = formula ? "'" : "";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return quotes ? "\"" + out + "\"" : out;
}

}  // namespace cascadelab
