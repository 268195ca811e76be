#include "engine/store/json/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

using Library = nlohmann::json;

// "line 3, column 7" of a byte counted from 1.
std::string place_text(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, byte == 0 ? 0 : std::min(byte - 1, text.size()));
    const auto line = std::ranges::count(before, '\n') + 1;
    const std::size_t line_begin = before.rfind('\n');
    const std::size_t column =
        before.size() - (line_begin == std::string_view::npos ? 0 : line_begin + 1) + 1;
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

// Keeps printable ASCII of a library's message, which may quote the input.
std::string plain(std::string_view text) {
    std::string out;
    for (char c : text.substr(0, 120)) out += c >= 0x20 && c < 0x7F ? c : '?';
    return out;
}

// Builds the value while the library reads, and stops at what the library would let pass.
class Builder : public Library::json_sax_t {
  public:
    Builder(std::string_view text, std::string file) : m_text(text), m_file(std::move(file)) {}

    Json take() { return std::move(m_root); }
    Problem problem() const { return m_problem; }

    bool null() override { return put(Json()); }
    bool boolean(bool value) override { return put(Json(value)); }
    bool number_integer(number_integer_t value) override { return put(Json(value)); }
    bool number_unsigned(number_unsigned_t value) override {
        const bool fits = value <= static_cast<number_unsigned_t>(INT64_MAX);
        return put(fits ? Json(value) : Json(static_cast<double>(value)));
    }
    bool number_float(number_float_t value, const string_t&) override { return put(Json(value)); }
    bool string(string_t& value) override { return put(Json(std::move(value))); }
    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(Json(Json::Object{})); }
    bool key(string_t& value) override {
        Level& level = m_open.back();
        if (level.value.find(value) != nullptr) {
            return stop(path_to(cut_text(value, 60)), "the key twice", "each key once");
        }
        if (level.value.object()->size() == static_cast<std::size_t>(kJsonKeys)) {
            return stop("", "an object of more than " + grouped_text(kJsonKeys) + " keys",
                        "an object of our format");
        }
        level.key = std::move(value);
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json(Json::List{})); }
    bool end_array() override { return close(); }

    bool parse_error(std::size_t byte, const std::string&,
                     const Library::exception& error) override {
        // The library says "[name] ... - invalid literal; last read: 'x'; expected '}'".
        const std::string message = error.what();
        std::string_view found = message;
        for (const std::string_view prefix : {"] ", " - "}) {
            const auto end = found.find(prefix);
            if (end != std::string_view::npos) found.remove_prefix(end + prefix.size());
        }
        const auto expected = found.find("; expected ");
        std::string wanted = expected == std::string_view::npos
                                 ? std::string("valid JSON")
                                 : plain(found.substr(expected + 11));
        found = found.substr(0, std::min(found.find("; last read"), expected));
        const bool at_end = found.find("end of input") != std::string_view::npos;
        return stop(place_text(m_text, byte), at_end ? "the end of the file" : plain(found),
                    std::move(wanted));
    }

  private:
    struct Level {
        Json value;
        std::string key;  // of the member being read, for an object
    };

    std::string path_to(const std::string& key) const {
        std::string path;
        for (const Level& level : m_open) {
            if (&level == &m_open.back()) break;
            const Json::List* list = level.value.list();
            path += list ? "[" + std::to_string(list->size()) + "]" : level.key;
            const std::size_t next = static_cast<std::size_t>(&level - m_open.data()) + 1;
            if (m_open[next].value.object() != nullptr) path += '.';
        }
        return path + key;
    }
    bool stop(std::string path, std::string found, std::string expected) {
        m_problem = {m_file, std::move(path), std::move(found), std::move(expected)};
        return false;
    }
    bool open(Json empty) {
        if (!count()) return false;
        if (m_open.size() == kJsonDepth) {
            return stop(
                "", "objects and lists nested more than " + std::to_string(kJsonDepth) + " deep",
                "a flat file");
        }
        m_open.push_back({std::move(empty), ""});
        return true;
    }
    bool close() {
        Json done = std::move(m_open.back().value);
        m_open.pop_back();
        return put(std::move(done));
    }
    bool count() {
        if (++m_values <= kJsonValues) return true;
        return stop("", "more than " + grouped_text(kJsonValues) + " values",
                    "a file of our format");
    }
    bool put(Json value) {
        if (!count()) return false;
        if (m_open.empty()) {
            m_root = std::move(value);
        } else {
            Level& level = m_open.back();
            if (level.value.list() != nullptr) {
                level.value.append(std::move(value));
            } else {
                level.value.add(level.key, std::move(value));
            }
        }
        return true;
    }

    std::string_view m_text;
    std::string m_file;
    std::vector<Level> m_open;
    std::int64_t m_values = 0;
    Json m_root;
    Problem m_problem;
};

// One unit of UTF-16 a "\uXXXX", two beyond the first plane.
std::string json_escape(char32_t code) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const auto unit = [&](char32_t value) {
        std::string text = "\\u";
        for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[value >> shift & 15];
        return text;
    };
    if (code < 0x10000) return unit(code);
    return unit(0xD7C0 + (code >> 10)) + unit(0xDC00 + (code & 0x3FF));
}

// The text in quotes. What a terminal would obey or not show is spelled out, which reads back to
// the same: the answers of the command line are seen before they are parsed.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    while (!text.empty()) {
        const Letter letter = first_letter(text);
        const char c = text[0];
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (is_hidden(letter.code)) {
            out += json_escape(letter.code);
        } else {
            out += text.substr(0, letter.bytes);
        }
        text.remove_prefix(letter.bytes);
    }
    out += '"';
}

}  // namespace

Json::Json(double value) {
    if (std::isfinite(value)) m_value = value;
}

std::optional<bool> Json::boolean() const {
    const bool* value = std::get_if<bool>(&m_value);
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
    const std::int64_t* value = std::get_if<std::int64_t>(&m_value);
    return value ? std::optional(*value) : std::nullopt;
}

std::optional<double> Json::number() const {
    if (const auto whole = integer()) return static_cast<double>(*whole);
    const double* value = std::get_if<double>(&m_value);
    return value ? std::optional(*value) : std::nullopt;
}

const std::string* Json::text() const {
    return std::get_if<std::string>(&m_value);
}
const Json::List* Json::list() const {
    return std::get_if<List>(&m_value);
}
const Json::Object* Json::object() const {
    return std::get_if<Object>(&m_value);
}

const Json* Json::find(std::string_view key) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    const auto found = std::ranges::find(*members, key, &JsonMember::key);
    return found == members->end() ? nullptr : &found->value;
}

Json& Json::add(std::string key, Json value) {
    CHECK(object() != nullptr);
    std::get<Object>(m_value).push_back({std::move(key), std::move(value)});
    return *this;
}

Json& Json::append(Json value) {
    CHECK(list() != nullptr);
    std::get<List>(m_value).push_back(std::move(value));
    return *this;
}

std::string Json::found_text() const {
    if (const auto value = boolean()) return *value ? "true" : "false";
    if (const auto value = integer()) return std::to_string(*value);
    if (const auto value = number()) return number_text(*value);
    if (const std::string* value = text()) return cascadelab::quoted(*value);
    if (list() != nullptr) return "a list";
    return object() != nullptr ? "an object" : "null";
}

Result<Json> parse_json(std::string_view text, const std::string& file) {
    Builder builder(text, file);
    if (!Library::sax_parse(text, &builder, Library::input_format_t::json, true, true)) {
        return builder.problem();
    }
    return builder.take();
}

std::string json_line(const Json& json) {
    std::string out;
    if (const std::string* text = json.text()) {
        append_quoted(out, *text);
    } else if (const Json::List* list = json.list()) {
        for (const Json& value : *list) out += (out.empty() ? "[" : ", ") + json_line(value);
        out += out.empty() ? "[]" : "]";
    } else if (const Json::Object* object = json.object()) {
        for (const auto& [key, value] : *object) {
            out += out.empty() ? "{" : ", ";
            append_quoted(out, key);
            out += ": " + json_line(value);
        }
        out += out.empty() ? "{}" : "}";
    } else {
        out = json.found_text();
    }
    return out;
}

namespace {

void append_pages(std::string& out, const Json& json, std::size_t indent) {
    constexpr std::size_t kWidth = 100;
    const std::size_t line_begin = out.rfind('\n') + 1;  // npos + 1 is 0
    const std::string line = json_line(json);
    const bool nested = json.list() != nullptr || json.object() != nullptr;
    if (!nested || (indent > 0 && out.size() - line_begin + line.size() < kWidth)) {
        out += line;
        return;
    }
    const std::string margin(indent + 2, ' ');
    std::string_view separator = "\n";
    if (const Json::List* list = json.list()) {
        out += '[';
        for (const Json& value : *list) {
            out.append(separator).append(margin);
            append_pages(out, value, indent + 2);
            separator = ",\n";
        }
    } else {
        out += '{';
        for (const auto& [key, value] : *json.object()) {
            out.append(separator).append(margin);
            append_quoted(out, key);
            out += ": ";
            append_pages(out, value, indent + 2);
            separator = ",\n";
        }
    }
    out.append("\n").append(indent, ' ').append(json.list() ? "]" : "}");
}

}  // namespace

std::string json_pages(const Json& json) {
    std::string out;
    append_pages(out, json, 0);
    return out + "\n";
}

}  // namespace cascadelab
