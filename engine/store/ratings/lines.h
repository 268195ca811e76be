// A text file line by line, packed by gzip or not, however long it is, with the place kept for what
// goes wrong; and the fields of a line. It knows no format of ours. One thread an object.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"

struct gzFile_s;  // zlib's open file, which reads plain files too

namespace cascadelab {

class Lines {
  public:
    static constexpr std::size_t kLongestLine = 65535;  // bytes

    // A file that is not there, is a directory or may not be read is a Problem with exit code 4.
    static Result<Lines> open(const std::string& path);

    // Moves to the next line, without its end (LF or CRLF) and without a byte order mark; false at
    // the end of the file. A line that is too long, or a file that breaks off, is a Problem.
    Result<bool> next();
    std::string_view line() const { return m_line; }
    std::size_t number() const { return m_number; }  // of this line, from 1
    const std::string& path() const { return m_path; }
    // What is wrong with this line.
    Problem problem(std::string found, std::string expected) const;

  private:
    struct Close {
        void operator()(gzFile_s* file) const;
    };
    Lines(const std::string& path, gzFile_s* in);
    Result<bool> read_more();  // false: nothing is left

    std::string m_path;
    std::unique_ptr<gzFile_s, Close> m_in;
    std::vector<char> m_buffer;
    std::size_t m_begin = 0, m_end = 0;  // of what has been read and is no line yet
    std::string_view m_line;
    std::size_t m_number = 0;
};

// The fields of a line, without blanks around them. Between "," ";" and blanks a field may
// stand in double quotes, where "" is a quote; false when a quote stays open.
// `fields` is scratch that keeps its memory.
bool split_fields(std::string_view line, std::string_view separator,
                  std::vector<std::string>& fields);

bool is_utf8(std::string_view text);                // false for a zero byte too: no text has one
std::string utf8_of_latin1(std::string_view text);  // ISO 8859-1 to UTF-8

}  // namespace cascadelab
