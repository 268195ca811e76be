#include "engine/store/ratings/lines.h"

#include <zlib.h>

#include <algorithm>

#include "engine/base/plain_file.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Problem unreadable(const std::string& path, std::string found) {
    return {path, "", std::move(found), "a file that can be read", ExitCode::input_output};
}

// How many bytes follow this first byte of a character; -1 when none may begin with it.
int followers(unsigned char byte) {
    if (byte < 0x80) return byte == 0 ? -1 : 0;
    if (byte >= 0xC2 && byte <= 0xDF) return 1;
    if (byte >= 0xE0 && byte <= 0xEF) return 2;
    return byte >= 0xF0 && byte <= 0xF4 ? 3 : -1;
}

}  // namespace

void Lines::Close::operator()(gzFile_s* file) const {
    gzclose_r(file);
}

Lines::Lines(const std::string& path, gzFile_s* in)
    : m_path(path), m_in(in), m_buffer(2 * (kLongestLine + 1)) {}

Result<Lines> Lines::open(const std::string& path) {
    auto opened = open_readable(path, "a file that can be read");
    if (!opened) return opened.problem();
    gzFile_s* in = gzdopen(opened.value().number(), "rb");
    if (in == nullptr) return unreadable(path, "a file that cannot be opened");
    opened.value().release();
    return Lines(path, in);
}

Result<bool> Lines::read_more() {
    std::copy(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin),
              m_buffer.begin() + static_cast<std::ptrdiff_t>(m_end), m_buffer.begin());
    m_end -= m_begin;
    m_begin = 0;
    const int got =
        gzread(m_in.get(), m_buffer.data() + m_end, static_cast<unsigned>(m_buffer.size() - m_end));
    int error = Z_OK;
    if (got <= 0) gzerror(m_in.get(), &error);
    if (got < 0 || error != Z_OK)
        return unreadable(m_path, "a file that breaks off while it is read");
    m_end += static_cast<std::size_t>(got);
    return got > 0;
}

Result<bool> Lines::next() {
    ++m_number;
    std::size_t looked = 0;
    while (true) {
        const std::string_view rest(m_buffer.data() + m_begin, m_end - m_begin);
        const std::size_t end = rest.find('\n', looked);
        if (std::min(end, rest.size()) > kLongestLine) {
            return problem("a line of more than " + grouped_text(kLongestLine) + " bytes",
                           "lines of text");
        }
        if (end != std::string_view::npos) {
            m_line = rest.substr(0, end);
            m_begin += end + 1;
            break;
        }
        looked = rest.size();
        const auto more = read_more();
        if (!more) return more.problem();
        if (more.value()) continue;
        // The last line may have no end.
        m_line = {m_buffer.data() + m_begin, m_end - m_begin};
        m_begin = m_end;
        if (m_line.empty()) return false;
        break;
    }
    if (m_line.ends_with('\r')) m_line.remove_suffix(1);
    if (m_number == 1 && m_line.starts_with(kByteOrderMark)) {
        m_line.remove_prefix(kByteOrderMark.size());
    }
    return true;
}

Problem Lines::problem(std::string found, std::string expected) const {
    return {m_path, "line " + std::to_string(m_number), std::move(found), std::move(expected)};
}

bool split_fields(std::string_view line, std::string_view separator,
                  std::vector<std::string>& fields) {
    const bool quotes = separator == "," || separator == ";" || separator == " ";
    const bool blanks = separator != " ";
    std::size_t count = 0;
    std::size_t at = 0;
    for (bool more = true; more; ++count) {
        if (fields.size() == count) fields.emplace_back();
        std::string& field = fields[count];
        field.clear();
        while (blanks && at < line.size() && line[at] == ' ') ++at;
        const bool quoted_field = quotes && at < line.size() && line[at] == '"';
        if (quotes && at < line.size() && line[at] == '"') {
            for (++at;; ++at) {
                if (at >= line.size()) return false;
                if (line[at] == '"' && line.substr(at, 2) != "\"\"") break;
                if (line[at] == '"') ++at;
                field += line[at];
            }
            ++at;
        }
        const std::size_t end = std::min(line.find(separator, at), line.size());
        field.append(line.substr(at, end - at));
        while (blanks && !quoted_field && field.ends_with(' ')) field.pop_back();
        more = end < line.size();
        at = end + separator.size();
    }
    fields.resize(count);
    return true;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int more = followers(static_cast<unsigned char>(text[i]));
        if (more < 0 || text.size() - i <= static_cast<std::size_t>(more)) return false;
        for (int k = 0; k < more; ++k) {
            if ((static_cast<unsigned char>(text[++i]) & 0xC0) != 0x80) return false;
        }
    }
    return true;
}

std::string utf8_of_latin1(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | byte >> 6);
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return out;
}

}  // namespace cascadelab
