#include "engine/store/json/object_reader.h"

#include <algorithm>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"

namespace cascadelab {

void Trouble::report(std::string path, std::string found, std::string expected) {
    if (!first) first = Problem{file, std::move(path), std::move(found), std::move(expected)};
}

void Trouble::report(Problem problem, const std::string& path) {
    report(path, std::move(problem.found), std::move(problem.expected));
}

std::string join_path(const std::string& parent, std::string_view key) {
    if (parent.empty() || key.empty()) return parent + std::string(key);
    return parent + "." + std::string(key);
}

std::string expected_word(std::string_view found, std::span<const std::string_view> known) {
    if (const std::string near = nearest_word(found, known); !near.empty()) {
        return "perhaps " + near;
    }
    return "one of " + join(std::vector<std::string>(known.begin(), known.end()), ", ");
}

ObjectReader::ObjectReader(const Json& json, std::string path, Trouble& trouble,
                           const std::vector<std::string_view>& keys)
    : m_json(json), m_path(std::move(path)), m_trouble(trouble) {
    if (json.object() == nullptr) {
        trouble.report(m_path, json.found_text(), "an object");
        return;
    }
    for (const auto& [key, value] : *json.object()) {
        if (std::ranges::find(keys, key) != keys.end()) continue;
        report(cut_text(key, 60), "an unknown key",
               expected_word(key, std::span<const std::string_view>(keys.begin(), keys.size())));
        return;
    }
}

void ObjectReader::report(std::string_view key, std::string found, std::string expected) {
    m_trouble.report(path(key), std::move(found), std::move(expected));
}

std::string ObjectReader::found_text(std::string_view key) const {
    const Json* value = find(key);
    return value ? value->found_text() : "nothing";
}

void ObjectReader::require(std::string_view key, std::string expected) {
    if (!has(key)) report(key, "nothing", std::move(expected));
}

std::string ObjectReader::text(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr) return {};
    if (const std::string* text = value->text()) return *text;
    report(key, value->found_text(), "text");
    return {};
}

bool ObjectReader::flag(std::string_view key) {
    const Json* value = find(key);
    if (value == nullptr) return false;
    if (!value->boolean()) report(key, value->found_text(), "true or false");
    return value->boolean().value_or(false);
}

std::optional<double> ObjectReader::number(std::string_view key, double minimum, double maximum) {
    const Json* value = find(key);
    if (value == nullptr) return std::nullopt;
    const auto number = value->number();
    if (number && *number >= minimum && *number <= maximum) return number;
    report(key, value->found_text(),
           "a number from " + number_text(minimum) + " to " + number_text(maximum));
    return std::nullopt;
}

std::optional<std::int64_t> ObjectReader::integer(std::string_view key, std::int64_t minimum,
                                                  std::int64_t maximum) {
    const Json* value = find(key);
    if (value == nullptr) return std::nullopt;
    const auto whole = value->integer();
    if (whole && *whole >= minimum && *whole <= maximum) return whole;
    report(key, value->found_text(),
           "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return std::nullopt;
}

const Json::List& ObjectReader::list(std::string_view key) {
    static const Json::List kNone;
    const Json* value = find(key);
    if (value == nullptr) return kNone;
    if (value->list() != nullptr) return *value->list();
    report(key, value->found_text(), "a list");
    return kNone;
}

std::vector<std::string> ObjectReader::texts(std::string_view key) {
    std::vector<std::string> out;
    for (const Json& value : list(key)) {
        if (const std::string* text = value.text()) {
            out.push_back(*text);
        } else {
            report(std::string(key) + "[" + std::to_string(out.size()) + "]", value.found_text(),
                   "text");
        }
    }
    return out;
}

}  // namespace cascadelab
