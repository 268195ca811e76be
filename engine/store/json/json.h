// JSON as a plain value: read strictly (comments allowed, duplicate keys and deep nesting refused),
// written readably. The only door to the JSON library; it knows no format of ours. Any thread.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/error.h"

namespace cascadelab {

struct JsonMember;

class Json {
  public:
    using List = std::vector<Json>;
    using Object = std::vector<JsonMember>;  // in the order written, keys distinct

    Json() = default;  // null
    Json(std::same_as<bool> auto value) : m_value(value) {}
    Json(double value);  // NaN and infinities have no JSON form and become null
    template <class T>
    requires(std::integral<T> && !std::same_as<T, bool>) Json(T value)
        : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}
    Json(const char* value) : m_value(std::string(value)) {}
    Json(List value) : m_value(std::move(value)) {}
    Json(Object value) : m_value(std::move(value)) {}

    // The value when it is of that type, else nothing.
    std::optional<bool> boolean() const;
    std::optional<std::int64_t> integer() const;  // written without fraction, inside 64 bits
    std::optional<double> number() const;         // integers too
    const std::string* text() const;
    const List* list() const;
    const Object* object() const;

    const Json* find(std::string_view key) const;  // null when there is none, or no object
    Json& add(std::string key, Json value);        // appends a member to an object; returns this
    Json& append(Json value);                      // appends to a list; returns this

    std::string found_text() const;  // what stands there, in a few words: "a list", "12"
    friend bool operator==(const Json&, const Json&) = default;

  private:
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, List, Object> m_value =
        nullptr;
};

struct JsonMember {
    std::string key;
    Json value;
    friend bool operator==(const JsonMember&, const JsonMember&) = default;
};

// More is refused: no format of ours needs it, and reading stays quick.
inline constexpr std::size_t kJsonDepth = 32;
inline constexpr std::int64_t kJsonKeys = 1000;         // of one object
inline constexpr std::int64_t kJsonValues = 1'000'000;  // in all

// The Problem's path is "line 3, column 7", or the keys down to a duplicate.
Result<Json> parse_json(std::string_view text, const std::string& file);

std::string json_line(const Json& json);   // on one line, without a line's end
std::string json_pages(const Json& json);  // indented, what fits on a line stays there; ends in \n

}  // namespace cascadelab
