#include "engine/store/ratings/lines.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

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

Lines::Lines(const std::string& path, std::ifstream in)
    : m_path(path), m_in(std::move(in)), m_buffer(kLongestLine + 1) {}

Result<Lines> Lines::open(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) return unreadable(path, "no such file");
    if (fs::is_directory(status)) return unreadable(path, "a directory");
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return unreadable(path,
                          std::string("a file that cannot be opened: ") + std::strerror(errno));
    }
    return Lines(path, std::move(in));
}

Result<bool> Lines::next() {
    ++m_number;
    m_in.getline(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
    const auto read = static_cast<std::size_t>(m_in.gcount());
    if (m_in.bad()) return unreadable(m_path, "a file that breaks off while it is read");
    if (m_in.eof() && read == 0) return false;
    if (!m_in.eof() && m_in.fail()) {
        return problem("a line of more than " + grouped_text(kLongestLine) + " bytes",
                       "lines of text");
    }
    // The line's end counts as read, except at the end of the file.
    m_line = {m_buffer.data(), m_in.eof() ? read : read - 1};
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
    const bool quotes = separator == ",";
    std::size_t count = 0;
    std::size_t at = 0;
    for (bool more = true; more; ++count) {
        if (fields.size() == count) fields.emplace_back();
        std::string& field = fields[count];
        field.clear();
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
