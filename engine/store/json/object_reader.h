// Reads the members of one JSON object into values and remembers the first thing that is wrong, so
// that a format reads like a list of its fields. Reading goes on with defaults after a mistake; the
// caller asks at the end. One thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/store/json/json.h"

namespace cascadelab {

// The first mistake found in a file.
struct Trouble {
    std::string file;
    std::optional<Problem> first;

    void report(std::string path, std::string found, std::string expected);
    void report(Problem problem, const std::string& path);  // of a value that stands at path
};

std::string join_path(const std::string& parent, std::string_view key);

class ObjectReader {
  public:
    // Anything but an object, and any key that is not in keys, is a mistake.
    ObjectReader(const Json& json, std::string path, Trouble& trouble,
                 const std::vector<std::string_view>& keys);

    bool has(std::string_view key) const { return m_json.find(key) != nullptr; }
    const Json* find(std::string_view key) const { return m_json.find(key); }
    std::string path(std::string_view key) const { return join_path(m_path, key); }
    std::string found_text(std::string_view key) const;  // "nothing" when the key is missing
    void report(std::string_view key, std::string found, std::string expected);

    // Each reports a value of another type or outside the limits, and gives nothing for it.
    std::string text(std::string_view key);
    bool flag(std::string_view key);
    std::optional<double> number(std::string_view key, double minimum, double maximum);
    std::optional<std::int64_t> integer(std::string_view key, std::int64_t minimum,
                                        std::int64_t maximum);
    std::vector<std::string> texts(std::string_view key);
    const Json::List& list(std::string_view key);
    void require(std::string_view key, std::string expected);  // reports a key that is missing

  private:
    const Json& m_json;
    std::string m_path;
    Trouble& m_trouble;
};

// "perhaps X" when a near word is known, else "one of A, B, C".
std::string expected_word(std::string_view found, std::span<const std::string_view> known);

}  // namespace cascadelab
