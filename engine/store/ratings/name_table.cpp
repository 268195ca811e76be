#include "engine/store/ratings/name_table.h"

#include <algorithm>
#include <numeric>

#include "engine/base/text.h"

namespace cascadelab {

std::uint32_t NameTable::number_of(std::string_view name) {
    if (const auto known = m_numbers.find(name); known != m_numbers.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(m_names.size());
    m_names.emplace_back(name);
    m_numbers.emplace(m_names.back(), number);
    return number;
}

std::optional<std::uint32_t> NameTable::find(std::string_view name) const {
    const auto known = m_numbers.find(name);
    if (known == m_numbers.end()) return std::nullopt;
    return known->second;
}

std::vector<std::uint32_t> NameTable::put_in_order() {
    std::vector<std::int64_t> values;
    for (const std::string& name : m_names) {
        const auto value = parse_integer(name);
        if (!value) break;
        values.push_back(*value);
    }
    const bool numeric = values.size() == m_names.size();
    std::vector<std::uint32_t> order(m_names.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        // "7" and "07" are two names of one value.
        if (numeric && values[a] != values[b]) return values[a] < values[b];
        return m_names[a] < m_names[b];
    });
    std::vector<std::uint32_t> new_number(order.size());
    std::vector<std::string> names(order.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        new_number[order[place]] = place;
        names[place] = std::move(m_names[order[place]]);
        m_numbers.find(names[place])->second = place;
    }
    m_names = std::move(names);
    return new_number;
}

}  // namespace cascadelab
